public import Storage

/// How other features open and change accounts, in the transaction of the act that decided it. None of it is an action
/// of its own: whoever calls it has confirmed who decides.
extension Transaction {
    /// Opens an account in a state; it can do nothing unless that is `active`.
    /// - Parameter passwordHash: of the password its holder has chosen; nil while there is none.
    public func openAccount(
        _ new: NewAccount, state: Account.State, passwordHash: String?, by actor: AuditActor,
        at now: Timestamp
    ) throws -> Account {
        let account = Account(
            id: Account.ID(rawValue: RandomText.identifier()), email: new.email, honorific: new.honorific,
            familyName: new.familyName, givenName: new.givenName, role: new.role, state: state,
            mobile: new.mobile, codeChannel: new.codeChannel, lastSignedInAt: nil, previousSignedInAt: nil)
        try insert(account, passwordHash: passwordHash, at: now)
        try record(
            AuditEntry(.accountCreated, object: .account(account.id), detail: state.rawValue), by: actor,
            at: now)
        return account
    }

    /// Whether its holder has chosen a password.
    public func hasPassword(_ id: Account.ID) throws -> Bool { try passwordHash(of: id) != nil }

    /// Makes an account active whose address was to be confirmed.
    /// - Parameter passwordHash: chosen just now; nil leaves the one it has.
    /// - Returns: false when it is in another state.
    public func activateAccount(_ id: Account.ID, passwordHash: String?) throws -> Bool {
        if let passwordHash { try setPasswordHash(passwordHash, of: id) }
        return try change(.emailUnconfirmed, to: .active, of: id)
    }

    /// Puts an account into another state; its sessions end with it unless that is `active`, and its
    /// delegations when it is closed.
    /// - Returns: false when it was not in the state given.
    public func changeState(of account: Account, to state: Account.State, at now: Timestamp) throws -> Bool {
        guard try change(account.state, to: state, of: account.id) else { return false }
        if state != .active { try endSessions(of: account.id, except: nil, at: now) }
        if state == .closed { try endDelegations(of: account.id, at: now) }
        return true
    }
}
