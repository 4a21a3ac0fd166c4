import Access
import Delivery
import Demo
import Directory
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// What reached nobody is sent again by somebody of the service, by the way that is right today (ui.md S9).
@Suite struct SendAgainTests {
    /// A letter that did not leave for Dre Favre's mailbox, because her account was suspended; it is active again.
    private func failed() async throws -> (portal: TestPortal, id: Document.ID, favre: Account.ID) {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        let favre = try await portal.account("7601099000013")
        try await portal.tamper("UPDATE account SET state = 'suspended' WHERE id = \(favre)")
        try await portal.deliver()
        try await portal.tamper("UPDATE account SET state = 'active' WHERE id = \(favre)")
        #expect(try await Mailbox.dispatch(id, portal)?.state == .failed)
        portal.time.advance(minutes: 90)
        return (portal, id, favre)
    }

    @Test func `It goes to the mailbox, once`() async throws {
        let (portal, id, favre) = try await failed()
        let chappuis = try await portal.serviceMember()
        try await portal.dispatches.sendAgain(id, to: favre, chappuis)
        let waiting = try #require(try await Mailbox.dispatch(id, portal))
        #expect(waiting.state == .queued && waiting.at == portal.time.now && waiting.setback == nil)
        await #expect(throws: ManualRefusal.alreadySent) {
            try await portal.dispatches.sendAgain(id, to: favre, chappuis)
        }
        try await portal.deliver()
        #expect(portal.messages.filed(to: Mailbox.address).count == 1)
        #expect(try await Mailbox.dispatch(id, portal)?.state == .mailed)
        // and comes back like any other
        let token = try #require(portal.messages.filed(to: Mailbox.address).first?.id)
        let end = try await portal.dispatches.take(
            MailReturn(token: token, action: .failed, status: "5.1.1"))
        #expect(end == .fellBack)

        let published = try await portal.trail().filter { $0.event == "documentPublished" }
        #expect(published.map(\.outcome) == ["success", "success", "refused"])
        #expect(published[1].actorID == chappuis.accountID.rawValue && published[1].objectID == id.rawValue)
        #expect(published[1].basis == published[0].basis && published[2].rule == "manual.alreadySent")
    }

    @Test func `Whoever reads in the portal since finds it there, and is told`() async throws {
        let (portal, id, favre) = try await failed()
        try await Mailbox.choose("portal", portal)
        portal.time.advance(minutes: 5)
        try await portal.dispatches.sendAgain(id, to: favre, portal.serviceMember())
        let there = try #require(try await Mailbox.dispatch(id, portal))
        #expect(there.state == .deposited && there.availableAt == portal.time.now)
        #expect(there.setback?.cause == .unavailable, "why it did not come before stays written")
        #expect(try await portal.rows("secured_mail WHERE state = 'fellBack'") == 1)
        var failed = SendingFilter()
        failed.state = .failed
        let member = try await portal.serviceMember()
        #expect(try await portal.dispatches.sendings(failed, before: nil, member).rows.isEmpty)
        try await portal.deliver()
        #expect(try await Mailbox.dispatch(id, portal)?.state == .notified)
        _ = try await portal.documents.open(id, for: .reading, portal.signIn(DemoPeople.favre))
        #expect(try await Mailbox.dispatch(id, portal)?.state == .opened)
    }

    @Test func `A letter that left the queue comes into the portal of who reads there now`() async throws {
        let portal = try await Mailbox.portal(waysOut: { $0.postsWhenUnreachable = true })
        try await Mailbox.giveAddress(portal)
        try await Mailbox.choose("none", portal)
        let id = try await Mailbox.publish(portal)
        let chappuis = try await portal.serviceMember()
        let letter = try #require(try await portal.dispatches.postQueue(chappuis).first)
        try await portal.dispatches.cancelPost(letter.id, chappuis)
        let favre = try await portal.account("7601099000013")
        // as she still chooses: on paper
        try await portal.dispatches.sendAgain(id, to: favre, chappuis)
        #expect(try await portal.rows("post_item WHERE state = 'waiting' AND reason = 'asked'") == 1)
        try await portal.dispatches.cancelPost(letter.id, chappuis)
        // as she chooses since
        portal.time.advance(minutes: 60)
        try await Mailbox.choose("portal", portal)
        portal.time.advance(minutes: 5)
        try await portal.dispatches.sendAgain(id, to: favre, chappuis)
        let there = try #require(try await Mailbox.dispatch(id, portal))
        #expect(there.state == .deposited && there.availableAt == portal.time.now)
    }

    @Test func `Rules that stand in the way today are told, and nothing leaves`() async throws {
        let (portal, id, favre) = try await failed()
        let chappuis = try await portal.serviceMember()
        func refused(_ refusal: DispatchRefusal) async {
            await #expect(throws: refusal) { try await portal.dispatches.sendAgain(id, to: favre, chappuis) }
        }
        try await portal.tamper("UPDATE account SET state = 'suspended' WHERE id = \(favre)")
        await refused(.unavailableRecipient)
        try await portal.tamper("UPDATE account SET state = 'active' WHERE id = \(favre)")
        try await portal.deny(stay: HandLetter.stay, patient: "000412033")
        await refused(.denied)
        try await portal.deliver()
        #expect(portal.messages.filed(to: Mailbox.address).isEmpty)
        #expect(try await portal.refusals().suffix(2) == ["recipient.unavailable", "designation.denied"])
    }

    @Test func `What was replaced, or is not kept any more, cannot be sent again`() async throws {
        let (portal, id, favre) = try await failed()
        portal.time.advance(days: 11)
        #expect(try await portal.documents.endLives().documents == 1)
        let chappuis = try await portal.serviceMember()
        await #expect(throws: ManualRefusal.notKept) {
            try await portal.dispatches.sendAgain(id, to: favre, chappuis)
        }
        let sent = try await portal.dispatches.sending(id, chappuis).sent
        #expect(!sent.canBeSentAgain(to: favre))
    }

    @Test func `By nobody of another service, and to nobody who was not its recipient`() async throws {
        let (portal, id, favre) = try await failed()
        let (other, chappuis) = (try await portal.otherServiceMember(), try await portal.serviceMember())
        let jeanneret = try await portal.account("7601999000014")
        for (holder, account) in [(other, favre), (chappuis, jeanneret)] {
            await #expect(throws: ManualRefusal.notFound) {
                try await portal.dispatches.sendAgain(id, to: account, holder)
            }
        }
        let found = try await portal.dispatches.sending(id, chappuis).sent
        #expect(found.canBeSentAgain(to: favre) && !found.canBeSentAgain(to: jeanneret))
    }
}
