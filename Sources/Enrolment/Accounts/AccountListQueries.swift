import Access
import Directory
import Storage

/// SQL that looks at accounts for the portal team.
extension Transaction {
    func accounts(matching words: String, state: Account.State?, after: Account?, limit: Int) throws
        -> [ListedAccount]
    {
        var condition: SQLText = "account.id <> ''"
        if !words.isEmpty {
            let pattern = "%" + Self.likePattern(words.lowercased()) + "%"
            let digits = String(decoding: words.utf8.filter { (0x30...0x39).contains($0) }, as: UTF8.self)
            condition = """
                \(sql: condition) AND (LOWER(account.family_name) LIKE \(pattern) ESCAPE '!'
                  OR LOWER(account.given_name || ' ' || account.family_name) LIKE \(pattern) ESCAPE '!'
                  OR account.email LIKE \(pattern) ESCAPE '!'
                  OR practitioner.gln = \(digits) OR professional_identifier.value = \(digits))
                """
        }
        if let state { condition = "\(sql: condition) AND account.state = \(state)" }
        if let after {
            condition = """
                \(sql: condition) AND (account.family_name > \(after.familyName)
                  OR (account.family_name = \(after.familyName) AND account.id > \(after.id)))
                """
        }
        return try query(
            """
            SELECT account.id, practitioner.practice, practitioner.gln, professional_identifier.value FROM account
            LEFT JOIN practitioner ON practitioner.account_id = account.id
            LEFT JOIN professional_identifier ON professional_identifier.account_id = account.id
            WHERE \(sql: condition) ORDER BY account.family_name, account.id LIMIT \(limit)
            """
        ).compactMap { row in
            let gln: String? = try row.get("gln")
            let value: String? = try row.get("value")
            return try account(try row.get("id")).map {
                ListedAccount(
                    account: $0, identifier: value == "0" ? "" : value ?? gln ?? "",
                    practice: try row.get("practice", as: String?.self) ?? "")
            }
        }
    }

    /// The signs that LIKE reads are taken as they are.
    private static func likePattern(_ text: String) -> String {
        text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
    }

    func teamMember(_ id: Account.ID) throws -> (personNumber: String, organisation: String)? {
        try first("SELECT person_number, organisation FROM staff_member WHERE account_id = \(id)").map {
            (try $0.get("person_number"), try $0.get("organisation"))
        }
    }

    func wantsScreening(_ id: Account.ID) throws -> Bool {
        try first("SELECT wants_screening FROM professional_identifier WHERE account_id = \(id)")?.get(
            "wants_screening") ?? false
    }

    func profession(of id: Account.ID) throws -> Profession? {
        try first("SELECT profession FROM professional_identifier WHERE account_id = \(id)").flatMap {
            Profession(rawValue: try $0.get("profession"))
        }
    }

    func insertReason(
        _ reason: String, of account: Account.ID, state: Account.State, by holder: Account.ID,
        at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO account_state_reason (id, account_id, state, reason, decided_by, decided_at)
            VALUES (\(RandomText.identifier()), \(account), \(state), \(reason), \(holder), \(now))
            """)
    }

    func reasons(of account: Account.ID, limit: Int) throws -> [StateReason] {
        try query(
            """
            SELECT * FROM account_state_reason WHERE account_id = \(account)
            ORDER BY decided_at DESC, id LIMIT \(limit)
            """
        ).map {
            StateReason(
                state: try $0.get("state"), reason: try $0.get("reason"), decidedBy: try $0.get("decided_by"),
                decidedAt: try $0.get("decided_at"))
        }
    }
}
