import Storage

/// All SQL that touches one-time codes.
extension Transaction {
    func insertCode(
        _ id: String, _ account: Account.ID, _ session: Session.ID, hash: [UInt8],
        channel: Account.CodeChannel, _ target: [UInt8], at now: Timestamp, expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO one_time_code (id, account_id, session_id, code_hash, channel, target_hash,
              created_at,
              expires_at)
            VALUES (\(id), \(account), \(session), \(hash), \(channel), \(target), \(now), \(expires))
            """)
    }

    func codeOwner(_ id: String) throws -> Account.ID? {
        try first("SELECT account_id FROM one_time_code WHERE id = \(id)")?.get("account_id")
    }

    /// Counts a try on every code of the sign-in that is alive.
    func countCodeTry(of session: Session.ID, limit: Int, at now: Timestamp) throws
        -> [(id: String, hash: [UInt8], tries: Int)]
    {
        try query(
            """
            UPDATE one_time_code SET tries = tries + 1
            WHERE session_id = \(session) AND used_at IS NULL AND expires_at > \(now) AND tries < \(limit)
            RETURNING id, code_hash, tries
            """
        ).map { (try $0.get("id"), try $0.get("code_hash"), try $0.get("tries")) }
    }

    /// - Returns: true exactly once for each code.
    func useCode(_ id: String, at now: Timestamp) throws -> Bool {
        try execute("UPDATE one_time_code SET used_at = \(now) WHERE id = \(id) AND used_at IS NULL") == 1
    }

    func lastCode(of session: Session.ID, by channel: Account.CodeChannel) throws -> Timestamp? {
        try first(
            """
            SELECT created_at FROM one_time_code
            WHERE session_id = \(session) AND channel = \(channel)
            ORDER BY created_at DESC LIMIT 1
            """
        )?.get("created_at")
    }

    func codeTimes(of account: Account.ID, since: Timestamp) throws -> [Timestamp] {
        try query(
            """
            SELECT created_at FROM one_time_code WHERE account_id = \(account) AND created_at > \(since)
            ORDER BY created_at
            """
        ).map { try $0.get("created_at") }
    }

    func smsTimes(to target: [UInt8], since: Timestamp) throws -> [Timestamp] {
        try query(
            """
            SELECT created_at FROM one_time_code
            WHERE target_hash = \(target) AND created_at > \(since) AND channel = 'sms'
            """
        ).map { try $0.get("created_at") }
    }

    func isSecuredDomain(_ domain: String) throws -> Bool {
        try first("SELECT is_secured FROM secured_domain WHERE domain = \(domain)")?.get("is_secured")
            ?? false
    }
}
