import Foundation
import Storage
import Testing

/// What is remembered of SQLite stands as long as its revision does.
@Suite struct RevisionTests {
    private func file() -> String {
        FileManager.default.temporaryDirectory.appending(path: "revision-\(UUID()).sqlite")
            .path(percentEncoded: false)
    }

    private func database(_ path: String) async throws -> SQLiteDatabase {
        let database = try SQLiteDatabase(path: path)
        try await database.script(
            "CREATE TABLE IF NOT EXISTS item (name TEXT); CREATE TABLE IF NOT EXISTS audit_event (name TEXT)")
        return database
    }

    @Test func `A changed row is a new revision, an event in the trail is none`() async throws {
        let database = try await database(file())
        try await database.write { _ = try $0.execute("INSERT INTO item VALUES ('one')") }
        let first = database.revision(of: .lists)
        try await database.write { _ = try $0.execute("INSERT INTO audit_event VALUES ('listed')") }
        _ = try await database.write { try $0.query("SELECT name FROM item") }
        #expect(database.revision(of: .lists) == first)
        try await database.write { _ = try $0.execute("UPDATE item SET name = 'two'") }
        let second = database.revision(of: .lists)
        #expect(second != first)
        try await database.write { _ = try $0.execute("DELETE FROM item WHERE name = 'two'") }
        #expect(database.revision(of: .lists) != second)
    }

    @Test func `What is executed as not remembered is no new revision, and what follows is`() async throws {
        let database = try await database(file())
        try await database.write { _ = try $0.execute("INSERT INTO item VALUES ('one')") }
        let first = database.revision(of: .lists)
        try await database.write { _ = try $0.execute("UPDATE item SET name = 'two'", isRemembered: false) }
        #expect(database.revision(of: .lists) == first)
        await #expect(throws: StorageError.self) {
            try await database.write {
                _ = try $0.execute("UPDATE item SET title = 'x'", isRemembered: false)
            }
        }
        try await database.write { transaction in
            _ = try transaction.execute("UPDATE item SET name = 'three'", isRemembered: false)
            _ = try transaction.execute("UPDATE item SET name = 'four'")
        }
        #expect(database.revision(of: .lists) != first)
    }

    @Test func `A session or an account is a new revision of sessions, and a visit is none`() async throws {
        let database = try await database(file())
        try await database.script("CREATE TABLE session (seen INTEGER); CREATE TABLE account (name TEXT)")
        try await database.write { transaction in
            try transaction.execute("INSERT INTO session VALUES (1)")
            try transaction.execute("INSERT INTO account VALUES ('one')")
        }
        let first = database.revision(of: .sessions)
        try await database.write { transaction in
            try transaction.execute("INSERT INTO item VALUES ('one')")
            try transaction.execute("UPDATE session SET seen = 2", isRemembered: false)
        }
        #expect(database.revision(of: .sessions) == first)
        let lists = database.revision(of: .lists)
        try await database.write { _ = try $0.execute("UPDATE session SET seen = 3") }
        let second = database.revision(of: .sessions)
        #expect(second != first)
        #expect(database.revision(of: .lists) == lists, "lists show no sessions")
        try await database.write { _ = try $0.execute("UPDATE account SET name = 'two'") }
        #expect(database.revision(of: .sessions) != second)
    }

    @Test func `What was rolled back alone is no new revision`() async throws {
        let database = try await database(file())
        try await database.write { _ = try $0.execute("INSERT INTO item VALUES ('one')") }
        let first = database.revision(of: .lists)
        await #expect(throws: StorageError.self) {
            try await database.write { transaction in
                _ = try transaction.execute("UPDATE item SET name = 'two'")
                _ = try transaction.execute("UPDATE nowhere SET name = 'two'")
            }
        }
        #expect(database.revision(of: .lists) == first)
        let name: String? = try await database.read { try $0.first("SELECT name FROM item")?.get("name") }
        #expect(name == "one")
    }

    @Test func `What another connection wrote is noticed by the next commit`() async throws {
        let path = file()
        let database = try await database(path)
        try await database.write { _ = try $0.execute("INSERT INTO audit_event VALUES ('listed')") }
        let before = database.revision(of: .lists)
        let other = try await self.database(path)
        try await other.write { _ = try $0.execute("INSERT INTO item VALUES ('theirs')") }
        try await database.write { _ = try $0.execute("INSERT INTO audit_event VALUES ('listed')") }
        #expect(database.revision(of: .lists) != before)
    }

    @Test(arguments: Engine.available) func `A reading transaction changes nothing`(_ engine: Engine)
        async throws
    {
        let database = try await engine.open()
        await #expect(throws: StorageError.self) {
            try await database.read { _ = try $0.execute("INSERT INTO counter (name, n) VALUES ('x', 1)") }
        }
        await #expect(throws: StorageError.self) {
            try await database.glance { _ = try $0.execute("INSERT INTO counter (name, n) VALUES ('x', 1)") }
        }
        let count: Int? = try await database.glance {
            try $0.first("SELECT COUNT(*) AS n FROM counter")?.get("n")
        }
        #expect(count == 0)
    }

    @Test(arguments: Engine.available) func `A glance sees what was acknowledged before`(_ engine: Engine)
        async throws
    {
        let database = try await engine.open()
        for number in 1...20 {
            try await database.write {
                _ = try $0.execute("INSERT INTO counter (name, n) VALUES (\("c\(number)"), 1)")
            }
            let count: Int? = try await database.glance {
                try $0.first("SELECT COUNT(*) AS n FROM counter")?.get("n")
            }
            #expect(count == number)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Engine.available)
    func `Glances never wait for reads whose tasks wait for a thread`(_ engine: Engine) async throws {
        let database = try await engine.open()
        // more at once than there are connections and threads
        let seen = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let count: Int? =
                        number % 2 == 0
                        ? try await database.read {
                            try $0.first("SELECT COUNT(*) AS n FROM counter")?.get("n")
                        }
                        : try await database.glance {
                            try $0.first("SELECT COUNT(*) AS n FROM counter")?.get("n")
                        }
                    return count ?? -1
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(seen == Array(repeating: 0, count: 200))
    }
}
