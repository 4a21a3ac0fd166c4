/// What a copy says while it works.
public struct CopyProgress: Sendable {
    public let table: String
    /// Rows of this table that are in the target.
    public let rows: Int
    /// Rows of this table in the source.
    public let total: Int
}

/// Why a copy does not go on; `description` says what to do.
public enum CopyFailure: Error, Sendable, CustomStringConvertible {
    /// The two were written by different versions of the program.
    case schema
    /// The target holds something else than a part of the source.
    case differs(table: String)

    public var description: String {
        switch self {
        case .schema: "Source and target have different schemas: start each once with this version."
        case .differs(let table):
            "The table \(table) is not the same in both: stop whatever writes to the source, empty the "
                + "target, and begin again."
        }
    }
}

/// Copies a whole database into another, of whatever engine: rows, times and the audit trail unchanged.
public enum DatabaseCopy {
    /// Goes on where an interrupted copy stopped. Nothing may write to the source meanwhile; whether something
    /// did is seen at the end, when every table of both is compared.
    /// - Returns: each table with what it holds.
    @discardableResult
    public static func copy(
        from source: any Database, to target: any Database,
        progress: @escaping @Sendable (CopyProgress) -> Void = { _ in }
    ) async throws -> [(table: String, digest: TableDigest)] {
        for table in CopiedTable.all {
            try await copy(table, from: source, to: target, progress)
        }
        try await target.write { try $0.continueNumbering() }
        var digests: [(table: String, digest: TableDigest)] = []
        for table in CopiedTable.all {
            let digest = try await self.digest(of: table, in: target)
            guard try await self.digest(of: table, in: source) == digest else {
                throw CopyFailure.differs(table: table.name)
            }
            digests.append((table.name, digest))
        }
        return digests
    }

    private static func copy(
        _ table: CopiedTable, from source: any Database, to target: any Database,
        _ progress: @Sendable (CopyProgress) -> Void
    ) async throws {
        let total = try await source.read { try $0.count(table) }
        var rows = try await target.read { try $0.count(table) }
        var last = try await target.read { try $0.lastKey(of: table) }
        while let page = try await source.read({ [last] in try $0.page(of: table, after: last) }) {
            last = try await target.write { transaction in
                try transaction.insert(page, into: table)
                return try transaction.lastKey(of: table)
            }
            rows += page.rows.count
            progress(CopyProgress(table: table.name, rows: rows, total: total))
        }
    }

    /// What `table` holds, read in one snapshot.
    public static func digest(of table: CopiedTable, in database: any Database) async throws -> TableDigest {
        try await database.read { transaction in
            var digest = TableDigest()
            try transaction.eachPage(of: table) { digest.add($0) }
            return digest
        }
    }
}

extension Transaction {
    public func count(_ table: CopiedTable) throws -> Int {
        try first("SELECT COUNT(*) AS n FROM \(sql: SQLText(verbatim: table.name))")?.get("n") ?? 0
    }
}
