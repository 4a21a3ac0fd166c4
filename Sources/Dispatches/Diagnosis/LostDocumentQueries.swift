import Access
import Documents
import Storage

/// The SQL about documents that came and are not there any more: counts and dates of one professional, no patient.
extension Transaction {
    /// What was never opened, and whose time in this space is over since a moment.
    func expiredUnread(of account: Account.ID, since: Timestamp, at now: Timestamp) throws
        -> DeliveryFacts.Lately?
    {
        try lately(
            """
            SELECT reader.document_id, reader.expires_at AS happened_at FROM document_reader reader
            JOIN document ON document.id = reader.document_id
            WHERE reader.account_id = \(account) AND reader.is_superseded = FALSE AND reader.is_unread = TRUE
              AND reader.expires_at > \(since) AND reader.expires_at <= \(now)
              AND document.state <> 'withdrawn'
            ORDER BY reader.expires_at DESC, reader.document_id LIMIT 100
            """)
    }

    /// What the hospital took back since a moment, before it was opened, with nothing in its place.
    func withdrawnUnread(of account: Account.ID, since: Timestamp) throws -> DeliveryFacts.Lately? {
        try lately(
            """
            SELECT withdrawal.document_id, withdrawal.withdrawn_at AS happened_at FROM withdrawal
            JOIN document_reader reader ON reader.account_id = \(account)
              AND reader.document_id = withdrawal.document_id
            WHERE withdrawal.withdrawn_at > \(since) AND reader.is_unread = TRUE
              AND NOT EXISTS (SELECT 1 AS one FROM document newer
                WHERE newer.replaces_id = withdrawal.document_id)
            ORDER BY withdrawal.withdrawn_at DESC, withdrawal.document_id LIMIT 100
            """)
    }

    /// Secured mails that their mailbox gave back since a moment; found through what was sent to him, which is in order of
    /// accounts.
    func returnedMails(of account: Account.ID, since: Timestamp) throws -> DeliveryFacts.Lately? {
        try lately(
            """
            SELECT mail.document_id, mail.settled_at AS happened_at FROM dispatch
            JOIN secured_mail mail ON mail.document_id = dispatch.document_id
              AND mail.account_id = dispatch.account_id
            WHERE dispatch.account_id = \(account) AND mail.state = 'fellBack'
              AND mail.settled_at > \(since) AND mail.reason LIKE 'returned:%'
            ORDER BY mail.settled_at DESC, mail.document_id LIMIT 100
            """)
    }

    private func lately(_ sql: SQLText) throws -> DeliveryFacts.Lately? {
        let rows = try query(sql)
        guard let newest = rows.first else { return nil }
        return DeliveryFacts.Lately(
            count: rows.count, newestAt: try newest.get("happened_at"), newest: try newest.get("document_id"))
    }
}
