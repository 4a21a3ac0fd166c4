import Access
import Storage

/// All SQL that touches requests for another name.
extension Transaction {
    func waitingNameChange(of id: Account.ID) throws -> NameChange? {
        try first("SELECT * FROM name_change WHERE account_id = \(id) AND state = 'waiting'").map(
            NameChange.init)
    }

    func nameChange(_ id: NameChange.ID) throws -> NameChange? {
        try first("SELECT * FROM name_change WHERE id = \(id)").map(NameChange.init)
    }

    /// Those that wait, the oldest first.
    func waitingNameChanges(limit: Int) throws -> [NameChange] {
        try query(
            "SELECT * FROM name_change WHERE state = 'waiting' ORDER BY requested_at, id LIMIT \(limit)"
        ).map(NameChange.init)
    }

    func insertNameChange(
        _ id: NameChange.ID, of account: Account.ID, family: String, given: String, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO name_change (id, account_id, family_name, given_name, requested_at, state)
            VALUES (\(id), \(account), \(family), \(given), \(now), 'waiting')
            """)
    }

    /// Ends a request that waits.
    /// - Returns: false when it was ended before.
    @discardableResult
    func decide(_ id: NameChange.ID, _ state: NameChange.State, by person: Account.ID?, at now: Timestamp)
        throws
        -> Bool
    {
        try execute(
            """
            UPDATE name_change SET state = \(state), decided_by = \(person), decided_at = \(now)
            WHERE id = \(id) AND state = 'waiting'
            """) == 1
    }
}

extension NameChange {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        accountID = try row.get("account_id")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        requestedAt = try row.get("requested_at")
    }
}
