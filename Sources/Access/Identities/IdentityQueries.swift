public import Storage

/// All SQL that touches identities from outside and the sign-ins with them.
extension Transaction {
    func insertIdentitySignIn(
        _ id: String, _ provider: IdentityProviderName, browser: [UInt8], state: [UInt8], secrets: [UInt8],
        at now: Timestamp, expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO identity_sign_in (id, provider, browser_hash, state_hash, secrets, created_at, expires_at)
            VALUES (\(id), \(provider.rawValue), \(browser), \(state), \(secrets), \(now), \(expires))
            """)
    }

    /// - Returns: the sign-in, exactly once, to the browser that began it.
    func takeIdentitySignIn(
        _ provider: IdentityProviderName, browser: [UInt8], state: [UInt8], at now: Timestamp
    ) throws -> (id: String, secrets: [UInt8])? {
        try first(
            """
            UPDATE identity_sign_in SET used_at = \(now)
            WHERE state_hash = \(state) AND browser_hash = \(browser) AND provider = \(provider.rawValue)
              AND used_at IS NULL AND expires_at > \(now)
            RETURNING id, secrets
            """
        ).map { (try $0.get("id"), try $0.get("secrets")) }
    }

    /// Keeps a proved identity for its browser; what the browser held before is dropped.
    func hold(_ sealed: [UInt8], in signIn: String, until end: Timestamp) throws {
        try execute(
            """
            UPDATE identity_sign_in SET held = NULL
            WHERE browser_hash = (SELECT browser_hash FROM identity_sign_in WHERE id = \(signIn))
            """)
        try execute("UPDATE identity_sign_in SET held = \(sealed), expires_at = \(end) WHERE id = \(signIn)")
    }

    func heldIdentity(browser: [UInt8], at now: Timestamp) throws -> (id: String, sealed: [UInt8])? {
        try first(
            """
            SELECT id, held FROM identity_sign_in
            WHERE browser_hash = \(browser) AND held IS NOT NULL AND expires_at > \(now)
            """
        ).map { (try $0.get("id"), try $0.get("held")) }
    }

    /// - Returns: what the browser holds, exactly once.
    func takeHeldIdentity(browser: [UInt8], at now: Timestamp) throws -> (id: String, sealed: [UInt8])? {
        guard let held = try heldIdentity(browser: browser, at: now) else { return nil }
        let taken = try execute(
            "UPDATE identity_sign_in SET held = NULL WHERE id = \(held.id) AND held IS NOT NULL")
        return taken == 1 ? held : nil
    }

    func forgetIdentitySignIns(at now: Timestamp) throws {
        try execute("DELETE FROM identity_sign_in WHERE expires_at < \(now)")
    }

    /// - Throws: `StorageError.unique` when issuer and subject are linked already.
    func insert(
        _ id: LinkedIdentity.ID, _ identity: ForeignIdentity, _ state: LinkedIdentity.State,
        account: Account.ID?, request: String?, by person: Account.ID?, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO linked_identity (id, provider, issuer, subject, state, account_id, request_id, gln,
              verification_level, display_name, email, created_at, decided_by)
            VALUES (\(id), \(identity.provider.rawValue), \(identity.issuer), \(identity.subject), \(state),
              \(account), \(request), \(identity.gln ?? ""), \(identity.level.rawValue),
              \(identity.displayName), \(identity.email), \(now), \(person))
            """)
    }

    func linkedIdentity(_ id: LinkedIdentity.ID) throws -> LinkedIdentity? {
        try first("SELECT * FROM linked_identity WHERE id = \(id)").map(LinkedIdentity.init)
    }

    func linkedIdentity(issuer: String, subject: String) throws -> LinkedIdentity? {
        try first("SELECT * FROM linked_identity WHERE issuer = \(issuer) AND subject = \(subject)")
            .map(LinkedIdentity.init)
    }

    /// The identity with which an account was asked for, for those who look at the request; with its provider's switch.
    public func linkedIdentity(ofRequest request: String) throws -> LinkedIdentity? {
        let found = try first("SELECT * FROM linked_identity WHERE request_id = \(request)")
        guard var linked = try found.map(LinkedIdentity.init) else { return nil }
        linked.isSwitchedOff =
            try IdentityProviderName(rawValue: linked.provider).map { try isSwitchedOff($0) } ?? true
        return linked
    }

    /// Whether an account can be entered by an identity from outside, and so needs no password.
    public func hasActiveIdentity(_ account: Account.ID) throws -> Bool {
        try first(
            "SELECT 1 AS one FROM linked_identity WHERE account_id = \(account) AND state = 'active' LIMIT 1")
            != nil
    }

    /// The account that another identity with the same GLN opens.
    func accountOfLinkedIdentity(gln: String) throws -> Account.ID? {
        try first(
            """
            SELECT account_id FROM linked_identity
            WHERE gln = \(gln) AND account_id IS NOT NULL AND state = 'active' ORDER BY created_at LIMIT 1
            """)?.get("account_id")
    }

    func waitingIdentities(limit: Int) throws -> [LinkedIdentity] {
        try query(
            """
            SELECT * FROM linked_identity WHERE state = 'waiting' ORDER BY created_at, id LIMIT \(limit)
            """
        ).map(LinkedIdentity.init)
    }

    /// - Returns: false when it was not in the state `from` any more.
    func decideIdentity(
        _ id: LinkedIdentity.ID, _ state: LinkedIdentity.State, account: Account.ID?, by person: Account.ID?,
        from: LinkedIdentity.State, at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE linked_identity SET state = \(state), account_id = \(account), decided_at = \(now),
              decided_by = \(person)
            WHERE id = \(id) AND state = \(from)
            """) == 1
    }

    /// - Returns: false when it waits no more, or somebody else proposed it meanwhile.
    func proposeIdentity(_ linked: LinkedIdentity, by person: Account.ID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE linked_identity SET proposed_by = \(person), proposed_at = \(now)
            WHERE id = \(linked.id) AND state = 'waiting'
              AND (proposed_at IS NULL OR proposed_at = \(linked.proposedAt ?? Timestamp(rawValue: 0)))
            """) == 1
    }

    /// Lets in what was proposed, exactly as it was.
    /// - Returns: false when the proposal is not open any more.
    func acceptIdentity(
        _ id: LinkedIdentity.ID, proposedBy proposer: Account.ID, by person: Account.ID, at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE linked_identity SET state = 'active', decided_at = \(now), decided_by = \(person)
            WHERE id = \(id) AND state = 'waiting' AND proposed_by = \(proposer)
            """) == 1
    }

    /// The identity comes with another GLN than the one it was linked with: it waits, with what it claims now.
    func suspendIdentity(_ id: LinkedIdentity.ID, claiming identity: ForeignIdentity, at now: Timestamp)
        throws
    {
        try execute(
            "UPDATE linked_identity SET state = 'waiting', decided_at = \(now) WHERE id = \(id)")
        try restateIdentity(id, identity)
    }

    /// A waiting identity says something else of itself than before: who decides must read that, and what was proposed
    /// before was about something else.
    func restateIdentity(_ id: LinkedIdentity.ID, _ identity: ForeignIdentity) throws {
        try execute(
            """
            UPDATE linked_identity SET gln = \(identity.gln ?? ""), verification_level = \(identity.level.rawValue),
              display_name = \(identity.displayName), email = \(identity.email),
              proposed_by = NULL, proposed_at = NULL
            WHERE id = \(id) AND state = 'waiting'
            """)
    }

    func noteUse(of id: LinkedIdentity.ID, level: VerificationLevel, at now: Timestamp) throws {
        try execute(
            """
            UPDATE linked_identity SET last_used_at = \(now), verification_level = \(level.rawValue)
            WHERE id = \(id)
            """)
    }

    func deleteIdentity(_ id: LinkedIdentity.ID) throws {
        try execute("DELETE FROM linked_identity WHERE id = \(id)")
    }

    func isSwitchedOff(_ provider: IdentityProviderName) throws -> Bool {
        try first("SELECT is_off FROM identity_switch WHERE provider = \(provider.rawValue)")?.get("is_off")
            ?? false
    }

    func setSwitch(of provider: IdentityProviderName, isOff: Bool, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO identity_switch (provider, is_off, changed_at)
            VALUES (\(provider.rawValue), \(isOff), \(now))
            ON CONFLICT (provider) DO UPDATE SET is_off = excluded.is_off, changed_at = excluded.changed_at
            """)
    }
}
