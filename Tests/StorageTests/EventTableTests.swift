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
}
