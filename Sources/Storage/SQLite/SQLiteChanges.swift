import GRDB
import GRDBSQLite

/// Counts the commits that changed what is remembered, so that it can be until then (ADR 0033).
///
/// SQLite tells of each row that our own writer changes. It does not of a table that is emptied by a DELETE without
/// WHERE, nor of tables without row numbers; nothing that is remembered is like that. What another program writes to the
/// same file, such as a command of the operator, is seen by the next of our commits: `data_version` differs then.
final class SQLiteChanges: Sendable {
    private struct Counter: Sendable {
        var revision = 0
        var hasChanged = false

        mutating func transactionEnded(isCommitted: Bool) {
            if isCommitted, hasChanged { revision += 1 }
            hasChanged = false
        }
    }
    private struct State: Sendable {
        var lists = Counter()
        var sessions = Counter()
        /// While a statement runs that changes nothing that is remembered.
        var isPassedOver = false
        var version: Int64?
    }
    private let state = Locked(State())
    /// What our own writer found, kept true by what is noticed here.
    let findings = Findings()

    /// Advances after such a commit, and before anybody is told of it.
    func revision(of rows: RememberedRows) -> Int {
        state.withLock { state in
            switch rows {
            case .lists: state.lists.revision
            case .sessions: state.sessions.revision
            }
        }
    }

    private struct Kind {
        /// Lists that are remembered show it.
        var isListed = true
        /// Who is signed in is read from it.
        var isOfSessions = false
    }
    /// All others are listed. Each reading writes to those that are not.
    private static let kinds: [String: Kind] = [
        "audit_event", "audit_node", "audit_checkpoint", "outbox", "access_token", "client_assertion",
        "document_event", "document_change", "reader_change",
    ].reduce(
        into: [
            "session": Kind(isListed: false, isOfSessions: true), "account": Kind(isOfSessions: true),
        ]
    ) { $0[$1] = Kind(isListed: false) }

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
        findings.forget(table: table)
        let kind = Self.kinds[table] ?? Kind()
        guard kind.isListed || kind.isOfSessions else { return }
        state.withLock { state in
            guard !state.isPassedOver else { return }
            if kind.isListed { state.lists.hasChanged = true }
            if kind.isOfSessions { state.sessions.hasChanged = true }
        }
    }

    /// From now on rows do not count, or do again.
    func passOver(_ isPassedOver: Bool) { state.withLock { $0.isPassedOver = isPassedOver } }

    /// Looks, within a writing transaction, whether another connection has written since the last one.
    func look(_ connection: SQLiteConnection) throws {
        let found: Int64 = try connection.run("PRAGMA data_version").first?.get("data_version") ?? 0
        state.withLock { state in
            guard state.version != found else { return }
            if state.version != nil {
                state.lists.revision += 1
                state.sessions.revision += 1
            }
            state.version = found
            findings.forgetAll()
        }
    }

    /// To be called when a transaction, or what one of those that share a commit did, is undone.
    func undone() { findings.forgetAll() }

    /// To be called after each COMMIT and each ROLLBACK of that connection.
    func transactionEnded(isCommitted: Bool) {
        if !isCommitted { undone() }
        state.withLock { state in
            state.lists.transactionEnded(isCommitted: isCommitted)
            state.sessions.transactionEnded(isCommitted: isCommitted)
        }
    }
}
