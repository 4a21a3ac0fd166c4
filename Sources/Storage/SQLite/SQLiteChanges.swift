import GRDB

/// Counts the commits that changed what lists show, so that a list can be remembered until then (ADR 0033).
///
/// GRDB tells of the changed rows of our own writer. What another program writes to the same file, such as a command of
/// the operator, is seen by the next of our commits: `data_version` differs then.
final class SQLiteChanges: TransactionObserver, Sendable {
    private struct State: Sendable {
        var revision = 0
        var hasChanged = false
        var version: Int?
    }
    private let state = Locked(State())

    /// Advances after such a commit, and before anybody is told of it.
    var revision: Int { state.withLock { $0.revision } }

    /// Each reading writes to these, and no list shows them.
    private static let passedOver: Set<String> = [
        "audit_event", "audit_node", "audit_checkpoint", "session", "outbox", "access_token",
        "client_assertion",
    ]

    /// Looks, within a writing transaction, whether another connection has written since the last one.
    func look(_ database: GRDB.Database) throws {
        let found = try Int.fetchOne(database.cachedStatement(sql: "PRAGMA data_version"))
        state.withLock { state in
            if let known = state.version, known != found { state.revision += 1 }
            state.version = found
        }
    }

    func observes(eventsOfKind kind: DatabaseEventKind) -> Bool { !Self.passedOver.contains(kind.tableName) }

    func databaseDidChange() { state.withLock { $0.hasChanged = true } }

    func databaseDidChange(with event: DatabaseEvent) {
        state.withLock { $0.hasChanged = true }
        // one row says it all
        stopObservingDatabaseChangesUntilNextTransaction()
    }

    func databaseDidCommit(_ database: GRDB.Database) {
        state.withLock { state in
            if state.hasChanged { state.revision += 1 }
            state.hasChanged = false
        }
    }

    func databaseDidRollback(_ database: GRDB.Database) { state.withLock { $0.hasChanged = false } }
}

extension DatabaseEventKind {
    fileprivate var tableName: String {
        switch self {
        case .insert(let name), .delete(let name), .update(let name, _): name
        }
    }
}
