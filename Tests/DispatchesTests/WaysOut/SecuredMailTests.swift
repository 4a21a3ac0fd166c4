import Access
import Delivery
import Demo
import Directory
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// Documents by HIN-secured mail: to whom chose it, at an address that is secured when it is sent, and into the portal when
/// they do not get there.
@Suite struct SecuredMailTests {
    @Test func `The document goes as a file, and nothing in the mail says about whom`() async throws {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        #expect(try await Mailbox.dispatch(id, portal)?.state == .queued, "nobody can read it yet")
        try await portal.deliver()
        let mail = try #require(portal.messages.filed(to: Mailbox.address).first)
        #expect(mail.attachment?.bytes == Letter.pdf() && mail.attachment?.name == "document.pdf")
        #expect(mail.attachment?.mediaType == "application/pdf")
        #expect(mail.returnTo == "retours+\(mail.id)@hul.example")
        for word in ["Jaquet", "Hélène", "1958", "sortie", "Cardiologie", "412033", "Favre"] {
            #expect(
                !mail.text.contains(word) && !mail.subject.contains(word) && mail.html?.contains(word) != true
            )
        }
        #expect(try await Mailbox.dispatch(id, portal)?.state == .mailed)
        #expect(try await portal.events().contains("dispatchMailed"))
        // she chose the mailbox: nothing lies in the portal, and no notice goes out
        let inbox = try await portal.documents.listInbox(.init(), .newest, portal.signIn(DemoPeople.favre))
        #expect(inbox.rows.isEmpty)
        #expect(try await portal.rows("outbox WHERE kind = 'notice'") == 0)
    }

    @Test func `Its contents are kept while it may come back, and destroyed then`() async throws {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        try await portal.deliver()
        portal.time.advance(days: 6)
        #expect(try await portal.documents.endLives() == EndedLives())
        portal.time.advance(days: 5)
        #expect(try await portal.documents.endLives().documents == 1)
        #expect(try await Mailbox.dispatch(id, portal)?.state == .mailed, "the trace stays")
        let token = try #require(portal.messages.filed(to: Mailbox.address).first?.id)
        let end = try await portal.dispatches.take(
            MailReturn(token: token, action: .failed, status: "5.1.1"))
        #expect(end == .tooLate)
    }

    @Test func `What comes back is in the portal, and both sides are told`() async throws {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        try await portal.deliver()
        let token = try #require(portal.messages.filed(to: Mailbox.address).first?.id)
        #expect(
            try await portal.dispatches.take(
                MailReturn(token: token, action: .delayed, status: "4.4.1")) == .noted)
        #expect(
            try await portal.dispatches.take(
                MailReturn(token: token, action: .failed, status: "5.1.1")) == .fellBack)
        #expect(
            try await portal.dispatches.take(
                MailReturn(token: token, action: .failed, status: "5.1.1")) == .unknown, "once")
        try await portal.deliver()
        let viewer = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(id, for: .reading, viewer)
        #expect(try await Mailbox.dispatch(id, portal)?.state == .opened)
        let told = portal.messages.all.filter {
            $0.to == DemoPeople.favre.account.email && $0.subject.contains("Un document vous attend")
        }
        #expect(told.count == 1)
        let trail = try await portal.trail()
        let fell = try #require(trail.first { $0.event == "dispatchFellBack" })
        #expect(fell.rule == "returned:5.1.1" && fell.objectID == id.rawValue)
        #expect(trail.contains { $0.event == "mailReturned" })
        for report in ["0123456789abcdef0123456789abcdef", "x", ""] {
            #expect(
                try await portal.dispatches.take(
                    MailReturn(token: report, action: .failed, status: "5.0.0")) == .unknown)
        }
    }

    @Test func `What somebody sent by hand rests in the portal on the same consent`() async throws {
        let portal = try await Mailbox.portal()
        let chappuis = try await portal.serviceMember()
        let sending = try await HandLetter.sending(
            portal, chappuis, stay: HandLetter.otherStay, reason: "Son médecin depuis dix ans.")
        let sent = try await portal.dispatches.send(sending, chappuis)
        guard case .consent(let consent)? = sent.dispatches.first?.basis else {
            Issue.record("it rests on \(sent.dispatches.map(\.basis))")
            return
        }
        try await portal.deliver()
        let token = try #require(portal.messages.filed(to: Mailbox.address).first?.id)
        #expect(
            try await portal.dispatches.take(
                MailReturn(token: token, action: .failed, status: "5.1.1")) == .fellBack)
        let basis = "consent:\(consent)"
        #expect(try await portal.rows("document_reader WHERE basis = \(basis)") == 1)
        #expect(try await portal.trail().first { $0.event == "dispatchFellBack" }?.basis == basis)
    }

    @Test func `An address whose domain is not secured any more gets nothing`() async throws {
        let portal = try await Mailbox.portal()
        let before = try await Mailbox.publish(portal)
        try await portal.directory.decide(
            domain: "hin.example", isSecured: false, provenance: "test", by: "test")
        try await portal.deliver()
        #expect(portal.messages.filed(to: Mailbox.address).isEmpty)
        #expect(try await Mailbox.dispatch(before, portal)?.state == .deposited)
        #expect(try await portal.trail().first { $0.event == "dispatchFellBack" }?.rule == "unsecuredAddress")
        // and the next one is in the portal from the start
        let after = try await Mailbox.publish(portal, "urn:oid:1.2.4")
        let viewer = try await portal.signIn(DemoPeople.favre)
        for id in [before, after] { _ = try await portal.documents.open(id, for: .reading, viewer) }
    }

    @Test func `Whoever changes to the portal before it is sent finds it there`() async throws {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        let viewer = try await portal.signIn(DemoPeople.favre)
        try await Mailbox.choose("portal", portal)
        try await portal.deliver()
        #expect(portal.messages.filed(to: Mailbox.address).isEmpty)
        _ = try await portal.documents.open(id, for: .reading, viewer)
    }

    @Test func `What was taken back or corrected before it is sent stays here`() async throws {
        let portal = try await Mailbox.portal()
        let first = try await Mailbox.publish(portal)
        let machine = try await portal.recordSystem()
        let second = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.4", words: "Corrige", replaces: .id(first)), machine
        ).document.id
        let third = try await Mailbox.publish(portal, "urn:oid:1.2.5")
        _ = try await portal.dispatches.withdraw(.id(third), reason: WithdrawalReason(nil), machine)
        try await portal.deliver()
        #expect(portal.messages.filed(to: Mailbox.address).count == 1)
        #expect(portal.messages.filed(to: Mailbox.address).first?.attachment?.bytes == Letter.pdf("Corrige"))
        #expect(try await Mailbox.dispatch(second, portal)?.state == .mailed)
    }

    @Test func `A relay that refuses for ever, or does not answer for three days: into the portal`()
        async throws
    {
        for isPermanent in [true, false] {
            let portal = try await Mailbox.portal()
            let id = try await Mailbox.publish(portal)
            let worker = portal.worker(sending: { _ in
                throw isPermanent
                    ? MailFailure.refused(status: 552, "too big") : .unavailable(status: 451, "later")
            })
            _ = try await worker.workOnce()
            if !isPermanent {
                #expect(try await Mailbox.dispatch(id, portal)?.state == .queued)
                portal.time.advance(days: 4)
                _ = try await worker.workOnce()
            }
            #expect(try await portal.trail().first { $0.event == "dispatchFellBack" }?.rule == "notAccepted")
            _ = try await portal.documents.open(id, for: .reading, portal.signIn(DemoPeople.favre))
        }
    }
}
