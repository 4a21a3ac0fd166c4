/// Work that one node does at a time.
public enum ExclusiveWork: Int64, Sendable {
    /// Giving audit events their place in the chain.
    case auditSealing = 1
    /// Ending the lives of documents.
    case lives = 18
}

extension Transaction {
    /// Waits (five seconds at most) until no other transaction does this work, and keeps others from it until
    /// the end of this one. Ask first of all, and under `.readCommitted`: what was read before is not read
    /// again. SQLite has one writer anyway.
    /// - Throws: `StorageError.serialization` when the wait was too long.
    public func begin(_ work: ExclusiveWork) throws {
        guard dialect == .postgres else { return }
        _ = try query(
            """
            SELECT CAST(pg_advisory_xact_lock(CAST(hashtext(current_schema()) AS INT),
              CAST(\(work.rawValue) AS INT)) AS TEXT)
            """)
    }
}
