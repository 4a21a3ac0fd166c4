import GRDB

/// One caller of `write` in a group commit. What its body returns stays with the caller: a class for each type of value
/// would be looked up dozens of times in each transaction.
final class SQLiteWrite: GroupCommit.Waiting {
    private let body: @Sendable (any Transaction) throws -> Void
    private let answer: @Sendable ((any Error)?) -> Void
    private let notifications: Notifications
    private struct Outcome: Sendable {
        /// Nil when it succeeded.
        var failure: (any Error)?
        var wakeUps: [(Channel, String)] = []
    }
    /// What became of it; not run when the transaction could not even begin. Touched by the writer's queue only, one run
    /// after the other.
    private nonisolated(unsafe) var outcome = SQLiteWrite.notBegun
    private static let notBegun = Outcome(failure: StorageError.serialization("not begun"))

    /// - Parameters:
    ///   - body: may run several times; what the last run returned counts.
    ///   - answer: called once, with why it failed, or with nil when it is on disk.
    init(
        notifications: Notifications, body: @escaping @Sendable (any Transaction) throws -> Void,
        answer: @escaping @Sendable ((any Error)?) -> Void
    ) {
        self.notifications = notifications
        self.body = body
        self.answer = answer
    }

    func run(_ connection: SQLiteConnection, noting changes: SQLiteChanges, isApart: Bool) -> Bool {
        let transaction = SQLiteTransaction(connection, noting: changes)
        do {
            if isApart {
                try connection.inSavepoint { try run(in: transaction) }
            } else {
                try run(in: transaction)
            }
            outcome = Outcome(wakeUps: transaction.wakeUps)
            return true
        } catch {
            changes.undone()
            outcome = Outcome(failure: error)
            return false
        }
    }

    private func run(in transaction: SQLiteTransaction) throws {
        try body(transaction)
        // PostgreSQL rolls back then, and so do we: what works on one engine works on the other
        if transaction.hasFailed {
            throw StorageError.ignored
        }
    }

    func forget() { outcome = Self.notBegun }

    func finish(_ failure: (any Error)?) {
        if let failure = outcome.failure ?? failure { return answer(failure) }
        for (channel, payload) in outcome.wakeUps { notifications.publish(channel, payload) }
        answer(nil)
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
