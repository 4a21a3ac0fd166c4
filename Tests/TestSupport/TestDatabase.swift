import Foundation
import Synchronization

@testable package import Storage

/// The engines that tests run on.
package enum TestDatabase {
    /// The address of a server to test on, from `Tests/infra/with_postgres.sh`.
    static let server = ProcessInfo.processInfo.environment["TEST_POSTGRES"]

    /// The portal's tables, with nothing in them, for one test: a database of its own on the server where there is one,
    /// else SQLite in memory. `make unit` runs every test on both.
    package static func migrated(at milliseconds: Int64 = 0) async throws -> any Database {
        let database: any Database
        if let server {
            database = try await copy(of: template.value, on: server)
        } else {
            database = try SQLiteDatabase()
        }
        try await Migrations.apply(to: database, at: milliseconds)  // which finds nothing to do in a copy
        return database
    }

    /// To copy a database that has the tables is much quicker than to make them, and leaves nothing in the catalogue.
    private static let template = Task {
        let name = "template_\(ProcessInfo.processInfo.processIdentifier)"
        guard let server else { return name }
        try await administer(server, "CREATE DATABASE \(name)")
        let database = PostgresDatabase(
            PostgresSettings(address: address(of: name, on: server)), connections: 1)
        try await Migrations.apply(to: database, at: 0)
        await database.close()  // what has guests is not copied
        return name
    }

    private static func copy(of template: String, on server: String) async throws -> any Database {
        let name = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
        try await administer(server, "CREATE DATABASE \(name) TEMPLATE \(template)")
        let copy = PostgresDatabase(PostgresSettings(address: address(of: name, on: server)), connections: 5)
        for ended in copies.add(name, copy) {
            try await administer(server, "DROP DATABASE IF EXISTS \(ended) WITH (FORCE)")
        }
        return copy
    }

    private static func address(of database: String, on server: String) -> String {
        server.replacing(/\/postgres$/, with: "/\(database)")
    }

    /// Outside of any transaction, as PostgreSQL asks for these.
    private static func administer(_ server: String, _ statement: String) async throws {
        let connection = PostgresConnection(settings: PostgresSettings(address: server))
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            connection.queue.async { done.resume(with: Result { _ = try connection.simple(statement) }) }
        }
    }

    private static let copies = Copies()

    /// A thousand tests would leave gigabytes: a copy goes when its test has ended, once the next one begins.
    private final class Copies: Sendable {
        private struct Copy: Sendable {
            let name: String
            weak let database: PostgresDatabase?
        }
        private let made = Mutex<[Copy]>([])

        /// - Returns: those that nobody uses any more; they are forgotten here.
        func add(_ name: String, _ database: PostgresDatabase) -> [String] {
            made.withLock { made in
                let ended = made.filter { $0.database == nil }.map(\.name)
                made.removeAll { $0.database == nil }
                made.append(Copy(name: name, database: database))
                return ended
            }
        }
    }
}
