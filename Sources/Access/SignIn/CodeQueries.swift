import Storage

/// All SQL that touches one-time codes, the guard of failed sign-ins and the counters.
extension Transaction {
    /// Counts one try before its password is looked at.
    /// - Returns: until when to wait, or nil when it may go on.
    func countTry(of subject: [UInt8], from origin: RequestOrigin, _ rules: AccessRules, at now: Timestamp)
        throws
        -> Timestamp?
    {
        let isWithin = try count(
            "sign-in \(origin.address)", per: 600_000, limit: rules.failuresPerAddress, at: now)
        guard isWithin else { return now.adding(minutes: 10) }
        let row = try first("SELECT failures, retry_at FROM sign_in_guard WHERE subject_hash = \(subject)")
        let retry: Timestamp? = try row?.get("retry_at")
        if let retry, retry > now { return retry }
        let failures = try (row?.get("failures") ?? 0) + 1
        let next = now.adding(minutes: SignInRules.waitingMinutes(afterFailures: failures))
        try execute(
            """
            INSERT INTO sign_in_guard (subject_hash, failures, last_failed_at, retry_at)
            VALUES (\(subject), \(failures), \(now), \(next))
            ON CONFLICT (subject_hash) DO UPDATE SET failures = excluded.failures,
              last_failed_at = excluded.last_failed_at, retry_at = excluded.retry_at
            """)
        return nil
    }

    func forgetTries(of subject: [UInt8]) throws {
        try execute("DELETE FROM sign_in_guard WHERE subject_hash = \(subject)")
    }

    /// Counts one use of `bucket` in the fixed window of `per` milliseconds.
    /// - Returns: whether it is within `limit`.
    func count(_ bucket: String, per window: Int64, limit: Int, at now: Timestamp) throws -> Bool {
        let start = now.rawValue - now.rawValue % window
        let row = try first(
            """
            INSERT INTO throttle (bucket, window_start, uses) VALUES (\(bucket), \(start), 1)
            ON CONFLICT (bucket, window_start) DO UPDATE SET uses = throttle.uses + 1
            RETURNING uses
            """)
        return try (row?.get("uses") ?? 1) <= limit
    }

    func forgetCounters(before: Timestamp) throws {
        try execute("DELETE FROM throttle WHERE window_start < \(before)")
        try execute("DELETE FROM sign_in_guard WHERE last_failed_at < \(before.adding(days: -30))")
    }

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

    func lastCode(of session: Session.ID) throws -> Timestamp? {
        try first(
            """
            SELECT created_at FROM one_time_code WHERE session_id = \(session)
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
