import Storage
import Testing

/// Values go as parameters, a failed transaction leaves nothing, and a row's type is never guessed.
@Suite struct DatabaseTests {
    private struct Stop: Error {}

    private static func database(_ engine: Engine) async throws -> any Database {
        let database = try await engine.empty()
        let schema = Schema("CREATE TABLE note (text TEXT, bytes {blob}) {strict}")
        try await database.script(schema.sql(for: database.dialect))
        return database
    }

    @Test(
        arguments: [
            "'; DROP TABLE note; --", "é 🩺", "", "%_", String(repeating: "x", count: 100_000),
        ], Engine.available)
    func `Whatever text comes in, the same comes out`(_ text: String, _ engine: Engine) async throws {
        let database = try await Self.database(engine)
        _ = try await database.write { transaction in
            try transaction.execute("INSERT INTO note (text, bytes) VALUES (\(text), \(Array(text.utf8)))")
        }
        let row = try #require(
            try await database.read { try $0.first("SELECT * FROM note WHERE text = \(text)") })
        #expect(try row.get("text") == text)
        #expect(try row.get("bytes") == Array(text.utf8))
    }

    @Test(arguments: Engine.available) func `A transaction that throws leaves nothing behind`(
        _ engine: Engine
    ) async throws {
        let database = try await Self.database(engine)
        await #expect(throws: Stop.self) {
            try await database.write { transaction in
                try transaction.execute("INSERT INTO note (text) VALUES ('half')")
                throw Stop()
            }
        }
        let count = try await database.read {
            try $0.first("SELECT COUNT(*) AS n FROM note")?.get("n", as: Int.self)
        }
        #expect(count == 0)
    }

    @Test(arguments: Engine.available)
    func `A column of another type, or none, is an error and not a default`(_ engine: Engine) async throws {
        let database = try await Self.database(engine)
        _ = try await database.write { try $0.execute("INSERT INTO note (text) VALUES (NULL)") }
        let row = try #require(try await database.read { try $0.first("SELECT * FROM note") })
        #expect(throws: (any Error).self) { try row.get("text", as: String.self) }
        #expect(throws: (any Error).self) { try row.get("absent", as: String.self) }
        #expect(try row.get("text", as: String?.self) == nil)
    }

    @Test(arguments: Engine.available) func `Migrations applied twice change nothing the second time`(
        _ engine: Engine
    ) async throws {
        let database = try await engine.migrated()
        let applied: SQLText = "SELECT number, applied_at FROM schema_migration ORDER BY number"
        let before = try await database.read {
            try $0.query(applied).map { try $0.get("number", as: Int.self) }
        }
        try await Migrations.apply(to: database, at: 2)
        let after = try await database.read {
            try $0.query(applied).map { try $0.get("applied_at", as: Int.self) }
        }
        #expect(before == Array(1...before.count) && before.count >= 5)
        #expect(after == before.map { _ in 0 })
    }

    @Test(arguments: Engine.available) func `Two nodes that start together migrate once`(_ engine: Engine)
        async throws
    {
        let database = try await engine.empty()
        try await withThrowingTaskGroup { group in
            for node in 1...4 { group.addTask { try await Migrations.apply(to: database, at: Int64(node)) } }
            try await group.waitForAll()
        }
        let count = try await database.read { try $0.query("SELECT number FROM schema_migration").count }
        #expect(count >= 5)
    }
}
