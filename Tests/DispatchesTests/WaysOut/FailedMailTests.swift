import Access
import Delivery
import Demo
import Directory
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// What the hospital is told of a mail that has not left, or that reached nobody.
@Suite struct FailedMailTests {
    private func answer(_ portal: TestPortal) async throws -> DeliveryAnswer {
        var question = DeliveryQuestion(gln: try #require(GLN(rawValue: "7601099000013")))
        question.documentIdentifier = "urn:oid:1.2.3"
        return try await portal.dispatches.answer(question, portal.serviceMember())
    }

    @Test func `A mail that waits is not available, whatever notices go out meanwhile`() async throws {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        let sentAt = portal.time.now
        portal.time.advance(days: 1)
        // a notice about something else
        let now = portal.time.now
        let account = try await portal.holder(DemoPeople.favre).accountID
        try await portal.database.write { try $0.markNotified(account, at: now) }
        let waiting = try #require(try await Mailbox.dispatch(id, portal))
        #expect(waiting.state == .queued && waiting.at == sentAt)
        #expect(waiting.availableAt == nil && waiting.notifiedAt == nil && waiting.setback == nil)
        #expect(Diagnosis.advise(try await answer(portal)) == .delivered(.queued))
    }

    @Test func `An account that is suspended before the mail leaves gets nothing, and the trail says so`()
        async throws
    {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        let account = try await portal.holder(DemoPeople.favre).accountID
        try await portal.tamper("UPDATE account SET state = 'suspended' WHERE id = \(account)")
        try await portal.deliver()
        #expect(portal.messages.filed(to: Mailbox.address).isEmpty)
        let failed = try #require(try await Mailbox.dispatch(id, portal))
        #expect(failed.state == .failed)
        #expect(failed.setback == Setback(.unavailable, at: portal.time.now))
        let event = try #require(try await portal.trail().first { $0.event == "dispatchMailed" })
        #expect(
            event.outcome == "failed" && event.rule == "mail.unavailable" && event.objectID == id.rawValue)
        #expect(Diagnosis.advise(try await answer(portal)) == .sendAgain)
        #expect(try await portal.rows("document_reader") == 0)
    }

    @Test func `What comes back too late has failed`() async throws {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        try await portal.deliver()
        portal.time.advance(days: 11)
        #expect(try await portal.documents.endLives().documents == 1)
        #expect(try await Mailbox.dispatch(id, portal)?.state == .mailed)
        let token = try #require(portal.messages.filed(to: Mailbox.address).first?.id)
        let end = try await portal.dispatches.take(
            MailReturn(token: token, action: .failed, status: "5.1.1"))
        #expect(end == .tooLate)
        let failed = try #require(try await Mailbox.dispatch(id, portal))
        #expect(failed.state == .failed && failed.setback?.cause == .returned(status: "5.1.1"))
    }

    @Test func `What was corrected before it left says so`() async throws {
        let portal = try await Mailbox.portal()
        let first = try await Mailbox.publish(portal)
        let second = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.4", words: "Corrige", replaces: .id(first)),
            try await portal.recordSystem()
        ).document.id
        try await portal.deliver()
        #expect(try await Mailbox.dispatch(first, portal)?.setback?.cause == .replaced)
        #expect(try await Mailbox.dispatch(second, portal)?.state == .mailed)
    }

    @Test func `What fell back is available since then, with its cause`() async throws {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        portal.time.advance(days: 1)
        try await portal.directory.decide(
            domain: "hin.example", isSecured: false, provenance: "test", by: "test")
        try await portal.deliver()
        let fallen = try #require(try await Mailbox.dispatch(id, portal))
        #expect(fallen.state == .deposited && fallen.at == portal.time.now)
        #expect(fallen.setback == Setback(.unsecuredAddress, at: portal.time.now))
    }

    @Test func `What is in the portal was there before its letter was cancelled`() async throws {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        try await Mailbox.giveAddress(portal)
        let id = try await Mailbox.publish(portal)
        let sentAt = portal.time.now
        let account = try await portal.account("7601099000013")
        portal.time.advance(minutes: 30)
        let chappuis = try await portal.serviceMember()
        try await portal.dispatches.sendLetter(id, to: account, chappuis)
        let letter = try #require(try await portal.dispatches.postQueue(chappuis).first)
        portal.time.advance(minutes: 30)
        try await portal.dispatches.cancelPost(letter.id, chappuis)
        let dispatch = try #require(try await Mailbox.dispatch(id, portal))
        #expect(dispatch.setback == Setback(.letterCancelled, at: portal.time.now))
        #expect(dispatch.state == .deposited && dispatch.at == sentAt && dispatch.availableAt == sentAt)
    }

    @Test(arguments: [
        Setback.Cause.addressMissing, .unsecuredAddress, .otherPreference, .notAccepted, .unavailable,
        .replaced,
        .withdrawn, .letterCancelled, .unknown, .returned(status: "5.1.1"), .returned(status: ""),
    ])
    func `A cause is kept by its code`(_ cause: Setback.Cause) {
        #expect(Setback.Cause(code: cause.code) == cause)
    }
}
