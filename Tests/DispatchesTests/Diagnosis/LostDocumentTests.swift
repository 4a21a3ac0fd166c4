import Access
import Delivery
import Demo
import Directory
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// What came, and is not there any more when somebody asks why nothing came; and mails that came back.
@Suite struct LostDocumentTests {
    private let gln = "7601099000013"

    private func publish(_ number: Int, _ portal: TestPortal) async throws -> Document.ID {
        try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.\(number)", words: "Lettre \(number)"),
            portal.recordSystem()
        ).document.id
    }

    @Test func `A letter that expired unread is what she is told of, until a month later`() async throws {
        // Given two letters of which one is read in time
        let portal = try await TestPortal.inhabited()
        let read = try await publish(1, portal)
        _ = try await portal.documents.open(read, for: .reading, portal.signIn(DemoPeople.favre))
        let unread = try await publish(2, portal)
        let life = try await portal.practitioner(gln).lifetimeDays
        // When their time is over, before the portal has ended them and after
        portal.time.advance(days: life)
        let before = try await portal.dispatches.diagnose(portal.signIn(DemoPeople.favre))
        #expect(before.expiredUnread?.count == 1)
        _ = try await portal.documents.endLives()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let facts = try await portal.dispatches.diagnose(viewer)
        // Then the one that she never saw explains it, and can be asked for
        #expect(facts.expiredUnread?.count == 1 && facts.expiredUnread?.newest == unread)
        #expect(facts.withdrawnUnread == nil)
        guard case .askAgain(let lately) = Diagnosis.advise(facts) else {
            Issue.record("another advice")
            return
        }
        try await portal.documents.askAgain(lately.newest, viewer)
        // and of others nothing is said, nor of what is long past
        #expect(
            try await portal.dispatches.diagnose(portal.signIn(DemoPeople.jeanneret)).expiredUnread == nil)
        portal.time.advance(days: 31)
        let later = try await portal.dispatches.diagnose(portal.signIn(DemoPeople.favre))
        #expect(later.expiredUnread == nil)
    }

    @Test func `What the hospital took back unread is counted; what was replaced or read is not`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        let read = try await publish(1, portal)
        _ = try await portal.documents.open(read, for: .reading, portal.signIn(DemoPeople.favre))
        let unread = try await publish(2, portal)
        for id in [read, unread] {
            _ = try await portal.dispatches.withdraw(.id(id), reason: WithdrawalReason(nil), machine)
        }
        let facts = try await portal.dispatches.diagnose(portal.signIn(DemoPeople.favre))
        #expect(facts.withdrawnUnread?.count == 1 && facts.withdrawnUnread?.newest == unread)
        #expect(facts.expiredUnread == nil)
        let others = try await portal.dispatches.diagnose(portal.signIn(DemoPeople.jeanneret))
        #expect(others.withdrawnUnread == nil)
        let now = portal.time.now
        let account = try await portal.practitioner(gln).accountID
        let plans = try await portal.database.read { transaction in
            let explaining = ExplainingTransaction(transaction)
            _ = try explaining.expiredUnread(of: account, since: now, at: now)
            _ = try explaining.withdrawnUnread(of: account, since: now)
            _ = try explaining.returnedMails(of: account, since: now)
            return explaining.plans
        }
        for steps in plans {
            for (table, alias) in [
                ("document_reader", "reader"), ("dispatch", "dispatch"), ("secured_mail", "mail"),
            ] {
                #expect(!ExplainingTransaction.scans(steps, table, as: alias), "\(steps)")
            }
        }
    }

    @Test func `A notice that comes back is said to have failed, and the next letter makes another`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        _ = try await publish(1, portal)
        try await portal.deliver()
        func notices() -> [CapturedMessage] {
            portal.messages.all.filter {
                $0.kind == .email && $0.to == DemoPeople.favre.account.email
                    && $0.subject.contains("document")
            }
        }
        let token = try #require(notices().first?.id)
        portal.time.advance(minutes: 5)
        #expect(
            try await portal.dispatches.take(MailReturn(token: token, action: .delayed, status: "4.4.1"))
                == .noted)
        #expect(
            try await portal.dispatches.take(MailReturn(token: token, action: .failed, status: "5.1.1"))
                == .noticeFailed)
        #expect(
            try await portal.dispatches.take(MailReturn(token: token, action: .failed, status: "5.1.1"))
                == .unknown, "once")
        let event = try #require(
            try await portal.trail().last { $0.event == "noticeSent" && $0.objectKind == "account" })
        #expect(event.outcome == "failed" && event.rule == "notice.returned")
        #expect(event.detail == "status=5.1.1")

        // the doctor, who reads it by signing in, learns which address to correct
        let viewer = try await portal.signIn(DemoPeople.favre)
        var facts = try await portal.dispatches.diagnose(viewer)
        #expect(facts.notice == .failed(portal.time.now, reason: "returned:5.1.1"))
        facts.unread = 0
        #expect(Diagnosis.advise(facts) == .correctNoticeAddress)
        // nobody can make another mail fail by a number that is none, or another's
        for other in ["0123456789abcdef0123456789abcdef", "x"] {
            #expect(
                try await portal.dispatches.take(MailReturn(token: other, action: .failed, status: "5.0.0"))
                    == .unknown)
        }
        portal.time.advance(minutes: 1)
        _ = try await publish(2, portal)
        try await portal.deliver()
        #expect(notices().count == 2)
        let again = try await portal.dispatches.diagnose(portal.signIn(DemoPeople.favre))
        #expect(again.notice == .sent(portal.time.now))
    }
}
