import GRDB
import Glibc

/// Writing transactions that wait for the one writer of SQLite, committed together: a sync of the disk costs
/// the same for one as for sixty. Each keeps its own fate: what one throws undoes only what it did itself, and nobody hears
/// of success before the common commit is on disk.
final class GroupCommit: Sendable {
    /// One waiting transaction. It runs, perhaps twice, or not at all; then `finish` is called, once.
    protocol Waiting: Sendable {
        /// Runs inside the open transaction; never throws, it remembers.
        /// - Parameter isApart: what it did is undone alone when it fails.
        /// - Returns: whether it succeeded.
        func run(_ connection: SQLiteConnection, noting changes: SQLiteChanges, isApart: Bool) -> Bool
        /// What it did was undone because of another: what it found may not be there, so it does not count.
        func forget()
        /// - Parameter failure: why the common commit did not happen; nil when it is on disk.
        func finish(_ failure: (any Error)?)
    }

    private struct State: Sendable {
        var waiting: [any Waiting] = []
        var isDraining = false
    }
    private let state = Locked(State())
    /// Of the writer.
    private let statements = SQLiteStatements()
    /// How many go into one commit: enough to hide the sync, few enough that the first does not wait long.
    static let most = 64

    /// Takes `transaction` into the next commit.
    func add(_ transaction: any Waiting, on writer: any DatabaseWriter, noting changes: SQLiteChanges) {
        let mustStart = state.withLock { state in
            state.waiting.append(transaction)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        guard mustStart else { return }
        writer.asyncWriteWithoutTransaction { database in
            let connection = SQLiteConnection(database: database, statements: self.statements)
            // whoever is ready to run on this core may add to the commit first; where nobody is, this takes no time
            sched_yield()
            while let batch = self.next() {
                Self.commit(batch, connection, noting: changes)
                sched_yield()
            }
        }
    }

    private func next() -> [any Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.most))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private static func commit(
        _ batch: [any Waiting], _ connection: SQLiteConnection, noting changes: SQLiteChanges
    ) {
        // Without savepoints first: at each of them SQLite keeps a copy of every page that those before have changed. Few
        // transactions throw; when one does, all are undone and run once more, each apart from the others.
        var failure = attempt(batch, connection, noting: changes, areApart: false)
        if failure is NotAllKept, batch.count > 1 {
            for transaction in batch { transaction.forget() }
            failure = attempt(batch, connection, noting: changes, areApart: true)
        }
        for transaction in batch { transaction.finish(failure) }
    }

    /// - Parameter areApart: whether each can be undone alone.
    /// - Returns: why the commit did not happen; nil when it is on disk.
    private static func attempt(
        _ batch: [any Waiting], _ connection: SQLiteConnection, noting changes: SQLiteChanges, areApart: Bool
    ) -> (any Error)? {
        var failure: (any Error)?
        do {
            try connection.transaction("BEGIN IMMEDIATE") {
                try changes.look(connection)
                for transaction in batch {
                    let isKept = transaction.run(connection, noting: changes, isApart: areApart)
                    // a full disk ends the whole transaction by itself; what follows must not begin another
                    guard connection.database.isInsideTransaction else {
                        throw StorageError.serialization("rolled back with another transaction")
                    }
                    if !isKept, !areApart { throw NotAllKept() }
                }
            }
        } catch {
            failure = error
        }
        changes.transactionEnded(isCommitted: failure == nil)
        return failure
    }

    /// One has failed, and knows why, and cannot be undone alone.
    private struct NotAllKept: Error {}
}
