import Foundation
package import Storage

/// The engines that tests run on.
package enum TestDatabase {
    /// The address of a server to test on, from `Tests/infra/with_postgres.sh`.
    static let server = ProcessInfo.processInfo.environment["TEST_POSTGRES"]

    /// An empty database of one test: a schema of its own on the server where there is one, else SQLite in
    /// memory. `make unit` runs every test on both.
    package static func open() async throws -> any Database {
        guard let server else { return try SQLiteDatabase() }
        return try await schema(on: server, connections: 5)
    }

    package static func schema(on server: String, connections: Int) async throws -> any Database {
        let name = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
        let administrator = PostgresDatabase(PostgresSettings(address: server), connections: 1)
        try await administrator.script("CREATE SCHEMA \(name)")
        await administrator.close()
        return PostgresDatabase(PostgresSettings(address: server, schema: name), connections: connections)
    }
}
