public import Storage

/// All SQL that touches sessions.
extension Transaction {
    private var sessionColumns: SQLText {
        """
        session.id, session.account_id, session.stage, session.form_token, session.address,
          session.user_agent,
        session.created_at, session.last_seen_at, session.expires_at
        """
    }

    func insertSession(
        _ id: Session.ID, tokenHash: [UInt8], _ account: Account.ID, formToken: String, origin: RequestOrigin,
        at now: Timestamp, expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO session (id, token_hash, account_id, stage, form_token, address, user_agent,
              created_at,
              last_seen_at, expires_at)
            VALUES (\(id), \(tokenHash), \(account), 'codeExpected', \(formToken), \(origin.address),
              \(origin.userAgent), \(now), \(now), \(expires))
            """)
    }

    /// The session of a token, if it is alive: not ended, not past its end, not idle too long, account
    /// active.
    func liveSession(tokenHash: [UInt8], at now: Timestamp, idle: Int) throws -> Session? {
        try first(
            """
            SELECT \(sql: sessionColumns) FROM session
            JOIN account ON account.id = session.account_id AND account.state = 'active'
            WHERE session.token_hash = \(tokenHash) AND session.ended_at IS NULL
              AND session.expires_at > \(now)
              AND session.last_seen_at > \(now.adding(minutes: -idle))
            """
        ).map(Session.init)
    }

    /// New token, new form token, next stage: the old token dies in the same statement.
    /// - Returns: false when another request was faster.
    func advance(
        _ session: Session, to stage: Session.Stage, tokenHash: [UInt8], formToken: String, at now: Timestamp,
        expires: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE session SET stage = \(stage), token_hash = \(tokenHash), form_token = \(formToken),
              last_seen_at = \(now), expires_at = \(expires)
            WHERE id = \(session.id) AND form_token = \(session.formToken) AND ended_at IS NULL
            """) > 0
    }

    func touch(_ session: Session.ID, at now: Timestamp) throws {
        try execute("UPDATE session SET last_seen_at = \(now) WHERE id = \(session) AND ended_at IS NULL")
    }

    func endSession(_ session: Session.ID, of account: Account.ID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE session SET ended_at = \(now)
            WHERE id = \(session) AND account_id = \(account) AND ended_at IS NULL
            """) > 0
    }

    @discardableResult
    func endSessions(of account: Account.ID, except kept: Session.ID?, at now: Timestamp) throws -> Int {
        try execute(
            """
            UPDATE session SET ended_at = \(now)
            WHERE account_id = \(account) AND ended_at IS NULL AND id <> \(kept?.rawValue ?? "")
            """)
    }

    func openSessions(of account: Account.ID, at now: Timestamp, idle: Int) throws -> [Session] {
        try query(
            """
            SELECT \(sql: sessionColumns) FROM session
            WHERE account_id = \(account) AND stage = 'signedIn' AND ended_at IS NULL AND expires_at > \(now)
              AND last_seen_at > \(now.adding(minutes: -idle))
            ORDER BY last_seen_at DESC LIMIT 100
            """
        ).map(Session.init)
    }

    /// The network addresses from which an account has signed in.
    func recentAddresses(of account: Account.ID, since: Timestamp) throws -> [String] {
        try query(
            """
            SELECT DISTINCT address FROM session
            WHERE account_id = \(account) AND stage = 'signedIn' AND created_at > \(since) LIMIT 500
            """
        ).map { try $0.get("address") }
    }

    func forgetEndedSessions(before: Timestamp) throws {
        try execute(
            """
            DELETE FROM one_time_code WHERE session_id IN
              (SELECT id FROM session WHERE expires_at < \(before) OR ended_at < \(before))
            """)
        try execute("DELETE FROM session WHERE expires_at < \(before) OR ended_at < \(before)")
    }

    /// The first line of each action: the viewer's session is alive *in this transaction*. A revocation that
    /// was acknowledged before can not be overtaken (S9).
    /// - Throws: `AccessRefusal.sessionEnded`.
    public func confirm(_ viewer: Viewer, at now: Timestamp) throws {
        let row = try first(
            """
            SELECT session.id FROM session
            JOIN account ON account.id = session.account_id AND account.state = 'active'
            WHERE session.id = \(viewer.sessionID) AND session.account_id = \(viewer.accountID)
              AND session.stage = 'signedIn' AND session.ended_at IS NULL AND session.expires_at > \(now)
            """)
        guard row != nil else { throw AccessRefusal.sessionEnded }
    }
}
