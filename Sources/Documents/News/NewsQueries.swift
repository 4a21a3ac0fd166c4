import Access
import Directory
import Storage

extension Transaction {
    /// Unread documents of the space that came in after a moment and that its preferences show: the newest, in the order
    /// in which they came.
    func arrivals(in viewer: Viewer, since: Timestamp, limit: Int, at now: Timestamp) throws -> [Arrival] {
        try query(
            """
            SELECT reader.document_id, reader.received_at FROM document_reader reader
            WHERE \(sql: try arrived(in: viewer, since: since, at: now))
            ORDER BY reader.received_at DESC, reader.document_id DESC LIMIT \(limit)
            """
        ).map { Arrival(id: try $0.get("document_id"), at: try $0.get("received_at")) }.reversed()
    }

    /// How many came in until now; more than `DocumentLimits.countedRows` are not counted.
    func countArrivals(in viewer: Viewer, since: Timestamp, at now: Timestamp) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM
              (SELECT 1 AS one FROM document_reader reader
               WHERE \(sql: try arrived(in: viewer, since: since, at: now)) AND reader.received_at <= \(now)
               LIMIT \(DocumentLimits.countedRows + 1)) AS counted
            """)?.get("n") ?? 0
    }

    private func arrived(in viewer: Viewer, since: Timestamp, at now: Timestamp) throws -> SQLText {
        let account = viewer.principalID
        let shown = shown(try displayChoice(of: account), to: account, at: now) ?? "TRUE"
        return """
            reader.account_id = \(account) AND reader.is_superseded = FALSE
            AND reader.received_at > \(since) AND reader.is_unread = TRUE AND reader.expires_at > \(now)
            AND \(sql: shown)
            """
    }
}

/// A document that came in, and when.
struct Arrival: Sendable {
    let id: Document.ID
    let at: Timestamp
}
