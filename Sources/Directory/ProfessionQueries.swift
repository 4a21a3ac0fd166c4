public import Access
public import Storage

/// SQL on professions and professional identifiers.
extension Transaction {
    /// Professions to which no accounts are opened.
    public func closedProfessions() throws -> Set<Profession> {
        Set(
            try query("SELECT profession FROM profession_rule WHERE NOT may_ask").compactMap {
                Profession(rawValue: try $0.get("profession"))
            })
    }

    /// Whether documents may be addressed to a profession; yes where nothing is said.
    public func mayReceive(_ profession: Profession) throws -> Bool {
        try first("SELECT may_receive FROM profession_rule WHERE profession = \(profession)")?.get(
            "may_receive")
            ?? true
    }

    /// What the hospital has said of professions; nothing of the others.
    public func professionRules() throws -> [ProfessionRule] {
        try query("SELECT * FROM profession_rule").map {
            ProfessionRule(
                profession: try $0.get("profession"), mayAsk: try $0.get("may_ask"),
                mayReceive: try $0.get("may_receive"),
                withheldTypes: ProfessionRule.types(try $0.get("withheld_types")))
        }
    }

    func withhold(_ types: Set<String>, from profession: Profession) throws {
        try execute(
            """
            INSERT INTO profession_rule (profession, may_ask, may_receive, withheld_types)
            VALUES (\(profession), TRUE, TRUE, \(types.sorted().joined(separator: " ")))
            ON CONFLICT (profession) DO UPDATE SET withheld_types = excluded.withheld_types
            """)
    }

    func save(_ rule: ProfessionRule) throws {
        try execute(
            """
            INSERT INTO profession_rule (profession, may_ask, may_receive)
            VALUES (\(rule.profession), \(rule.mayAsk), \(rule.mayReceive))
            ON CONFLICT (profession) DO UPDATE SET may_ask = excluded.may_ask, may_receive = excluded.may_receive
            """)
    }

    /// Keeps the number of an account that is opened.
    public func insert(
        _ identifier: ProfessionalIdentifier, _ profession: Profession, wantsScreening: Bool,
        of account: Account.ID
    ) throws {
        try execute(
            """
            INSERT INTO professional_identifier (account_id, kind, value, profession, wants_screening)
            VALUES (\(account), \(identifier.kind), \(identifier.value), \(profession), \(wantsScreening))
            """)
    }

    /// The number under which an account is known; nil for accounts that were opened by a command.
    public func professionalIdentifier(of account: Account.ID) throws -> ProfessionalIdentifier? {
        guard
            let row = try first(
                "SELECT kind, value FROM professional_identifier WHERE account_id = \(account)")
        else { return nil }
        return ProfessionalIdentifier(kind: try row.get("kind"), stored: try row.get("value"))
    }

    /// The account that has a number, whichever way it was opened; nil for «none».
    public func account(of identifier: ProfessionalIdentifier) throws -> Account.ID? {
        guard identifier.kind != .none else { return nil }
        let row = try first(
            """
            SELECT account_id FROM professional_identifier
            WHERE kind = \(identifier.kind) AND value = \(identifier.value)
            """)
        if let row { return try row.get("account_id") }
        guard let gln = identifier.gln else { return nil }
        return try first("SELECT account_id FROM practitioner WHERE gln = \(gln)")?.get("account_id")
    }

    /// Makes a new account a recipient, with the preferences that everybody begins with.
    public func openPractitioner(
        _ account: Account.ID, gln: GLN?, profession: Profession, specialities: String, practice: String,
        email: String
    ) throws {
        try save(
            Practitioner(
                accountID: account, gln: gln, profession: profession.frenchName, speciality: specialities,
                practice: practice, locality: "", notificationEmail: email,
                notificationPolicy: .sinceLastSignIn, deliveryMode: .portal, lifetimeDays: 100))
    }
}
