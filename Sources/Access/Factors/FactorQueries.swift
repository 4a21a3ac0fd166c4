import Storage

/// All SQL that touches authenticator apps, recovery codes and the factor of a session.
extension Transaction {
    /// Says which factor a sign-in waits for. How often one was tried stays.
    func expect(_ factor: SecondFactor, of session: Session.ID) throws {
        try execute(
            """
            INSERT INTO session_factor (session_id, factor) VALUES (\(session), \(factor))
            ON CONFLICT (session_id) DO UPDATE SET factor = excluded.factor
            """)
    }

    func expectedFactor(of session: Session.ID) throws -> SecondFactor? {
        try first("SELECT factor FROM session_factor WHERE session_id = \(session)")?.get("factor")
    }

    /// Counts a try at a code that was not sent.
    /// - Returns: which one it is, or nil when there are no more.
    func countFactorTry(of session: Session.ID, limit: Int) throws -> Int? {
        try first(
            """
            UPDATE session_factor SET tries = tries + 1 WHERE session_id = \(session) AND tries < \(limit)
            RETURNING tries
            """
        )?.get("tries")
    }

    /// Notes what proved who is there, and that it was now.
    func prove(_ proof: String, of session: Session.ID, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO session_factor (session_id, factor, proved_at) VALUES (\(session), \(proof), \(now))
            ON CONFLICT (session_id) DO UPDATE SET factor = excluded.factor, proved_at = excluded.proved_at
            """)
    }

    /// What proved who is in a session, and when last.
    func proof(of session: Session.ID) throws -> (proof: String, at: Timestamp)? {
        try first(
            """
            SELECT factor, proved_at FROM session_factor
            WHERE session_id = \(session) AND proved_at IS NOT NULL
            """
        ).map { (try $0.get("factor"), try $0.get("proved_at")) }
    }

    /// Failures in a row of a subject of the guard.
    func failures(of subject: [UInt8]) throws -> Int {
        try first("SELECT failures FROM sign_in_guard WHERE subject_hash = \(subject)")?.get("failures") ?? 0
    }
}

/// Authenticator apps.
extension Transaction {
    private var authenticatorColumns: SQLText {
        "id, account_id, session_id, secret, last_step, created_at, confirmed_at, last_used_at"
    }

    /// Begins the enrolment of an app; one that was begun before and not confirmed is forgotten.
    func insert(_ app: Authenticator) throws {
        try execute("DELETE FROM authenticator WHERE account_id = \(app.accountID) AND confirmed_at IS NULL")
        try execute(
            """
            INSERT INTO authenticator (id, account_id, session_id, secret, last_step, created_at)
            VALUES (\(app.id), \(app.accountID), \(app.sessionID), \(app.secret), \(app.lastStep),
              \(app.createdAt))
            """)
    }

    func confirmedAuthenticator(of account: Account.ID) throws -> Authenticator? {
        try first(
            """
            SELECT \(sql: authenticatorColumns) FROM authenticator
            WHERE account_id = \(account) AND confirmed_at IS NOT NULL
            """
        ).map(Authenticator.init)
    }

    /// The app that is being enrolled in a session.
    func begunAuthenticator(in session: Session.ID, of account: Account.ID, since: Timestamp) throws
        -> Authenticator?
    {
        try first(
            """
            SELECT \(sql: authenticatorColumns) FROM authenticator
            WHERE account_id = \(account) AND session_id = \(session) AND confirmed_at IS NULL
              AND created_at > \(since)
            """
        ).map(Authenticator.init)
    }

    /// - Returns: true exactly once for each step.
    func useStep(_ step: Int64, of app: Authenticator, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE authenticator SET last_step = \(step), last_used_at = \(now)
            WHERE id = \(app.id) AND last_step < \(step)
            """) == 1
    }

    func confirmAuthenticator(_ app: Authenticator, at now: Timestamp) throws -> Bool {
        try execute(
            "UPDATE authenticator SET confirmed_at = \(now) WHERE id = \(app.id) AND confirmed_at IS NULL")
            == 1
    }

    /// - Returns: whether there was one that counted.
    func deleteAuthenticators(of account: Account.ID) throws -> Bool {
        let had = try confirmedAuthenticator(of: account) != nil
        try execute("DELETE FROM authenticator WHERE account_id = \(account)")
        return had
    }

    func forgetBegunAuthenticators(before: Timestamp) throws {
        try execute("DELETE FROM authenticator WHERE confirmed_at IS NULL AND created_at < \(before)")
    }
}

/// Recovery codes.
extension Transaction {
    func insertRecoveryCode(_ hash: [UInt8], of account: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO recovery_code (id, account_id, code_hash, created_at)
            VALUES (\(RandomText.identifier()), \(account), \(hash), \(now))
            """)
    }

    func deleteRecoveryCodes(of account: Account.ID) throws {
        try execute("DELETE FROM recovery_code WHERE account_id = \(account)")
    }

    /// - Returns: true exactly once for each code.
    func useRecoveryCode(_ hash: [UInt8], of account: Account.ID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE recovery_code SET used_at = \(now)
            WHERE account_id = \(account) AND code_hash = \(hash) AND used_at IS NULL
            """) == 1
    }

    func unusedRecoveryCodes(of account: Account.ID) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM recovery_code WHERE account_id = \(account) AND used_at IS NULL
            """
        )?.get("n") ?? 0
    }
}
