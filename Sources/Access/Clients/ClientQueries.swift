import Storage

/// All SQL that touches clients, their assertions and their tokens.
extension Transaction {
    func activeClient(_ id: Client.ID) throws -> Client? {
        try first(
            """
            SELECT client.id, client.name, client.jwks, client.scopes FROM client
            LEFT JOIN practice_client ON practice_client.client_id = client.id
            LEFT JOIN account ON account.id = practice_client.account_id
            WHERE client.id = \(id) AND client.state = 'active' AND (practice_client.client_id IS NULL
              OR (practice_client.revoked_at IS NULL AND account.state = 'active'
                AND account.role = 'practitioner'))
            """
        ).map {
            Client(
                id: try $0.get("id"), name: try $0.get("name"), jwks: try $0.get("jwks"),
                scopes: Scope.parse(try $0.get("scopes")))
        }
    }

    func save(_ client: Client, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO client (id, name, jwks, scopes, state, created_at)
            VALUES (\(client.id), \(client.name), \(client.jwks), \(Scope.text(client.scopes)), 'active',
              \(now))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, jwks = excluded.jwks,
              scopes = excluded.scopes
            """)
    }

    /// - Returns: false when it was used before.
    func useAssertion(_ jti: String, of client: Client.ID, until expires: Timestamp) throws -> Bool {
        try execute(
            """
            INSERT INTO client_assertion (client_id, jti, expires_at) VALUES (\(client), \(jti), \(expires))
            ON CONFLICT (client_id, jti) DO NOTHING
            """) > 0
    }

    func insertToken(
        hash: [UInt8], _ client: Client.ID, _ scopes: Set<Scope>, at now: Timestamp, expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO access_token (token_hash, client_id, scopes, issued_at, expires_at)
            VALUES (\(hash), \(client), \(Scope.text(scopes)), \(now), \(expires))
            """)
    }

    /// A client of a practice counts as long as its professional does.
    func liveToken(_ hash: [UInt8], at now: Timestamp) throws -> (
        client: Client.ID, scopes: Set<Scope>, principal: Account.ID?
    )? {
        try first(
            """
            SELECT access_token.client_id, access_token.scopes, practice_client.account_id FROM access_token
            JOIN client ON client.id = access_token.client_id AND client.state = 'active'
            LEFT JOIN practice_client ON practice_client.client_id = client.id
            LEFT JOIN account ON account.id = practice_client.account_id
            WHERE access_token.token_hash = \(hash) AND access_token.expires_at > \(now)
              AND (practice_client.client_id IS NULL OR (practice_client.revoked_at IS NULL
                AND account.state = 'active' AND account.role = 'practitioner'))
            """
        ).map { row in
            let principal: Account.ID? = try row.get("account_id")
            let scopes = Scope.parse(try row.get("scopes"))
            return (
                try row.get("client_id"),
                principal == nil ? scopes : scopes.intersection(PracticeClient.scopes), principal
            )
        }
    }

    /// Used assertions are kept ten minutes past their end, for clocks that differ.
    func forgetExpiredTokens(at now: Timestamp) throws {
        try execute("DELETE FROM access_token WHERE expires_at < \(now)")
        try execute("DELETE FROM client_assertion WHERE expires_at < \(now.adding(minutes: -10))")
    }
}
