import Access
import Delivery
import Documents
import Enrolment
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// Which job belongs to which queue, and what an adapter's words become.
@Suite struct TransmissionQueueTests {
    @Test func `Every kind of job belongs to one queue`() {
        let kinds = TransmissionQueue.allCases.flatMap(\.kinds)
        #expect(Set(kinds).count == kinds.count)
        for kind in [
            CodeMessage.outboxKind, NoticeJob.outboxKind, AccountNoticeJob.outboxKind,
            AccountNoticeJob.textKind, PasswordLinkJob.outboxKind, EnrolmentMailJob.outboxKind,
            ControlCodeJob.outboxKind, SecuredMailJob.outboxKind, RecordFeedJob.outboxKind,
            SubscriptionJob.outboxKind, RecordJob.outboxKind, PreviewJob.outboxKind,
        ] { #expect(TransmissionQueue.of(kind: kind) != nil, "\(kind)") }
        #expect(TransmissionQueue.of(kind: "other") == nil)
    }

    @Test(
        arguments: [
            (
                "\(MailFailure.refused(status: 550, "<claire.favre@cabinet.example> status: 999"))",
                .refused(550)
            ),
            ("\(MailFailure.unavailable(status: 0, "no connection"))", .unreachable(nil)),
            ("\(MailFailure.unavailable(status: 421, "busy"))", .unreachable(421)),
            ("\(MailFailure.misconfigured(status: 535, "no"))", .misconfigured(535)),
            ("\(MailFailure.invalidField("to"))", .badAddress),
            ("\(SMSFailure.refused(status: 400, number: "+41790000001"))", .refused(400)),
            ("\(RecordFailure.refused(status: 422))", .refused(422)),
            ("\(RecordFailure.misconfigured("the token file"))", .misconfigured(nil)),
            ("\(WebhookFailure.unavailable("status 503"))", .unreachable(503)),
            ("\(WebhookFailure.denied)", .addressNotAllowed),
            ("too late", .tooLate), ("its payload does not open", .unreadable), ("NIOError", .other),
            ("", .other),
        ] as [(String, TransmissionFault)])
    func `The words of the other side become a cause without an address`(
        _ reason: String, _ fault: TransmissionFault
    ) {
        #expect(TransmissionFault(reason) == fault)
    }

    @Test func `The page reads no job but those it shows or counts`() async throws {
        let portal = try await TestPortal()
        let kinds = TransmissionQueue.allCases.flatMap(\.kinds)
        let plans = try await portal.database.read { transaction in
            let explaining = ExplainingTransaction(transaction)
            _ = try explaining.outboxLedgers(of: kinds, at: 1, since: 0)
            _ = try explaining.endedJobs(kinds, ["failed"], before: (9, "x"), limit: 51)
            _ = try explaining.revivableJobs(kinds, at: 1, limit: 200)
            return explaining.plans
        }
        #expect(plans.count > kinds.count)
        for steps in plans {
            #expect(!ExplainingTransaction.scans(steps, "outbox", as: "outbox"), "\(steps)")
        }
    }
}
