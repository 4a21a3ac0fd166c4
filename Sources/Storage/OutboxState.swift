/// What became of a job, without its payload: for pages that say whether a message went out.
public struct OutboxState: Sendable {
    public let key: String
    /// waiting, running, done, failed, expired, cancelled.
    public let state: String
    public let createdAt: Int64
    public let dueAt: Int64
    public let finishedAt: Int64?
    /// Why the last try came to nothing, as a code.
    public let reason: String?
}

extension Transaction {
    /// The jobs under these keys, as far as they are not forgotten; the newest first.
    public func outboxStates(of keys: [String]) throws -> [OutboxState] {
        guard !keys.isEmpty else { return [] }
        return try query(
            """
            SELECT idempotency_key, state, created_at, due_at, finished_at, reason FROM outbox
            WHERE idempotency_key IN (\(list: keys)) ORDER BY created_at DESC
            """
        ).map { row in
            OutboxState(
                key: try row.get("idempotency_key"), state: try row.get("state"),
                createdAt: try row.get("created_at"), dueAt: try row.get("due_at"),
                finishedAt: try row.get("finished_at"), reason: try row.get("reason"))
        }
    }
}
