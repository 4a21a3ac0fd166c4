public import Storage

/// All SQL that touches `account`.
extension Transaction {
    private var accountColumns: SQLText { "id, \(sql: accountColumnsWithoutID)" }

    /// What `Account.init` reads but for the identifier, which has another name in a join.
    var accountColumnsWithoutID: SQLText {
        """
        email, honorific, family_name, given_name, role, state, mobile, code_channel,
        last_signed_in_at, previous_signed_in_at
        """
    }

    /// The account with this address, in its normal form.
    public func account(email: String) throws -> Account? {
        try first("SELECT \(sql: accountColumns) FROM account WHERE email = \(email)").map(Account.init)
    }

    /// The account itself, for features that have confirmed who asks.
    public func account(_ id: Account.ID) throws -> Account? {
        try first("SELECT \(sql: accountColumns) FROM account WHERE id = \(id)").map(Account.init)
    }

    func passwordHash(of id: Account.ID) throws -> String? {
        try first("SELECT password_hash FROM account WHERE id = \(id)")?.get("password_hash")
    }

    func insert(_ account: Account, passwordHash: String?, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO account (id, email, honorific, family_name, given_name, role, state, password_hash,
              mobile, code_channel, created_at)
            VALUES (\(account.id), \(account.email), \(account.honorific), \(account.familyName),
              \(account.givenName), \(account.role), \(account.state), \(passwordHash), \(account.mobile),
              \(account.codeChannel), \(now))
            """)
    }

    func setPasswordHash(_ hash: String, of id: Account.ID) throws {
        try execute("UPDATE account SET password_hash = \(hash) WHERE id = \(id)")
    }

    /// What its holder may change of his name by himself (PRO-05).
    public func setHonorific(_ honorific: String, of id: Account.ID) throws {
        try execute("UPDATE account SET honorific = \(honorific) WHERE id = \(id)")
    }

    /// A name that was proved: only after a second person has agreed.
    public func setName(family: String, given: String, of id: Account.ID) throws {
        try execute(
            "UPDATE account SET family_name = \(family), given_name = \(given) WHERE id = \(id)")
    }

    /// A number that was confirmed, and codes go there from now on; nil takes it away.
    func setMobile(_ mobile: String?, of id: Account.ID) throws {
        try execute("UPDATE account SET mobile = \(mobile) WHERE id = \(id)")
        if mobile != nil { try execute("UPDATE account SET code_channel = 'sms' WHERE id = \(id)") }
    }

    func setState(_ state: Account.State, of id: Account.ID) throws {
        try execute("UPDATE account SET state = \(state) WHERE id = \(id)")
    }

    /// - Returns: false when it is in another state than the one given.
    func change(_ old: Account.State, to new: Account.State, of id: Account.ID) throws -> Bool {
        try execute("UPDATE account SET state = \(new) WHERE id = \(id) AND state = \(old)") == 1
    }

    func noteSignIn(of id: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE account SET previous_signed_in_at = last_signed_in_at, last_signed_in_at = \(now)
            WHERE id = \(id)
            """)
    }

    /// Names of accounts by identifier, for lists of accesses.
    public func displayNames(of ids: [Account.ID]) throws -> [Account.ID: String] {
        try accounts(ids).mapValues(\.displayName)
    }

    /// The same in short, «S. Rochat», for lists.
    public func shortNames(of ids: [Account.ID]) throws -> [Account.ID: String] {
        try accounts(ids).mapValues(\.shortName)
    }

    private func accounts(_ ids: [Account.ID]) throws -> [Account.ID: Account] {
        guard !ids.isEmpty else { return [:] }
        let rows = try query("SELECT \(sql: accountColumns) FROM account WHERE id IN (\(list: ids))")
        return Dictionary(try rows.map { try Account($0) }.map { ($0.id, $0) }) { first, _ in first }
    }
}

extension Account {
    init(_ row: SQLRow) throws { try self.init(row, id: "id") }

    /// - Parameter id: the name of the column that holds the identifier.
    init(_ row: SQLRow, id column: String) throws {
        id = try row.get(column)
        email = try row.get("email")
        honorific = try row.get("honorific")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        role = try row.get("role")
        state = try row.get("state")
        mobile = try row.get("mobile")
        codeChannel = try row.get("code_channel")
        lastSignedInAt = try row.get("last_signed_in_at")
        previousSignedInAt = try row.get("previous_signed_in_at")
    }
}
