public import Storage

extension Session {
    /// What is proved once this is proved too.
    func proved(by proof: String?) -> String { proof.map { "\(authentication)+\($0)" } ?? authentication }
}

/// All SQL that touches sessions.
extension Transaction {
    private var sessionColumns: SQLText {
        """
        session.id, session.account_id, session.stage, session.form_token, session.address,
          session.user_agent,
        session.created_at, session.last_seen_at, session.expires_at, session.principal_id,
        session.delegation_id, session.authentication
        """
    }

    func insertSession(
        _ id: Session.ID, tokenHash: [UInt8], _ account: Account.ID, formToken: String,
        stage: Session.Stage = .codeExpected, authentication: String = "password", origin: RequestOrigin,
        at now: Timestamp, expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO session (id, token_hash, account_id, stage, form_token, address, user_agent,
              created_at, last_seen_at, expires_at, authentication)
            VALUES (\(id), \(tokenHash), \(account), \(stage), \(formToken), \(origin.address),
              \(origin.userAgent), \(now), \(now), \(expires), \(authentication))
            """)
    }

    /// The session of a token, if it is alive: not ended, not past its end, not idle too long, account
    /// active. With that account: each request asks for both.
    func liveSession(tokenHash: [UInt8], at now: Timestamp, idle: Int) throws -> (
        session: Session, account: Account
    )? {
        try first(
            """
            SELECT \(sql: sessionColumns), \(sql: accountColumnsWithoutID) FROM session
            JOIN account ON account.id = session.account_id AND account.state = 'active'
            WHERE session.token_hash = \(tokenHash) AND session.ended_at IS NULL
              AND session.expires_at > \(now)
              AND session.last_seen_at > \(sql: idleSince(now, idle))
            """
        ).map { (try Session($0), try Account($0, id: "account_id")) }
    }

    /// Who was there before this moment only is gone: the portal team sooner than others.
    private func idleSince(_ now: Timestamp, _ idle: Int) -> SQLText {
        """
        CASE WHEN account.role IN ('registrar', 'portalAdmin')
          THEN \(now.adding(minutes: -min(idle, AccessRules.staffIdleMinutes)))
          ELSE \(now.adding(minutes: -idle)) END
        """
    }

    /// The signed-in session of a token that was not ended, alive or not.
    func unendedSession(tokenHash: [UInt8]) throws -> Session? {
        try first(
            """
            SELECT \(sql: sessionColumns) FROM session
            JOIN account ON account.id = session.account_id AND account.state = 'active'
            WHERE session.token_hash = \(tokenHash) AND session.stage = 'signedIn'
              AND session.ended_at IS NULL
            """
        ).map(Session.init)
    }

    /// The signed-in sessions of an account that nobody ended and that are not alive; at most 20, the last used first.
    func lapsedSessions(of account: Account.ID, at now: Timestamp, idle: Int) throws -> [Session] {
        try query(
            """
            SELECT \(sql: sessionColumns) FROM session JOIN account ON account.id = session.account_id
            WHERE session.account_id = \(account) AND session.stage = 'signedIn' AND session.ended_at IS NULL
              AND (session.expires_at <= \(now) OR session.last_seen_at <= \(sql: idleSince(now, idle)))
            ORDER BY session.last_seen_at DESC LIMIT 20
            """
        ).map(Session.init)
    }

    /// New token, new form token, next stage: the old token dies in the same statement.
    /// - Parameter proof: what was proved besides, for the trail: `password` becomes `password+code`.
    /// - Returns: false when another request was faster.
    func advance(
        _ session: Session, to stage: Session.Stage, adding proof: String? = nil, tokenHash: [UInt8],
        formToken: String, at now: Timestamp, expires: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE session SET stage = \(stage), token_hash = \(tokenHash), form_token = \(formToken),
              last_seen_at = \(now), expires_at = \(expires), authentication = \(session.proved(by: proof))
            WHERE id = \(session.id) AND form_token = \(session.formToken) AND ended_at IS NULL
            """) > 0
    }

    func session(_ id: Session.ID) throws -> Session? {
        try first("SELECT \(sql: sessionColumns) FROM session WHERE id = \(id) AND ended_at IS NULL")
            .map(Session.init)
    }

    /// Keeps a session alive, and changes nothing else of it: those that are remembered stand.
    func touch(_ session: Session.ID, at now: Timestamp) throws {
        try execute(
            "UPDATE session SET last_seen_at = \(now) WHERE id = \(session) AND ended_at IS NULL",
            isRemembered: false)
    }

    func endSession(_ session: Session.ID, of account: Account.ID, at now: Timestamp) throws -> Bool {
        try wake(account)
        return try execute(
            """
            UPDATE session SET ended_at = \(now)
            WHERE id = \(session) AND account_id = \(account) AND ended_at IS NULL
            """) > 0
    }

    @discardableResult
    func endSessions(of account: Account.ID, except kept: Session.ID?, at now: Timestamp) throws -> Int {
        try wake(account)
        return try execute(
            """
            UPDATE session SET ended_at = \(now)
            WHERE account_id = \(account) AND ended_at IS NULL AND id <> \(kept?.rawValue ?? "")
            """)
    }

    /// Ends every session that was opened with a provider of identities.
    /// - Returns: how many.
    func endSessions(openedBy provider: String, at now: Timestamp) throws -> Int {
        try execute(
            """
            UPDATE session SET ended_at = \(now)
            WHERE ended_at IS NULL AND (authentication = \(provider) OR authentication LIKE \(provider + "+%"))
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

    /// Chooses the space of a session, with a new token (SES-3): the old one dies in the same statement.
    /// - Returns: false when another request was faster, or the session is over.
    func enterSpace(
        of principal: Account.ID, under delegation: Delegation.ID?, _ holder: Holder, replacing old: [UInt8],
        by token: [UInt8], at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE session SET principal_id = \(principal), delegation_id = \(delegation), token_hash = \(token),
              last_seen_at = \(now)
            WHERE id = \(holder.sessionID) AND account_id = \(holder.accountID) AND token_hash = \(old)
              AND stage = 'signedIn' AND ended_at IS NULL AND expires_at > \(now)
            """) > 0
    }

    /// Sets the space of a session that has just been opened.
    func setSpace(_ principal: Account.ID, under delegation: Delegation.ID?, of session: Session.ID) throws {
        try execute(
            """
            UPDATE session SET principal_id = \(principal), delegation_id = \(delegation) WHERE id = \(session)
            """)
    }

    /// The first line of each action on one's own account: the session is alive *in this transaction*. A
    /// revocation that was acknowledged before can not be overtaken (S9).
    /// - Throws: `AccessRefusal.sessionEnded`.
    public func confirm(_ holder: Holder, at now: Timestamp) throws {
        let row = try first(
            """
            SELECT session.id FROM session
            JOIN account ON account.id = session.account_id AND account.state = 'active'
            WHERE session.id = \(holder.sessionID) AND session.account_id = \(holder.accountID)
              AND account.role = \(holder.role)
              AND session.stage = 'signedIn' AND session.ended_at IS NULL AND session.expires_at > \(now)
            """)
        guard row != nil else { throw AccessRefusal.sessionEnded }
    }

    /// The same, for what only some roles may do.
    /// - Throws: `AccessRefusal.sessionEnded`, `.roleNotAllowed`, `.strongFactorNeeded`.
    public func confirm(_ holder: Holder, as roles: Set<Account.Role>, at now: Timestamp) throws {
        try confirm(holder, at: now)
        guard roles.contains(holder.role) else { throw AccessRefusal.roleNotAllowed }
        guard !holder.lacksStrongFactor else { throw AccessRefusal.strongFactorNeeded }
    }

    /// The first line of each clinical action: the session is alive and in this space, and what lets it be there
    /// (one's own role, or a delegation with this right) is in force *in this transaction* (S9, DLG-3).
    /// - Throws: `AccessRefusal.sessionEnded`, `DelegationRefusal.ended`, `.right`.
    public func confirm(_ viewer: Viewer, to right: DelegationRight, at now: Timestamp) throws {
        if let client = viewer.holder.client {
            guard right == .read, try isBound(client, to: viewer.principalID) else {
                throw AccessRefusal.sessionEnded
            }
            return
        }
        try confirm(viewer.holder, at: now)
        if let acting = viewer.acting {
            guard let grant = try grant(acting.delegationID, to: viewer.accountID, at: now),
                grant.delegation.principalID == viewer.principalID
            else { throw DelegationRefusal.ended }
            guard grant.delegation.rights.contains(right) else { throw DelegationRefusal.right(right) }
        } else {
            guard viewer.role == .practitioner else { throw AccessRefusal.roleNotAllowed }
        }
    }
}
