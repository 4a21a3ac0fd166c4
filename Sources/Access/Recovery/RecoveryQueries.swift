import Storage

/// All SQL that touches proposals to take factors away, and numbers that are being confirmed.
extension Transaction {
    func insertFactorReset(
        _ id: FactorReset.ID, of account: Account.ID, by proposer: Account.ID, at now: Timestamp,
        expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO factor_reset (id, account_id, proposed_by, proposed_at, expires_at)
            VALUES (\(id), \(account), \(proposer), \(now), \(expires))
            """)
    }

    private func isOpen(at now: Timestamp) -> SQLText {
        "approved_at IS NULL AND withdrawn_at IS NULL AND expires_at > \(now)"
    }

    /// When the open proposal about an account was made.
    func openFactorReset(of account: Account.ID, at now: Timestamp) throws -> Timestamp? {
        try first(
            """
            SELECT proposed_at FROM factor_reset WHERE account_id = \(account) AND \(sql: isOpen(at: now))
            """
        )?.get("proposed_at")
    }

    func openFactorReset(_ id: FactorReset.ID, at now: Timestamp, delayHours: Int) throws -> FactorReset? {
        try first("SELECT * FROM factor_reset WHERE id = \(id) AND \(sql: isOpen(at: now))")
            .map { try FactorReset($0, delayHours: delayHours) }
    }

    func openFactorResets(at now: Timestamp, delayHours: Int) throws -> [FactorReset] {
        try query(
            "SELECT * FROM factor_reset WHERE \(sql: isOpen(at: now)) ORDER BY proposed_at, id LIMIT 200"
        ).map { try FactorReset($0, delayHours: delayHours) }
    }

    /// - Returns: true exactly once for each proposal.
    func approveFactorReset(_ id: FactorReset.ID, by approver: Account.ID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE factor_reset SET approved_by = \(approver), approved_at = \(now)
            WHERE id = \(id) AND \(sql: isOpen(at: now))
            """) == 1
    }

    func withdrawFactorResets(of account: Account.ID, at now: Timestamp) throws -> Int {
        try execute(
            """
            UPDATE factor_reset SET withdrawn_at = \(now)
            WHERE account_id = \(account) AND \(sql: isOpen(at: now))
            """)
    }

    /// A number and its code; one that was begun before for the account is forgotten.
    func insertNewMobile(
        _ id: NewMobile.ID, _ mobile: String, of account: Account.ID, hash: [UInt8], by holder: Account.ID,
        at now: Timestamp, expires: Timestamp
    ) throws {
        try execute("DELETE FROM new_mobile WHERE account_id = \(account) AND confirmed_at IS NULL")
        try execute(
            """
            INSERT INTO new_mobile (id, account_id, mobile, code_hash, begun_by, created_at, expires_at)
            VALUES (\(id), \(account), \(mobile), \(hash), \(holder), \(now), \(expires))
            """)
    }

    /// Counts a try.
    /// - Returns: nil when there are no more, or nothing waits.
    func countNewMobileTry(_ id: NewMobile.ID, by holder: Account.ID, limit: Int, at now: Timestamp) throws
        -> NewMobile?
    {
        try first(
            """
            UPDATE new_mobile SET tries = tries + 1
            WHERE id = \(id) AND begun_by = \(holder) AND confirmed_at IS NULL AND expires_at > \(now)
              AND tries < \(limit)
            RETURNING id, account_id, mobile, code_hash, begun_by
            """
        ).map(NewMobile.init)
    }

    /// - Returns: true exactly once.
    func confirmNewMobile(_ id: NewMobile.ID, at now: Timestamp) throws -> Bool {
        try execute("UPDATE new_mobile SET confirmed_at = \(now) WHERE id = \(id) AND confirmed_at IS NULL")
            == 1
    }

    func newMobileOwner(_ id: NewMobile.ID) throws -> Account.ID? {
        try first("SELECT account_id FROM new_mobile WHERE id = \(id)")?.get("account_id")
    }

    /// The number that is being confirmed by its holder.
    func begunMobile(of account: Account.ID, by holder: Account.ID, at now: Timestamp) throws -> NewMobile? {
        try first(
            """
            SELECT id, account_id, mobile, code_hash, begun_by FROM new_mobile
            WHERE account_id = \(account) AND begun_by = \(holder) AND confirmed_at IS NULL
              AND expires_at > \(now)
            """
        ).map(NewMobile.init)
    }

    /// Proposals that came to nothing or are done, and numbers, after the time for which the trail alone tells.
    func forgetRecoveries(before: Timestamp) throws {
        try execute("DELETE FROM factor_reset WHERE expires_at < \(before)")
        try execute("DELETE FROM new_mobile WHERE expires_at < \(before)")
    }
}
