import Access
import Storage

/// All SQL that touches notices that came back.
extension Transaction {
    /// To whom a notice was sent that was handed over; nil for anything else.
    func receiver(ofNotice id: String) throws -> Account.ID? {
        let row = try first(
            """
            SELECT idempotency_key FROM outbox
            WHERE id = \(id) AND kind = \(NoticeJob.outboxKind) AND state = 'done'
            """)
        // «notice:ACCOUNT:since:…», «notice:ACCOUNT:day:…»
        let key: String? = try row?.get("idempotency_key")
        return key?.split(separator: ":").dropFirst().first.map { Account.ID(rawValue: String($0)) }
    }

    /// From now on it counts as one that was not delivered: the next document makes another.
    func markReturned(notice id: String, status: String, at now: Timestamp) throws {
        try execute(
            """
            UPDATE outbox SET state = 'failed', reason = \("returned:\(status)"), finished_at = \(now)
            WHERE id = \(id) AND kind = \(NoticeJob.outboxKind) AND state = 'done'
            """)
    }
}
