import GRDB
import Glibc

/// Writing transactions that wait for the one writer of SQLite, committed together: a sync of the disk costs
/// the same for one as for sixty. Each keeps its own fate: what one throws rolls back only its own savepoint,
/// and nobody hears of success before the common commit is on disk.
final class GroupCommit: Sendable {
    /// One waiting transaction. Exactly one of `finish` and `run` followed by `finish` is called, once.
    protocol Waiting: Sendable {
        /// Runs inside the open transaction; never throws, it remembers.
        /// - Parameter isAlone: the transaction holds nothing else, so no savepoint is needed.
        /// - Returns: false when what it did alone must be rolled back.
        func run(_ database: GRDB.Database, noting changes: SQLiteChanges, isAlone: Bool) -> Bool
        /// - Parameter failure: why the common commit did not happen; nil when it is on disk.
        func finish(_ failure: (any Error)?)
    }

    private struct State: Sendable {
        var waiting: [any Waiting] = []
        var isDraining = false
    }
    private let state = Locked(State())
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
            // whoever is ready to run on this core may add to the commit first; where nobody is, this takes no time
            sched_yield()
            while let batch = self.next() {
                Self.commit(batch, database, noting: changes)
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
        _ batch: [any Waiting], _ database: GRDB.Database, noting changes: SQLiteChanges
    ) {
        var failure: (any Error)?
        do {
            try database.transaction("BEGIN IMMEDIATE") {
                try changes.look(database)
                for transaction in batch {
                    let isKept = transaction.run(database, noting: changes, isAlone: batch.count == 1)
                    if batch.count == 1, !isKept { throw NothingKept() }
                    // a full disk ends the whole transaction by itself; what follows must not begin another
                    guard database.isInsideTransaction else {
                        throw StorageError.serialization("rolled back with another transaction")
                    }
                }
            }
        } catch {
            failure = error
        }
        changes.transactionEnded(isCommitted: failure == nil)
        for transaction in batch { transaction.finish(failure) }
    }

    /// The only transaction of a commit has failed, and knows why.
    private struct NothingKept: Error {}
}
