import Storage
import Testing

/// The table of the trail, as its migrations leave it.
@Suite(.timeLimit(.minutes(1))) struct EventTableTests {
    private func insertion(outcome: String = "success", actor: String = "account") -> SQLText {
        """
        INSERT INTO audit_event (recorded_at, event, outcome, actor_kind, node)
        VALUES (\(1), \("documentSearched"), \(outcome), \(actor), \("a"))
        """
    }

    @Test(arguments: Engine.available) func `An event has one of three outcomes, and an actor of four kinds`(
        _ engine: Engine
    ) async throws {
        let database = try await engine.migrated()
        for outcome in ["success", "refused", "failed"] {
            for actor in ["account", "client", "system", "anonymous"] {
                try await database.write { [self] in
                    _ = try $0.execute(insertion(outcome: outcome, actor: actor))
                }
            }
        }
        for insertion in [insertion(outcome: "perhaps"), insertion(actor: "nobody")] {
            await #expect {
                try await database.write { _ = try $0.execute(insertion) }
            } throws: {
                if case StorageError.check = $0 { true } else { false }
            }
        }
    }

    /// SQLite builds such a table for each row where a CHECK holds an IN of three values; two cost as much as the row.
    @Test func `An event is written without a table of its own beside it`() async throws {
        let database = try await Engine.sqliteFile.migrated()
        try await database.script("CREATE TABLE listed (name TEXT CHECK (name IN ('a', 'b', 'c'))) STRICT")
        func tables(_ insertion: SQLText) async throws -> Int {
            try await database.write { transaction in
                try transaction.query("EXPLAIN \(sql: insertion)")
                    .count { try $0.get("opcode") == "OpenEphemeral" }
            }
        }
        #expect(try await tables(insertion()) == 0)
        #expect(try await tables("INSERT INTO listed VALUES (\("a"))") == 1)
    }

    /// Migration 31 writes the text of SQLite's table anew, and nothing else.
    @Test(arguments: Engine.available) func `Events from before migration 31 stay as they were`(
        _ engine: Engine
    ) async throws {
        let database = try await engine.empty()
        try await Migrations.apply(to: database, at: 0, upTo: 30)
        try await database.write { [self] in
            for outcome in ["success", "refused", "failed"] {
                _ = try $0.execute(insertion(outcome: outcome))
            }
        }
        func rows() async throws -> [[String]] {
            try await database.read { transaction in
                let found = try transaction.query(
                    "SELECT id, event, outcome, actor_kind FROM audit_event ORDER BY id")
                return try found.map { row in
                    try [String(row.get("id", as: Int64.self))]
                        + ["event", "outcome", "actor_kind"].map { try row.get($0) }
                }
            }
        }
        let before = try await rows()
        try await Migrations.apply(to: database, at: 1)
        #expect(try await rows() == before)
        #expect(before.count == 3)
        await #expect(throws: StorageError.self) {
            try await database.write { [self] in _ = try $0.execute(insertion(actor: "nobody")) }
        }
        try await database.write { [self] in _ = try $0.execute(insertion()) }
        guard database.dialect == .sqlite else { return }
        let fresh = try await engine.migrated()
        #expect(try await eventTable(in: database) == eventTable(in: fresh))
        let verdicts: [String] = try await database.read {
            try $0.query("PRAGMA integrity_check").map { try $0.get("integrity_check") }
        }
        #expect(verdicts == ["ok"])
    }

    private func eventTable(in database: any Database) async throws -> [String] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT sql FROM sqlite_schema WHERE tbl_name = 'audit_event' AND sql IS NOT NULL ORDER BY name"
            ).map { try $0.get("sql") }
        }
    }
}
