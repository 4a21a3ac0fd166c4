import Foundation
import Storage
import Testing

/// Writers that come at once share a commit and nothing else.
@Suite struct GroupCommitTests {
    struct Unwanted: Error {}

    private func table(in database: any Database) async throws {
        try await database.script("CREATE TABLE item (name TEXT PRIMARY KEY)")
    }

    @Test func `One that throws takes nobody along`() async throws {
        let database = try SQLiteDatabase()
        try await table(in: database)
        await withTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    try? await database.write { transaction in
                        try transaction.execute("INSERT INTO item VALUES (\("item \(number)"))")
                        if number % 3 == 0 { throw Unwanted() }
                    }
                }
            }
        }
        let names = try await database.read { try $0.query("SELECT name FROM item").count }
        #expect(names == 200 - 67)
    }

    @Test func `Who shares a commit with one that throws hears of the row that is there`() async throws {
        let database = try SQLiteDatabase()
        try await database.script("CREATE TABLE numbered (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
        let told = await withTaskGroup(of: (String, Int64)?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let name = "item \(number)"
                    let row = try? await database.write { transaction in
                        let row = try transaction.insertNumbered(
                            "INSERT INTO numbered (name) VALUES (\(name))")
                        if number % 7 == 0 { throw Unwanted() }
                        return row
                    }
                    return row.map { (name, $0) }
                }
            }
            return await group.reduce(into: [String: Int64]()) { rows, row in
                if let row { rows[row.0] = row.1 }
            }
        }
        let rows = try await database.read { try $0.query("SELECT id, name FROM numbered") }
        let there = try rows.reduce(into: [String: Int64]()) { try $0[$1.get("name")] = $1.get("id") }
        #expect(there == told)
        #expect(there.count == 200 - 29)
    }

    @Test func `A violated rule is told to the one who violated it`() async throws {
        let database = try SQLiteDatabase()
        try await table(in: database)
        let failures = await withTaskGroup(of: StorageError?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do {
                        _ = try await database.write { try $0.execute("INSERT INTO item VALUES ('one')") }
                        return nil
                    } catch {
                        return error as? StorageError
                    }
                }
            }
            return await group.reduce(into: [StorageError?]()) { $0.append($1) }
        }
        #expect(failures.count { $0 == nil } == 1)
        #expect(failures.count { if case .unique = $0 { true } else { false } } == 49)
    }

    @Test func `Nothing is written after a statement that found the disk full, alone or among others`()
        async throws
    {
        let database = try SQLiteDatabase()
        try await table(in: database)
        try await database.script("PRAGMA max_page_count = 20")
        let large = String(repeating: "x", count: 200_000)
        for together in [1, 40] {
            let failed = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<together {
                    group.addTask {
                        do {
                            try await database.write { transaction in
                                _ = try? transaction.execute("INSERT INTO item VALUES (\(large))")
                                try transaction.execute("INSERT INTO item VALUES ('after')")
                            }
                            return false
                        } catch { return true }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(failed == together)
            #expect(try await database.read { try $0.query("SELECT name FROM item").isEmpty })
        }
        try await database.write { _ = try $0.execute("INSERT INTO item VALUES ('later')") }
        #expect(try await database.read { try $0.query("SELECT name FROM item").count } == 1)
    }

    @Test func `Who has heard of success finds it in the file, also through another connection`() async throws
    {
        let path = FileManager.default.temporaryDirectory.appending(path: "group-\(UUID()).sqlite")
            .path(percentEncoded: false)
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let database = try SQLiteDatabase(path: path)
        try await table(in: database)
        try await withThrowingTaskGroup { group in
            for number in 0..<100 {
                group.addTask {
                    _ = try await database.write {
                        try $0.execute("INSERT INTO item VALUES (\("item \(number)"))")
                    }
                    let other = try SQLiteDatabase(path: path, readers: 1)
                    let row = try await other.read {
                        try $0.first("SELECT name FROM item WHERE name = \("item \(number)")")
                    }
                    #expect(row != nil)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `Wake-ups come only from what was committed`() async throws {
        let database = try SQLiteDatabase()
        try await table(in: database)
        var heard = database.listen(.outbox).makeAsyncIterator()
        #expect(await heard.next()?.isEmpty == true)
        try? await database.write { transaction in
            try transaction.notify(.outbox, "lost")
            throw Unwanted()
        }
        try await database.write { try $0.notify(.outbox, "kept") }
        #expect(await heard.next() == "kept")
    }
}
