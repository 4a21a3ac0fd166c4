import Storage

/// All SQL that touches `duty`.
extension Transaction {
    func hasDuty(_ duty: Duty, _ account: Account.ID) throws -> Bool {
        try first(
            """
            SELECT 1 AS one FROM duty
            WHERE account_id = \(account) AND duty = \(duty) AND approved_at IS NOT NULL
            """) != nil
    }

    /// A proposal again replaces one that waits; a duty that was given stays.
    func propose(
        _ duty: Duty, for account: Account.ID, by proposer: Account.ID, person: String, at now: Timestamp
    )
        throws
    {
        let none = ""
        try execute(
            """
            INSERT INTO duty (account_id, duty, proposed_by, proposer_person, proposed_at, approver_person)
            VALUES (\(account), \(duty), \(proposer), \(person), \(now), \(none))
            ON CONFLICT (account_id, duty) DO UPDATE SET proposed_by = excluded.proposed_by,
              proposer_person = excluded.proposer_person, proposed_at = excluded.proposed_at
            WHERE duty.approved_at IS NULL
            """)
    }

    /// By the operator, who is no account.
    func give(_ duty: Duty, to account: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO duty (account_id, duty, proposer_person, proposed_at, approver_person, approved_at)
            VALUES (\(account), \(duty), 'operator', \(now), 'command', \(now))
            ON CONFLICT (account_id, duty) DO UPDATE SET approved_at = COALESCE(duty.approved_at, \(now)),
              approver_person = 'command'
            """)
    }

    /// Of one that waits.
    func proposerPerson(of duty: Duty, for account: Account.ID) throws -> String? {
        try first(
            """
            SELECT proposer_person FROM duty
            WHERE account_id = \(account) AND duty = \(duty) AND approved_at IS NULL
            """)?.get("proposer_person")
    }

    func approve(
        _ duty: Duty, for account: Account.ID, by approver: Account.ID, person: String, at now: Timestamp
    )
        throws -> Bool
    {
        try execute(
            """
            UPDATE duty SET approved_by = \(approver), approver_person = \(person), approved_at = \(now)
            WHERE account_id = \(account) AND duty = \(duty) AND approved_at IS NULL
            """) == 1
    }

    func removeDuty(_ duty: Duty, of account: Account.ID) throws -> Bool {
        try execute("DELETE FROM duty WHERE account_id = \(account) AND duty = \(duty)") == 1
    }

    func dutyHolders(_ duty: Duty, seenBy holder: Holder) throws -> [DutyHolder] {
        try query(
            """
            SELECT account.id, account.honorific, account.given_name, account.family_name, account.email,
              duty.approved_at, duty.proposed_by
            FROM duty JOIN account ON account.id = duty.account_id
            WHERE duty.duty = \(duty) ORDER BY account.family_name, account.id LIMIT 100
            """
        ).map { row in
            let proposer: Account.ID? = try row.get("proposed_by")
            let id: Account.ID = try row.get("id")
            return DutyHolder(
                accountID: id,
                displayName: Account.name(
                    try row.get("honorific"), try row.get("given_name"), try row.get("family_name")),
                email: try row.get("email"), approvedAt: try row.get("approved_at"),
                isOwn: try proposer.map { try isSamePerson($0, holder.accountID) } ?? false
                    || isSamePerson(id, holder.accountID))
        }
    }
}
