import Foundation
import Storage
import Testing

extension Schema {
    static let contract = Schema(
        """
        CREATE TABLE doctor (id TEXT PRIMARY KEY, name TEXT NOT NULL, active {bool} NOT NULL,
          boss TEXT REFERENCES doctor (id), weight {real}, key {blob}, created_at {int} NOT NULL) {strict};
        CREATE TABLE counter (name TEXT PRIMARY KEY, n {int} NOT NULL CHECK (n >= 0)) {strict};
        CREATE TABLE entry (id {identity}, name TEXT NOT NULL) {strict};
        """)
}

/// What every query of the core relies on, on each engine.
@Suite(.timeLimit(.minutes(1))) struct ContractTests {
    static func insertDoctor(_ transaction: any Transaction, _ name: String, boss: String? = nil) throws
        -> String
    {
        let row = try transaction.first(
            """
            INSERT INTO doctor (id, name, active, boss, weight, key, created_at)
            VALUES (\(UUID().uuidString), \(name), \(true), \(boss), \(1.5), \([1, 0, 255] as [UInt8]),
              \(1_790_000_000_123 as Int64)) RETURNING id
            """)
        return try #require(row).get("id")
    }
    static func count(_ database: any Database, _ table: SQLText) async throws -> Int {
        try await database.read { try $0.first("SELECT count(*) AS n FROM \(sql: table)")?.get("n") ?? -1 }
    }

    @Test(arguments: Engine.available) func `Every type survives the round trip`(_ engine: Engine)
        async throws
    {
        let database = try await engine.open()
        let row = try await database.write { transaction in
            let id = try Self.insertDoctor(transaction, "Müller ' \" 🩺")
            return try #require(try transaction.first("SELECT * FROM doctor WHERE id = \(id)"))
        }
        #expect(try row.get("name") == "Müller ' \" 🩺")
        #expect(try row.get("active") == true)
        #expect(try row.get("boss", as: String?.self) == nil)
        #expect(try row.get("weight") == 1.5)
        #expect(try row.get("key") == [1, 0, 255] as [UInt8])
        #expect(try row.get("created_at") == 1_790_000_000_123 as Int64)
        #expect(throws: StorageError.decoding("name is not Int")) { try row.get("name", as: Int.self) }
    }
    @Test(arguments: Engine.available) func `A new row says its number`(_ engine: Engine) async throws {
        let database = try await engine.open()
        let numbers = try await database.write { transaction in
            try ["a", "b"].map { try transaction.insertNumbered("INSERT INTO entry (name) VALUES (\($0))") }
        }
        let rows = try await database.read { try $0.query("SELECT id FROM entry ORDER BY name") }
        #expect(try rows.map { try $0.get("id") as Int64 } == numbers)
        #expect(numbers[0] < numbers[1])
    }
    /// The engines find a prepared statement by what it says: by its words, not by how it is cut into pieces.
    @Test(arguments: Engine.available) func `Statements that are as long as each other stay apart`(
        _ engine: Engine
    ) async throws {
        let database = try await engine.open()
        let found = try await database.write { transaction in
            try transaction.execute("INSERT INTO counter (name, n) VALUES (\("x"), \(3))")
            let last: SQLText = "name = \("x")"
            return try [
                transaction.first("SELECT n + 1 AS n FROM counter WHERE name = \("x")"),
                transaction.first("SELECT n - 1 AS n FROM counter WHERE name = \("x")"),
                transaction.first("SELECT n - 1 AS n FROM counter WHERE \(sql: last)"),
                transaction.first("SELECT n * 2 AS n FROM counter WHERE name = \("x")"),
            ].map { try #require(try $0?.get("n") as Int?) }
        }
        #expect(found == [4, 2, 2, 6])
    }
    @Test(arguments: Engine.available) func `NUL in a text is refused`(_ engine: Engine) async throws {
        let database = try await engine.open()
        await #expect(throws: StorageError.invalidText) {
            try await database.write { try Self.insertDoctor($0, "a\0b") }
        }
    }
    @Test(arguments: Engine.available) func `An upsert counts`(_ engine: Engine) async throws {
        let database = try await engine.open()
        for _ in 0..<3 {
            try await database.write { transaction in
                _ = try transaction.execute(
                    """
                    INSERT INTO counter (name, n) VALUES (\("x"), \(1))
                    ON CONFLICT (name) DO UPDATE SET n = counter.n + excluded.n
                    """)
            }
        }
        let n: Int? = try await database.read {
            try $0.first("SELECT n FROM counter WHERE name = \("x")")?.get("n")
        }
        #expect(n == 3)
    }
    @Test(arguments: Engine.available) func `Recursive queries and windows agree`(_ engine: Engine)
        async throws
    {
        let database = try await engine.open()
        let (tree, page) = try await database.write { transaction in
            let a = try Self.insertDoctor(transaction, "a")
            let b = try Self.insertDoctor(transaction, "b", boss: a)
            _ = try Self.insertDoctor(transaction, "c", boss: b)
            let tree = try transaction.query(
                """
                WITH RECURSIVE t (id, name, depth) AS (
                  SELECT id, name, 0 FROM doctor WHERE boss IS NULL
                  UNION ALL SELECT d.id, d.name, t.depth + 1 FROM doctor d JOIN t ON d.boss = t.id)
                SELECT name, depth FROM t ORDER BY depth
                """
            ).map { try "\($0.get("name", as: String.self))\($0.get("depth", as: Int.self))" }
            let page = try transaction.query(
                """
                SELECT name, row_number() OVER (ORDER BY name) AS place, count(*) OVER () AS total
                FROM doctor ORDER BY name LIMIT \(2) OFFSET \(1)
                """
            ).map {
                try
                    "\($0.get("name", as: String.self))\($0.get("place", as: Int.self))/\($0.get("total", as: Int.self))"
            }
            return (tree, page)
        }
        #expect(tree == ["a0", "b1", "c2"])
        #expect(page == ["b2/3", "c3/3"])
    }
    @Test(arguments: Engine.available) func `A keyset page needs a row value`(_ engine: Engine) async throws {
        let database = try await engine.open()
        let names = try await database.write { transaction in
            for name in ["a", "b", "c"] { _ = try Self.insertDoctor(transaction, name) }
            return try transaction.query(
                """
                SELECT name FROM doctor WHERE (created_at, name) < (\(1_790_000_000_123 as Int64), \("c"))
                ORDER BY created_at DESC, name DESC LIMIT \(10)
                """
            ).map { try $0.get("name", as: String.self) }
        }
        #expect(names == ["b", "a"])
    }
    @Test(arguments: Engine.available) func `A list binds each value`(_ engine: Engine) async throws {
        let database = try await engine.open()
        let counts = try await database.write { transaction in
            let ids = try (0..<5).map { try Self.insertDoctor(transaction, "d\($0)") }
            return try [Array(ids.prefix(3)), []].map {
                try transaction.query("SELECT id FROM doctor WHERE id IN (\(list: $0)) AND active").count
            }
        }
        #expect(counts == [3, 0])
    }
    @Test(arguments: Engine.available) func `What throws leaves nothing`(_ engine: Engine) async throws {
        struct Refusal: Error {}
        let database = try await engine.open()
        await #expect(throws: Refusal.self) {
            try await database.write { transaction in
                _ = try Self.insertDoctor(transaction, "x")
                throw Refusal()
            }
        }
        #expect(try await Self.count(database, "doctor") == 0)
    }
    @Test(arguments: Engine.available) func `Violations are named without values`(_ engine: Engine)
        async throws
    {
        let database = try await engine.open()
        try await database.write { _ = try $0.execute("INSERT INTO counter (name, n) VALUES ('secret', 1)") }
        func failure(_ sql: SQLText) async -> StorageError? {
            do {
                try await database.write { _ = try $0.execute(sql) }
                return nil
            } catch { return error as? StorageError }
        }
        let errors = [
            await failure("INSERT INTO counter (name, n) VALUES ('secret', 1)"),
            await failure("INSERT INTO counter (name, n) VALUES ('y', \(-1))"),
            await failure(
                "INSERT INTO doctor (id, name, active, boss, created_at) VALUES ('1', 'z', \(true), 'no', 0)"),
        ]
        guard case .unique(let one) = errors[0], case .check = errors[1], case .foreignKey = errors[2] else {
            Issue.record("\(errors)")
            return
        }
        #expect(!one.contains("secret"))
    }
    @Test(arguments: Engine.available) func `A swallowed error is not a commit`(_ engine: Engine) async throws
    {
        let database = try await engine.open()
        let swallow: @Sendable (any Transaction) throws -> Void = { transaction in
            try transaction.execute("INSERT INTO counter (name, n) VALUES ('x', 1)")
            do { try transaction.execute("INSERT INTO counter (name, n) VALUES ('x', 1)") } catch {}
        }
        await #expect(throws: StorageError.self) { try await database.write { try swallow($0) } }
        #expect(try await Self.count(database, "counter") == 0)
    }
    @Test(arguments: Engine.available) func `Twenty read-modify-writes add up to twenty`(_ engine: Engine)
        async throws
    {
        let database = try await engine.open()
        try await database.write { _ = try $0.execute("INSERT INTO counter (name, n) VALUES ('x', 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await database.write(retries: 50) { transaction in
                        let n: Int =
                            try transaction.first("SELECT n FROM counter WHERE name = 'x'")?.get("n") ?? -1
                        try transaction.execute("UPDATE counter SET n = \(n + 1) WHERE name = 'x'")
                    }
                }
            }
            try await group.waitForAll()
        }
        let n: Int? = try await database.read { try $0.first("SELECT n FROM counter")?.get("n") }
        #expect(n == 20)
    }
    @Test(arguments: Engine.available) func `Listeners wake after the commit`(_ engine: Engine) async throws {
        struct Refusal: Error {}
        let database = try await engine.open()
        var first = database.listen(.inbox).makeAsyncIterator()
        var second = database.listen(.inbox).makeAsyncIterator()
        #expect(await first.next() == "")
        if engine.isPostgres { #expect(await first.next() == "") }  // LISTEN is in place
        // NOTIFY belongs to the whole database, schemas notwithstanding: other tests are heard too
        let payload = UUID().uuidString
        try? await database.write { transaction in
            try transaction.notify(.inbox, payload + " rolled back")
            throw Refusal()
        }
        try await database.write { try $0.notify(.inbox, payload) }
        var seen: [String] = []
        while let heard = await first.next() {
            seen.append(heard)
            if heard == payload { break }
        }
        while let heard = await second.next(), heard != payload {}
        await database.close()
        while let heard = await first.next() { seen.append(heard) }  // the stream ends with the database
        #expect(seen.filter { $0.hasPrefix(payload) } == [payload])
    }
    @Test func `A file database leaves no log behind when closed`() async throws {
        let path = NSTemporaryDirectory() + "close-\(UUID()).sqlite"
        let database = try SQLiteDatabase(path: path)
        try await database.script("CREATE TABLE a (b TEXT)")
        try await database.write { _ = try $0.execute("INSERT INTO a VALUES ('b')") }
        #expect(try await database.glance { try $0.query("SELECT b FROM a").count } == 1)
        #expect(FileManager.default.fileExists(atPath: path + "-wal"))
        await database.close()
        for _ in 0..<100 where FileManager.default.fileExists(atPath: path + "-wal") {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }
    @Test(arguments: Engine.available) func `Who changes a table reads it as it is then`(_ engine: Engine)
        async throws
    {
        let database = try await engine.open()
        let read: @Sendable (any Transaction) throws -> SQLRow? = { try $0.first("SELECT * FROM counter") }
        try await database.write {
            _ = try $0.execute("INSERT INTO counter (name, n) VALUES (\("x"), \(3))")
            _ = try read($0)
        }
        for change in ["ADD COLUMN more TEXT", "DROP COLUMN n"] {
            try await database.script("ALTER TABLE counter \(change)")
        }
        let row = try await database.write { try read($0) }
        #expect(try row?.get("name") == "x")
        #expect(try row?.get("more", as: String?.self) == .some(nil))
        #expect(throws: StorageError.decoding("no column n")) { try row?.get("n", as: Int.self) }
    }
    @Test(arguments: Engine.available) func `Many statement shapes do not pile up`(_ engine: Engine)
        async throws
    {
        let database = try await engine.open()
        try await database.write { transaction in
            for length in 1...600 {
                _ = try transaction.query(
                    "SELECT id FROM doctor WHERE id IN (\(list: (0..<length).map { "\($0)" }))")
            }
        }
        await database.close()
        await #expect(throws: StorageError.unavailable) {
            try await database.read { try $0.query("SELECT 1") }
        }
    }
}
