import GRDB
import GRDBSQLite

/// Counts the commits that changed what lists show, so that a list can be remembered until then (ADR 0033).
///
/// SQLite tells of each row that our own writer changes. It does not of a table that is emptied by a DELETE without
/// WHERE, nor of tables without row numbers; of what lists show nothing is like that. What another program writes to the
/// same file, such as a command of the operator, is seen by the next of our commits: `data_version` differs then.
final class SQLiteChanges: Sendable {
    private struct State: Sendable {
        var revision = 0
        var hasChanged = false
        /// While a statement runs that changes nothing that lists show.
        var isPassedOver = false
        var version: Int64?
    }
    private let state = Locked(State())

    /// Advances after such a commit, and before anybody is told of it.
    var revision: Int { state.withLock { $0.revision } }

    /// Each reading writes to these, and no list that is remembered shows them.
    private static let passedOver: Set<String> = [
        "audit_event", "audit_node", "audit_checkpoint", "session", "outbox", "access_token",
        "client_assertion", "document_event", "document_change", "reader_change",
    ]

    /// Listens to the rows that a connection changes.
    func observe(_ database: GRDB.Database) {
        sqlite3_update_hook(
            database.sqliteConnection,
            { changes, _, _, table, _ in
                guard let changes, let table else { return }
                Unmanaged<SQLiteChanges>.fromOpaque(changes).takeUnretainedValue()
                    .note(table: String(cString: table))
            },
            // kept as long as the program runs: nobody has to know which of the two ends first
            Unmanaged.passRetained(self).toOpaque())
    }

    private func note(table: String) {
        guard !Self.passedOver.contains(table) else { return }
        state.withLock { state in if !state.isPassedOver { state.hasChanged = true } }
    }

    /// From now on rows do not count, or do again.
    func passOver(_ isPassedOver: Bool) { state.withLock { $0.isPassedOver = isPassedOver } }

    /// Looks, within a writing transaction, whether another connection has written since the last one.
    func look(_ connection: SQLiteConnection) throws {
        let found: Int64 = try connection.run("PRAGMA data_version").first?.get("data_version") ?? 0
        state.withLock { state in
            if let known = state.version, known != found { state.revision += 1 }
            state.version = found
        }
    }

    /// To be called after each COMMIT and each ROLLBACK of that connection.
    func transactionEnded(isCommitted: Bool) {
        state.withLock { state in
            if isCommitted, state.hasChanged { state.revision += 1 }
            state.hasChanged = false
        }
    }
}
