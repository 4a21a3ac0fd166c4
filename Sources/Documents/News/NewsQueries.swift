import Access
import Directory
import Storage

extension Transaction {
    /// Unread documents of the space that came in after a moment and that its preferences show, the oldest first.
    func arrivals(in viewer: Viewer, since: Timestamp, limit: Int, at now: Timestamp) throws -> [Document.ID]
    {
        let account = viewer.principalID
        let shown = shown(try displayChoice(of: account), to: account, at: now) ?? "TRUE"
        return try query(
            """
            SELECT reader.document_id FROM document_reader reader
            WHERE reader.account_id = \(account) AND reader.is_superseded = FALSE
              AND reader.received_at > \(since) AND reader.is_unread = TRUE AND reader.expires_at > \(now)
              AND \(sql: shown)
            ORDER BY reader.received_at, reader.document_id LIMIT \(limit)
            """
        ).map { try $0.get("document_id") }
    }
}
