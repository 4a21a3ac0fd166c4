import Access
import Storage

/// A link that confirms an address.
struct EmailConfirmation: Sendable {
    let id: String
    let accountID: Account.ID
    let secretHash: [UInt8]?

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        accountID = try row.get("account_id")
        secretHash = try row.get("secret_hash")
    }
}

/// All SQL that touches confirmations of addresses.
extension Transaction {
    func insertConfirmation(
        _ id: String, of account: Account.ID, tokenHash: [UInt8], secretHash: [UInt8]?, at now: Timestamp,
        expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO email_confirmation (id, account_id, token_hash, secret_hash, created_at, expires_at)
            VALUES (\(id), \(account), \(tokenHash), \(secretHash), \(now), \(expires))
            """)
    }

    /// A link that still counts.
    /// - Parameter tries: wrong second secrets after which it does not.
    func liveConfirmation(tokenHash: [UInt8], tries: Int, at now: Timestamp) throws -> EmailConfirmation? {
        try first(
            """
            SELECT id, account_id, secret_hash FROM email_confirmation
            WHERE token_hash = \(tokenHash) AND used_at IS NULL AND voided_at IS NULL AND expires_at > \(now)
              AND tries < \(tries)
            """
        ).map(EmailConfirmation.init)
    }

    func anyConfirmation(tokenHash: [UInt8]) throws -> EmailConfirmation? {
        try first(
            "SELECT id, account_id, secret_hash FROM email_confirmation WHERE token_hash = \(tokenHash)"
        )
        .map(EmailConfirmation.init)
    }

    /// - Returns: true exactly once for each link.
    func useConfirmation(_ id: String, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE email_confirmation SET used_at = \(now)
            WHERE id = \(id) AND used_at IS NULL AND voided_at IS NULL AND expires_at > \(now)
            """) == 1
    }

    func countSecretFailure(of id: String) throws {
        try execute("UPDATE email_confirmation SET tries = tries + 1 WHERE id = \(id)")
    }

    func voidConfirmations(of account: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE email_confirmation SET voided_at = \(now)
            WHERE account_id = \(account) AND used_at IS NULL AND voided_at IS NULL
            """)
    }
}
