/// Facts about the installation as a whole, which all nodes share.
public enum InstallationFact: String, Sendable {
    /// `begun` or `ready` where `passerelle demo` made the data: passwords are known to all.
    case demo
    /// Until when a node scans kept files again, in UTC milliseconds.
    case rescan
}

extension Transaction {
    /// Takes work for a while that one node does at a time and that is longer than a transaction.
    /// - Parameters:
    ///   - until: UTC milliseconds; 0 lets go of it.
    ///   - now: a lease that ends later is another node's; `.max` for one's own.
    /// - Returns: false when another node has it.
    public func lease(_ fact: InstallationFact, until: Int64, from now: Int64) throws -> Bool {
        try execute(
            """
            INSERT INTO installation (name, value) VALUES (\(fact.rawValue), \(String(until)))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            WHERE CAST(installation.value AS BIGINT) <= \(now)
            """) == 1
    }
}

extension Database {
    /// What is known of `fact`; nil when nothing is.
    public func installation(_ fact: InstallationFact) async throws -> String? {
        try await read {
            try $0.first("SELECT value FROM installation WHERE name = \(fact.rawValue)")?.get("value")
        }
    }

    /// Says `value` of `fact` on an installation without accounts, unless something is said already.
    /// - Returns: whether this call was the one that said it.
    public func claimInstallation(_ fact: InstallationFact, _ value: String) async throws -> Bool {
        try await write {
            try $0.execute(
                """
                INSERT INTO installation (name, value)
                SELECT CAST(\(fact.rawValue) AS TEXT), CAST(\(value) AS TEXT)
                WHERE NOT EXISTS (SELECT 1 FROM account)
                ON CONFLICT (name) DO NOTHING
                """) == 1
        }
    }

    /// Says something else of `fact`.
    public func setInstallation(_ fact: InstallationFact, _ value: String) async throws {
        _ = try await write {
            try $0.execute("UPDATE installation SET value = \(value) WHERE name = \(fact.rawValue)")
        }
    }

    /// Drops all tables of the schema on a server. Only for what the demo made.
    public func forgetEverything() async throws {
        try await script(
            """
            DO $$ DECLARE name TEXT; BEGIN
              FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
                EXECUTE format('DROP TABLE %I CASCADE', name);
              END LOOP;
            END $$
            """)
    }
}
