import Storage
import Testing

/// A copy is the same on the other side, whatever the two engines are.
@Suite struct CopyTests {
    static let pairs = Engine.available.flatMap { one in Engine.available.map { (one, $0) } }

    @Test(arguments: Engine.available) func `Every table of the schema is copied`(_ engine: Engine)
        async throws
    {
        let database = try await engine.migrated()
        let names = try await database.read { try $0.tableNames() }
        #expect(names == Set(CopiedTable.all.map(\.name) + CopiedTable.notCopied))
    }

    @Test(arguments: pairs) func `What is copied is the same, and goes on where it stopped`(
        _ pair: (Engine, Engine)
    ) async throws {
        let source = try await pair.0.migrated()
        let target = try await pair.1.migrated()
        try await Self.fill(source, 0..<1200)
        let first = try await DatabaseCopy.copy(from: source, to: target)
        #expect(first.first { $0.table == "secured_domain" }?.digest.rows == 1200)
        try await Self.fill(source, 1200..<1300)
        let second = try await DatabaseCopy.copy(from: source, to: target)
        #expect(second.first { $0.table == "secured_domain" }?.digest.rows == 1300)
        let row = try await target.read {
            try $0.first("SELECT is_secured FROM secured_domain WHERE domain = 'd0001.example'")
        }
        #expect(try row?.get("is_secured") == false)
    }

    @Test(arguments: pairs) func `A target that holds something else is not called a copy`(
        _ pair: (Engine, Engine)
    ) async throws {
        let source = try await pair.0.migrated()
        let target = try await pair.1.migrated()
        try await Self.fill(source, 0..<20)
        try await DatabaseCopy.copy(from: source, to: target)
        _ = try await source.write {
            try $0.execute("UPDATE secured_domain SET provenance = 'other' WHERE domain = 'd0003.example'")
        }
        await #expect(throws: CopyFailure.self) { try await DatabaseCopy.copy(from: source, to: target) }
    }

    private static func fill(_ database: any Database, _ numbers: Range<Int>) async throws {
        try await database.write { transaction in
            for number in numbers {
                let digits = String(number)
                let name = "d" + String(repeating: "0", count: 4 - digits.count) + digits + ".example"
                try transaction.execute(
                    """
                    INSERT INTO secured_domain (domain, is_secured, provenance, decided_by, decided_at)
                    VALUES (\(name), \(number % 2 == 0), 'ä «list»', 'team', \(Int64(number)))
                    """)
            }
        }
    }
}
