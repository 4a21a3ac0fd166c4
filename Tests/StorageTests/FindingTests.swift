import Foundation
import Storage
import Synchronization
import Testing

/// What a writer found out is known to the writers after it for as long as it is true.
@Suite struct FindingTests {
    private struct Unwanted: Error {}
    private let size = Finding<Int64>("size", in: "item")

    /// A database with a table, and how often the question was asked.
    private final class Asked: Sendable {
        let database: any Database
        private let finding: Finding<Int64>
        private let asked = Mutex(0)

        init(_ database: any Database, _ finding: Finding<Int64>) async throws {
            self.database = database
            self.finding = finding
            try await database.script(
                """
                CREATE TABLE IF NOT EXISTS item (name TEXT PRIMARY KEY);
                CREATE TABLE IF NOT EXISTS other (name TEXT)
                """)
        }

        var times: Int { asked.withLock { $0 } }

        func ask(_ transaction: any Transaction) throws -> Int64 {
            try transaction.known(finding) {
                asked.withLock { $0 += 1 }
                return try transaction.first("SELECT COUNT(*) AS n FROM item")?.get("n") ?? 0
            }
        }
        func ask() async throws -> Int64 { try await database.write { try self.ask($0) } }
    }

    private func path() -> String { NSTemporaryDirectory() + "finding-\(UUID()).sqlite" }

    @Test func `A row of the table ends it, and nothing else does`() async throws {
        let asked = try await Asked(try SQLiteDatabase(path: path()), size)
        #expect(try await asked.ask() == 0)
        try await asked.database.write { _ = try $0.execute("INSERT INTO other VALUES ('x')") }
        #expect(try await asked.ask() == 0)
        #expect(asked.times == 1)
        let changes: [(SQLText, Int64)] = [
            ("INSERT INTO item VALUES ('one')", 1), ("UPDATE item SET name = 'two'", 1),
            ("DELETE FROM item WHERE name = 'two'", 0),
        ]
        for (number, (change, expected)) in changes.enumerated() {
            try await asked.database.write { _ = try $0.execute(change, isRemembered: false) }
            #expect(try await asked.ask() == expected)
            #expect(try await asked.ask() == expected)
            #expect(asked.times == number + 2)
        }
    }

    @Test func `A transaction knows its own change, and who says what is found is believed`() async throws {
        let asked = try await Asked(try SQLiteDatabase(path: path()), size)
        let found = try await asked.database.write { [size] transaction in
            var found = [try asked.ask(transaction)]
            try transaction.execute("INSERT INTO item VALUES ('one')")
            found.append(try asked.ask(transaction))
            try transaction.execute("INSERT INTO item VALUES ('two')")
            transaction.learn(2, as: size)
            found.append(try asked.ask(transaction))
            return found
        }
        #expect(found == [0, 1, 2])
        #expect(try await asked.ask() == 2)
        #expect(asked.times == 2)
    }

    @Test func `What is undone was not found`() async throws {
        let asked = try await Asked(try SQLiteDatabase(path: path()), size)
        await #expect(throws: Unwanted.self) {
            try await asked.database.write { transaction in
                try transaction.execute("INSERT INTO item VALUES ('one')")
                #expect(try asked.ask(transaction) == 1)
                throw Unwanted()
            }
        }
        #expect(try await asked.ask() == 0)
        await #expect(throws: StorageError.self) {
            try await asked.database.write { transaction in
                try transaction.execute("INSERT INTO item VALUES ('one')")
                #expect(try asked.ask(transaction) == 1)
                try transaction.execute("INSERT INTO item VALUES ('one')")
            }
        }
        #expect(try await asked.ask() == 0)
    }

    @Test func `Who shares a commit with one that throws finds what is there`() async throws {
        let asked = try await Asked(try SQLiteDatabase(path: path()), size)
        let wrong = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let isTrue = try? await asked.database.write { transaction in
                        let before = try asked.ask(transaction)
                        try transaction.execute("INSERT INTO item VALUES (\("item \(number)"))")
                        let after = try asked.ask(transaction)
                        if number % 7 == 0 { throw Unwanted() }
                        return after == before + 1
                    }
                    return isTrue == false
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(wrong == 0)
        #expect(try await asked.ask() == 300 - 43)
    }

    @Test func `What another program wrote is seen`() async throws {
        let file = path()
        let asked = try await Asked(try SQLiteDatabase(path: file), size)
        let other = try SQLiteDatabase(path: file)
        for number in 0..<3 {
            #expect(try await asked.ask() == number)
            try await other.write { _ = try $0.execute("INSERT INTO item VALUES (\("item \(number)"))") }
        }
        #expect(try await asked.ask() == 3)
    }

    @Test func `A table that is made anew is looked at anew`() async throws {
        let asked = try await Asked(try SQLiteDatabase(path: path()), size)
        try await asked.database.write { _ = try $0.execute("INSERT INTO item VALUES ('one')") }
        #expect(try await asked.ask() == 1)
        try await asked.database.script("DROP TABLE item; CREATE TABLE item (name TEXT PRIMARY KEY)")
        #expect(try await asked.ask() == 0)
    }

    @Test(arguments: Engine.available) func `Who only reads asks each time, and so does PostgreSQL`(
        _ engine: Engine
    ) async throws {
        let asked = try await Asked(try await engine.empty(), size)
        for _ in 0..<2 { _ = try await asked.database.read { try asked.ask($0) } }
        for _ in 0..<2 { _ = try await asked.database.glance { try asked.ask($0) } }
        #expect(asked.times == 4)
        for _ in 0..<2 { _ = try await asked.ask() }
        #expect(asked.times == (engine.isPostgres ? 6 : 5))
    }
}
