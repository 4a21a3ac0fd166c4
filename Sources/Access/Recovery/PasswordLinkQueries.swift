import Storage

/// All SQL that touches the links for a forgotten password.
extension Transaction {
    /// A new link; those before open nothing any more.
    func insertPasswordLink(_ hash: [UInt8], of account: Account.ID, at now: Timestamp, expires: Timestamp)
        throws
    {
        try voidPasswordLinks(of: account, at: now)
        try execute(
            """
            INSERT INTO password_link (id, account_id, token_hash, created_at, expires_at)
            VALUES (\(RandomText.identifier()), \(account), \(hash), \(now), \(expires))
            """)
    }

    func voidPasswordLinks(of account: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE password_link SET voided_at = \(now)
            WHERE account_id = \(account) AND used_at IS NULL AND voided_at IS NULL
            """)
    }

    /// Whose link this is, if it is alive and the account may have one.
    func accountOfPasswordLink(_ hash: [UInt8], at now: Timestamp) throws -> Account.ID? {
        try first(
            """
            SELECT password_link.account_id FROM password_link
            JOIN account ON account.id = password_link.account_id AND account.state = 'active'
            WHERE token_hash = \(hash) AND used_at IS NULL AND voided_at IS NULL AND expires_at > \(now)
            """
        )?.get("account_id")
    }

    /// - Returns: true exactly once for each link.
    func usePasswordLink(_ hash: [UInt8], at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE password_link SET used_at = \(now)
            WHERE token_hash = \(hash) AND used_at IS NULL AND voided_at IS NULL AND expires_at > \(now)
            """) == 1
    }

    /// Whether the password was chosen by a link in a mail and not changed since.
    func isPasswordFromLink(of account: Account.ID) throws -> Bool {
        try first(
            """
            SELECT id FROM password_link WHERE account_id = \(account) AND used_at IS NOT NULL LIMIT 1
            """) != nil
    }

    /// The password was changed by somebody who knew the one before.
    func forgetPasswordLinks(of account: Account.ID) throws {
        try execute("DELETE FROM password_link WHERE account_id = \(account)")
    }

    /// Those that were never used; the others tell where a password comes from.
    func forgetUnusedPasswordLinks(before: Timestamp) throws {
        try execute("DELETE FROM password_link WHERE used_at IS NULL AND expires_at < \(before)")
    }
}
