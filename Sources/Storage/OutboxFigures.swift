/// What waits in the outbox and what came to nothing, for those who watch the installation.
public struct OutboxFigures: Sendable {
    public let kind: String
    /// Jobs that are waiting for their turn, for their time or for another try, or are being done.
    public let waiting: Int
    /// Jobs that were given up, and not forgotten yet.
    public let failed: Int
    /// UTC milliseconds of the longest overdue job; nil when none is due.
    public let oldestDue: Int64?
}

extension Transaction {
    /// One entry for each kind that there is.
    /// - Parameter now: UTC milliseconds; what is due later is not late.
    public func outboxFigures(at now: Int64) throws -> [OutboxFigures] {
        try query(
            """
            SELECT kind, SUM(CASE WHEN state = 'failed' THEN 0 ELSE 1 END) AS waiting,
              SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END) AS failed,
              MIN(CASE WHEN state <> 'failed' AND due_at <= \(now) THEN due_at END) AS oldest
            FROM outbox WHERE state IN ('waiting', 'running', 'failed') GROUP BY kind ORDER BY kind
            """
        ).map { row in
            OutboxFigures(
                kind: try row.get("kind"), waiting: try row.get("waiting"), failed: try row.get("failed"),
                oldestDue: try row.get("oldest"))
        }
    }
}
