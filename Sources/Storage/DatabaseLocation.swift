/// Which engine, and where: the one place that knows both.
public enum DatabaseLocation: Sendable {
    /// A file of this machine, for one process.
    case sqlite(path: String)
    /// A server, for any number of nodes.
    case postgres(PostgresSettings)

    /// - Parameters:
    ///   - address: `postgres://…` or `postgresql://…`; nil for SQLite.
    ///   - path: SQLite's file.
    /// - Returns: nil when `address` names no engine that we have.
    public init?(address: String?, orFile path: String) {
        guard let address else {
            self = .sqlite(path: path)
            return
        }
        guard address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") else { return nil }
        self = .postgres(PostgresSettings(address: address))
    }

    /// Opens it. A server is reached here for the first time, so that a wrong address is said at the start.
    /// - Throws: `StorageError`; for a server that does not keep its promises `.other(code: "settings", …)`
    ///   with a sentence.
    public func open() async throws -> any Database {
        switch self {
        case .sqlite(let path): return try SQLiteDatabase(path: path)
        case .postgres(let settings):
            let database = PostgresDatabase(settings)
            do { try await PostgresPromises.check(database) } catch {
                await database.close()
                throw error
            }
            return database
        }
    }
}
