import GRDB

/// One caller of `write` in a group commit.
final class SQLiteWrite<T: Sendable>: GroupCommit.Waiting {
    private let body: @Sendable (any Transaction) throws -> T
    private let continuation: CheckedContinuation<T, any Error>
    private let notifications: Notifications
    private struct Outcome: Sendable {
        var result: Result<T, any Error>
        var wakeUps: [(Channel, String)] = []
    }
    /// What became of it; not run when the transaction could not even begin.
    private let outcome = Locked(SQLiteWrite.notBegun)
    private static var notBegun: Outcome {
        Outcome(result: .failure(StorageError.serialization("not begun")))
    }

    init(
        body: @escaping @Sendable (any Transaction) throws -> T,
        continuation: CheckedContinuation<T, any Error>, notifications: Notifications
    ) {
        self.body = body
        self.continuation = continuation
        self.notifications = notifications
    }

    func run(_ connection: SQLiteConnection, noting changes: SQLiteChanges, isApart: Bool) -> Bool {
        let transaction = SQLiteTransaction(connection, noting: changes)
        let result = Result {
            guard isApart else { return try value(in: transaction) }
            return try connection.inSavepoint { try value(in: transaction) }
        }
        let wakeUps = if case .success = result { transaction.wakeUps } else { [(Channel, String)]() }
        outcome.withLock { $0 = Outcome(result: result, wakeUps: wakeUps) }
        return if case .success = result { true } else { false }
    }

    private func value(in transaction: SQLiteTransaction) throws -> T {
        let value = try body(transaction)
        // PostgreSQL rolls back then, and so do we: what works on one engine works on the other
        if transaction.hasFailed {
            throw StorageError.ignored
        }
        return value
    }

    func forget() { outcome.withLock { $0 = Self.notBegun } }

    func finish(_ failure: (any Error)?) {
        let outcome = outcome.withLock { $0 }
        if case .success = outcome.result, let failure { return continuation.resume(throwing: failure) }
        for (channel, payload) in outcome.wakeUps { notifications.publish(channel, payload) }
        continuation.resume(with: outcome.result)
    }
}

extension SQLiteConnection {
    /// As GRDB's own, with statements that are prepared once: each transaction that is apart needs two.
    fileprivate func inSavepoint<T>(_ body: () throws -> T) throws -> T {
        try run("SAVEPOINT one")
        do {
            let value = try body()
            try run("RELEASE one")
            return value
        } catch {
            // a full disk ends the whole transaction by itself: then there is nothing to go back to
            if database.isInsideTransaction {
                try run("ROLLBACK TO one")
                try run("RELEASE one")
            }
            throw error
        }
    }
}
