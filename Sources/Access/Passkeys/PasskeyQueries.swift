import Storage

/// All SQL that touches passkeys and the challenges that were answered.
extension Transaction {
    private var passkeyColumns: SQLText {
        """
        id, account_id, credential_id, algorithm, public_key, sign_count, is_backup_eligible, is_backed_up, name,
        created_at, last_used_at
        """
    }

    /// - Throws: `StorageError.unique` when the credential is known already, whosever it is.
    func insert(_ passkey: Passkey) throws {
        try execute(
            """
            INSERT INTO passkey (id, account_id, credential_id, algorithm, public_key, sign_count,
              is_backup_eligible, is_backed_up, name, created_at)
            VALUES (\(passkey.id), \(passkey.accountID), \(passkey.credentialID),
              \(passkey.key.algorithm.rawValue), \(passkey.key.bytes), \(passkey.signCount),
              \(passkey.isBackupEligible), \(passkey.isBackedUp), \(passkey.name), \(passkey.createdAt))
            """)
    }

    func passkeys(of account: Account.ID) throws -> [Passkey] {
        try query(
            """
            SELECT \(sql: passkeyColumns) FROM passkey WHERE account_id = \(account)
            ORDER BY created_at, id LIMIT \(Passkey.limit)
            """
        ).map(Passkey.init)
    }

    func passkey(credential: [UInt8]) throws -> Passkey? {
        try first("SELECT \(sql: passkeyColumns) FROM passkey WHERE credential_id = \(credential)")
            .map(Passkey.init)
    }

    /// Notes the use of a passkey whose counter is still the one that was looked at.
    /// - Returns: false when another use was faster.
    func use(_ passkey: Passkey, count: Int64, isBackedUp: Bool, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE passkey SET sign_count = \(count), is_backed_up = \(isBackedUp), last_used_at = \(now)
            WHERE id = \(passkey.id) AND sign_count = \(passkey.signCount)
            """) == 1
    }

    func deletePasskey(_ id: Passkey.ID, of account: Account.ID) throws -> Bool {
        try execute("DELETE FROM passkey WHERE id = \(id) AND account_id = \(account)") == 1
    }

    @discardableResult
    func deletePasskeys(of account: Account.ID) throws -> Int {
        try execute("DELETE FROM passkey WHERE account_id = \(account)")
    }

    /// - Returns: true exactly once for each challenge.
    func answer(_ challenge: PasskeyChallenge) throws -> Bool {
        try execute(
            """
            INSERT INTO passkey_challenge (challenge, expires_at)
            VALUES (\(challenge.bytes), \(challenge.end)) ON CONFLICT (challenge) DO NOTHING
            """) == 1
    }

    func forgetChallenges(before: Timestamp) throws {
        try execute("DELETE FROM passkey_challenge WHERE expires_at < \(before)")
    }
}
