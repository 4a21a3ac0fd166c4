import Storage
import Testing

/// Values go as parameters, a failed transaction leaves nothing, and a row's type is never guessed.
@Suite struct DatabaseTests {
    private struct Stop: Error {}

    private static func database() async throws -> SQLiteDatabase {
        let database = try SQLiteDatabase()
        try await database.script("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, bytes BLOB)")
        return database
    }

    @Test(arguments: [
        "'; DROP TABLE note; --", "é 🩺", "", "%_", String(repeating: "x", count: 100_000),
    ])
    func `Whatever text comes in, the same comes out`(_ text: String) async throws {
        let database = try await Self.database()
        _ = try await database.write { transaction in
            try transaction.execute("INSERT INTO note (text, bytes) VALUES (\(text), \(Array(text.utf8)))")
        }
        let row = try #require(
            try await database.read { try $0.first("SELECT * FROM note WHERE text = \(text)") })
        #expect(try row.get("text") == text)
        #expect(try row.get("bytes") == Array(text.utf8))
    }

    @Test func `A transaction that throws leaves nothing behind`() async throws {
        let database = try await Self.database()
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

    @Test func `A column of another type, or none, is an error and not a default`() async throws {
        let database = try await Self.database()
        _ = try await database.write { try $0.execute("INSERT INTO note (text) VALUES (NULL)") }
        let row = try #require(try await database.read { try $0.first("SELECT * FROM note") })
        #expect(throws: (any Error).self) { try row.get("text", as: String.self) }
        #expect(throws: (any Error).self) { try row.get("absent", as: String.self) }
        #expect(try row.get("text", as: String?.self) == nil)
    }

    @Test func `Migrations applied twice change nothing the second time`() async throws {
        let database = try SQLiteDatabase()
        try await Migrations.apply(to: database, at: 1)
        let tables: SQLText = "SELECT COUNT(*) AS n FROM sqlite_master"
        let before = try await database.read { try $0.first(tables)?.get("n", as: Int.self) }
        try await Migrations.apply(to: database, at: 2)
        let after = try await database.read { try $0.first(tables)?.get("n", as: Int.self) }
        #expect(before == after)
        #expect((before ?? 0) > 15)
    }
}
