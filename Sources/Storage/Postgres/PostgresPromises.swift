/// What we rely on and an administrator may have switched off.
enum PostgresPromises {
    /// - Throws: `StorageError.other(code: "settings", …)`, a sentence that says what to change.
    static func check(_ database: any Database) async throws {
        let server = try await database.read { transaction in
            try transaction.first(
                """
                SELECT current_setting('server_version_num') AS version,
                  current_setting('synchronous_commit') AS synchronous,
                  current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
                  current_setting('server_encoding') AS encoding,
                  (SELECT datcollate FROM pg_database WHERE datname = current_database()) AS collation
                """
            ).map { row in
                (
                    version: Int(try row.get("version", as: String.self)) ?? 0,
                    synchronous: try row.get("synchronous", as: String.self),
                    fsync: try row.get("fsync", as: String.self),
                    pages: try row.get("pages", as: String.self),
                    encoding: try row.get("encoding", as: String.self),
                    collation: try row.get("collation", as: String.self)
                )
            }
        }
        guard let server else { throw StorageError.unavailable }
        func refuse(_ sentence: String) throws { throw StorageError.other(code: "settings", sentence) }
        if server.version < 150_000 { try refuse("PostgreSQL 15 or newer is needed.") }
        if server.encoding != "UTF8" { try refuse("The database must be in UTF8: createdb -E UTF8.") }
        if !["C", "C.UTF-8", "C.utf8", "POSIX"].contains(server.collation) {
            try refuse("The database must sort by bytes: createdb -T template0 --locale=C.UTF-8.")
        }
        if server.synchronous == "off" {
            try refuse("synchronous_commit is off: what is acknowledged could be lost. Set it to on.")
        }
        if server.fsync == "off" || server.pages == "off" {
            try refuse(
                "fsync or full_page_writes is off: what is acknowledged could be lost. Set them to on.")
        }
    }
}
