import Access
public import Storage

/// All SQL that touches the registers.
extension Transaction {
    /// What all registers say of a GLN.
    public func registerEntries(gln: GLN) throws -> [RegisterEntry] {
        try query("SELECT * FROM register_entry WHERE gln = \(gln) ORDER BY register").map(RegisterEntry.init)
    }

    func registerEntry(_ register: ProfessionalRegister, _ gln: GLN) throws -> RegisterEntry? {
        try first("SELECT * FROM register_entry WHERE register = \(register) AND gln = \(gln)")
            .map(RegisterEntry.init)
    }

    func save(_ entry: RegisterEntry, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO register_entry (register, gln, family_name, given_name, birth_year, profession, specialities,
              licence, canton, street, postcode, locality, imported_at)
            VALUES (\(entry.register), \(entry.gln), \(entry.familyName), \(entry.givenName),
              \(entry.birthYear), \(entry.profession), \(entry.specialities), \(entry.licence),
              \(entry.canton), \(entry.street), \(entry.postcode), \(entry.locality), \(now))
            ON CONFLICT (register, gln) DO UPDATE SET family_name = excluded.family_name,
              given_name = excluded.given_name, birth_year = excluded.birth_year,
              profession = excluded.profession, specialities = excluded.specialities,
              licence = excluded.licence, canton = excluded.canton, street = excluded.street,
              postcode = excluded.postcode, locality = excluded.locality, imported_at = excluded.imported_at
            """)
    }

    /// Entries of a register that an import from `start` on did not bring, of people who have an account.
    func entriesGone(_ register: ProfessionalRegister, since start: Timestamp) throws -> [RegisterEntry] {
        try query(
            """
            SELECT register_entry.* FROM register_entry
            JOIN practitioner ON practitioner.gln = register_entry.gln
            WHERE register_entry.register = \(register) AND register_entry.imported_at < \(start)
            """
        ).map(RegisterEntry.init)
    }

    func removeEntries(_ register: ProfessionalRegister, before start: Timestamp) throws -> Int {
        try execute("DELETE FROM register_entry WHERE register = \(register) AND imported_at < \(start)")
    }

    func hasAccount(_ gln: GLN) throws -> Bool {
        try first("SELECT 1 AS one FROM practitioner WHERE gln = \(gln)") != nil
    }

    func insert(_ change: RegisterChange) throws {
        try execute(
            """
            INSERT INTO register_change (id, gln, field, old_value, new_value, seen_at)
            VALUES (\(change.id), \(change.gln), \(change.field), \(change.oldValue), \(change.newValue),
              \(change.seenAt))
            """)
    }

    /// Changes that nobody has looked at, the oldest first, with the holder's name.
    func openChanges(limit: Int) throws -> [RegisterChange] {
        try query(
            """
            SELECT register_change.*, account.id AS account_id, account.honorific, account.given_name,
              account.family_name
            FROM register_change
            JOIN practitioner ON practitioner.gln = register_change.gln
            JOIN account ON account.id = practitioner.account_id
            WHERE register_change.settled_at IS NULL
            ORDER BY register_change.seen_at, register_change.id LIMIT \(limit)
            """
        ).map(RegisterChange.init)
    }

    /// How many changes nobody has looked at.
    public func countRegisterChanges() throws -> Int {
        try first("SELECT COUNT(*) AS n FROM register_change WHERE settled_at IS NULL")?.get("n") ?? 0
    }

    func settle(_ id: String, by account: Account.ID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE register_change SET settled_at = \(now), settled_by = \(account)
            WHERE id = \(id) AND settled_at IS NULL
            """) == 1
    }
}

extension RegisterEntry {
    init(_ row: SQLRow) throws {
        register = try row.get("register")
        gln = try row.get("gln")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        birthYear = try row.get("birth_year")
        profession = try row.get("profession")
        specialities = try row.get("specialities")
        licence = try row.get("licence")
        canton = try row.get("canton")
        street = try row.get("street")
        postcode = try row.get("postcode")
        locality = try row.get("locality")
    }
}

extension RegisterChange {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        gln = try row.get("gln")
        field = try row.get("field")
        oldValue = try row.get("old_value")
        newValue = try row.get("new_value")
        seenAt = try row.get("seen_at")
        accountID = try row.get("account_id", as: Account.ID?.self)
        let parts: [String] = [
            try row.get("honorific"), try row.get("given_name"), try row.get("family_name"),
        ]
        holderName = parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
