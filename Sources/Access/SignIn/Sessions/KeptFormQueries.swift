import Storage

/// All SQL that touches forms that are kept over the end of a session.
extension Transaction {
    /// The session of a token that nobody ended: it was idle too long, or its hours are over.
    func lapsedSession(tokenHash: [UInt8], at now: Timestamp, idle: Int) throws -> Session? {
        guard try liveSession(tokenHash: tokenHash, at: now, idle: idle) == nil else { return nil }
        return try unendedSession(tokenHash: tokenHash)
    }

    /// Instead of what was kept for this account before.
    func keepForm(_ sealed: [UInt8], of account: Account.ID, until end: Timestamp) throws {
        try execute("DELETE FROM kept_form WHERE account_id = \(account)")
        try execute(
            "INSERT INTO kept_form (account_id, sealed, expires_at) VALUES (\(account), \(sealed), \(end))")
    }

    func keptForm(of account: Account.ID, at now: Timestamp) throws -> [UInt8]? {
        try first("SELECT sealed FROM kept_form WHERE account_id = \(account) AND expires_at > \(now)")
            .map { try $0.get("sealed") }
    }

    func forgetKeptForm(of account: Account.ID) throws {
        try execute("DELETE FROM kept_form WHERE account_id = \(account)")
    }

    func forgetKeptForms(at now: Timestamp) throws {
        try execute("DELETE FROM kept_form WHERE expires_at <= \(now)")
    }
}
