import Storage

/// All SQL that touches the clients of practices.
extension Transaction {
    /// Whether the client is in force, and bound to this professional, who is active.
    func isBound(_ client: Client.ID, to account: Account.ID) throws -> Bool {
        try first(
            """
            SELECT 1 AS one FROM practice_client
            JOIN client ON client.id = practice_client.client_id AND client.state = 'active'
            JOIN account ON account.id = practice_client.account_id AND account.state = 'active'
              AND account.role = 'practitioner'
            WHERE practice_client.client_id = \(client) AND practice_client.account_id = \(account)
              AND practice_client.revoked_at IS NULL
            """) != nil
    }

    /// Whom the client is bound to, in force or not; nil for a system of the hospital.
    func practiceClient(_ id: Client.ID) throws -> PracticeClient? {
        try first(
            """
            SELECT practice_client.*, client.name FROM practice_client
            JOIN client ON client.id = practice_client.client_id WHERE practice_client.client_id = \(id)
            """
        ).map(PracticeClient.init)
    }

    /// The clients of a professional, the newest first.
    func practiceClients(of account: Account.ID, limit: Int) throws -> [PracticeClient] {
        try query(
            """
            SELECT practice_client.*, client.name FROM practice_client
            JOIN client ON client.id = practice_client.client_id
            WHERE practice_client.account_id = \(account)
            ORDER BY practice_client.created_at DESC, practice_client.client_id LIMIT \(limit)
            """
        ).map(PracticeClient.init)
    }

    func countPracticeClients(of account: Account.ID) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM practice_client
            WHERE account_id = \(account) AND revoked_at IS NULL
            """)?.get("n") ?? 0
    }

    /// Whether no client has this identifier.
    func isFree(_ client: Client.ID) throws -> Bool {
        try first("SELECT 1 AS one FROM client WHERE id = \(client)") == nil
    }

    func bind(_ client: Client.ID, to account: Account.ID, by: String, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO practice_client (client_id, account_id, registered_by, created_at)
            VALUES (\(client), \(account), \(by), \(now))
            """)
    }

    /// - Returns: false when it is another's, or ended before.
    func endPracticeClient(_ client: Client.ID, of account: Account.ID, at now: Timestamp) throws -> Bool {
        let ended = try execute(
            """
            UPDATE practice_client SET revoked_at = \(now)
            WHERE client_id = \(client) AND account_id = \(account) AND revoked_at IS NULL
            """)
        guard ended == 1 else { return false }
        try execute("UPDATE client SET state = 'suspended' WHERE id = \(client)")
        try execute("DELETE FROM access_token WHERE client_id = \(client)")
        return true
    }
}

extension PracticeClient {
    init(_ row: SQLRow) throws {
        id = try row.get("client_id")
        name = try row.get("name")
        accountID = try row.get("account_id")
        createdAt = try row.get("created_at")
        revokedAt = try row.get("revoked_at")
    }
}
