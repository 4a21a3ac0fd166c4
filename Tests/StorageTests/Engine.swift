import Foundation
import Storage
import Testing

/// The engines of the contract. PostgreSQL takes part where `Tests/infra/with_postgres.sh` has started one.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
    case sqliteInMemory, sqliteFile, postgres

    static let server = ProcessInfo.processInfo.environment["TEST_POSTGRES"]
    static var available: [Engine] { allCases.filter { !$0.isPostgres || server != nil } }
    var isPostgres: Bool { self == .postgres }
    var testDescription: String { rawValue }

    /// A fresh, empty database.
    func empty() async throws -> any Database {
        let name = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
        switch self {
        case .sqliteInMemory: return try SQLiteDatabase()
        case .sqliteFile: return try SQLiteDatabase(path: NSTemporaryDirectory() + name + ".sqlite")
        case .postgres:
            let server = Self.server ?? ""
            let administrator = PostgresDatabase(PostgresSettings(address: server), connections: 1)
            try await administrator.script("CREATE SCHEMA \(name)")
            await administrator.close()
            return PostgresDatabase(PostgresSettings(address: server, schema: name))
        }
    }

    /// A fresh database with the tables of the contract.
    func open() async throws -> any Database {
        let database = try await empty()
        try await database.script(Schema.contract.sql(for: database.dialect))
        return database
    }

    /// A fresh database with the portal's own tables.
    func migrated() async throws -> any Database {
        let database = try await empty()
        try await Migrations.apply(to: database, at: 0)
        return database
    }
}
