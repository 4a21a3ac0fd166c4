import Foundation

/// The numbered, append-only scripts of `Migrations/`, applied in order, each in a transaction of its own.
public enum Migrations {
    /// Brings `database` to the newest schema; does nothing when it is there already.
    /// - Parameter last: no further than this one: for tests of what the next one makes of older rows.
    /// - Throws: `MigrationFailure.unknown` when the database was written by a newer program.
    public static func apply(to database: any Database, at milliseconds: Int64, upTo last: Int = .max)
        async throws
    {
        try await database.script(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)
            """
        )
        let applied = try await database.read { transaction in
            try transaction.query("SELECT number FROM schema_migration ORDER BY number")
                .map { try $0.get("number") as Int }
        }
        let scripts = try all()
        if let newest = applied.last, newest > scripts.count {
            throw MigrationFailure.unknown(number: newest)
        }
        for script in scripts where script.number <= last && !applied.contains(script.number) {
            try await database.script(
                Schema(script.text).sql(for: database.dialect)
                    + ";\nINSERT INTO schema_migration VALUES (\(script.number), \(milliseconds))",
                unless: "SELECT number FROM schema_migration WHERE number = \(script.number)")
        }
    }

    /// Whether `database` holds an installation, of whatever version.
    public static func haveBegun(on database: any Database) async throws -> Bool {
        try await database.read { try $0.hasTable("schema_migration") }
    }

    /// How many have been applied.
    public static func number(in transaction: any Transaction) throws -> Int {
        try transaction.first("SELECT COUNT(*) AS n FROM schema_migration")?.get("n") ?? 0
    }

    private static func all() throws -> [(number: Int, text: String)] {
        guard let folder = Bundle.module.resourceURL?.appendingPathComponent("Migrations") else {
            throw MigrationFailure.missing
        }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        return try files.enumerated().map { index, file in
            guard Int(file.lastPathComponent.prefix(4)) == index + 1 else { throw MigrationFailure.missing }
            return (index + 1, try String(contentsOf: file, encoding: .utf8))
        }
    }
}

/// Why the schema could not be brought up to date.
public enum MigrationFailure: Error, CustomStringConvertible {
    /// The database is newer than this program.
    case unknown(number: Int)
    /// The folder of scripts is not beside the program, or has a gap.
    case missing

    public var description: String {
        switch self {
        case .unknown(let number):
            "The database has migration \(number), which this program does not know: start the newer version."
        case .missing:
            "The migration scripts are missing: ship passerelle_Storage.resources beside the program."
        }
    }
}
