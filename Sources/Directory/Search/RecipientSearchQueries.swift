import Access
import Storage

/// The SQL of searches for recipients by systems.
extension Transaction {
    /// Recipients that match, those who changed longest ago first.
    func recipients(_ filter: RecipientFilter, after: RecipientKey?, limit: Int) throws -> [ListedRecipient] {
        var condition: SQLText = "practitioner.gln IS NOT NULL"
        if let gln = filter.gln { condition = "\(sql: condition) AND practitioner.gln = \(gln)" }
        if let id = filter.accountID { condition = "\(sql: condition) AND practitioner.account_id = \(id)" }
        var place: SQLText = "recipient_change change"
        if let rarest = try rarest(of: filter.name, isName: true) {
            place = """
                \(sql: accountsFound(by: rarest, isName: true)) found
                JOIN recipient_change change ON change.account_id = found.account_id
                """
            condition = """
                \(sql: condition)\(sql: alsoFound(by: filter.name, but: rarest, isName: true))
                """
        }
        if let speciality = filter.speciality {
            condition = """
                \(sql: condition) AND EXISTS (SELECT 1 FROM practitioner_speciality own
                  WHERE own.account_id = practitioner.account_id AND own.code = \(speciality))
                """
        }
        if let locality = filter.locality {
            condition = "\(sql: condition) AND practitioner.locality = \(locality)"
        }
        if let isActive = filter.isActive {
            condition =
                isActive
                ? "\(sql: condition) AND account.state = 'active'"
                : "\(sql: condition) AND account.state <> 'active'"
        }
        if filter.listsEligibleOnly {
            condition = """
                \(sql: condition) AND account.state = 'active' AND practitioner.delivery_mode <> 'none'
                AND (account.code_channel = 'email' OR account.mobile IS NOT NULL)
                AND COALESCE(profession_rule.may_receive, TRUE) = TRUE
                """
        }
        if let changed = filter.changed {
            condition = """
                \(sql: condition) AND change.changed_at >= \(changed.from)
                AND change.changed_at < \(changed.until)
                """
        }
        if let after {
            condition = """
                \(sql: condition) AND (change.changed_at > \(after.at)
                  OR (change.changed_at = \(after.at) AND change.account_id > \(after.id)))
                """
        }
        let rows = try query(
            """
            SELECT practitioner.*, account.honorific, account.family_name, account.given_name, account.state,
              account.mobile, account.code_channel, change.changed_at,
              COALESCE(profession_rule.may_receive, TRUE) AS may_receive
            FROM \(sql: place)
            JOIN practitioner ON practitioner.account_id = change.account_id
            JOIN account ON account.id = change.account_id
            LEFT JOIN professional_identifier ON professional_identifier.account_id = practitioner.account_id
            LEFT JOIN profession_rule ON profession_rule.profession = professional_identifier.profession
            WHERE \(sql: condition)
            ORDER BY change.changed_at, change.account_id LIMIT \(limit)
            """)
        let specialities = try specialities(of: rows.map { try $0.get("account_id", as: Account.ID.self) })
        return try rows.map { row in
            try ListedRecipient(row, specialities[row.get("account_id")] ?? [])
        }
    }

    private func specialities(of accounts: [Account.ID]) throws -> [Account.ID: [Speciality]] {
        guard !accounts.isEmpty else { return [:] }
        return try query(
            """
            SELECT account_id, code FROM practitioner_speciality WHERE account_id IN (\(list: accounts))
            ORDER BY account_id, code
            """
        ).reduce(into: [:]) { found, row in
            guard let speciality = Speciality(code: try row.get("code")) else { return }
            found[try row.get("account_id"), default: []].append(speciality)
        }
    }
}

extension ListedRecipient {
    fileprivate init(_ row: SQLRow, _ specialities: [Speciality]) throws {
        accountID = try row.get("account_id")
        gln = try row.get("gln")
        honorific = try row.get("honorific")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        profession = try row.get("profession")
        self.specialities = specialities
        practice = try row.get("practice")
        locality = try row.get("locality")
        deliveryMode = try row.get("delivery_mode")
        lifetimeDays = try row.get("lifetime_days")
        changedAt = try row.get("changed_at")
        let state: Account.State = try row.get("state")
        let mobile: String? = try row.get("mobile")
        let mayReceive: Bool = try row.get("may_receive")
        isActive = state == .active
        let canSignIn = try row.get("code_channel", as: Account.CodeChannel.self) == .email || mobile != nil
        eligibility =
            if state != .active { .notActivated } else if !canSignIn {
                .noStrongAuthentication
            } else if deliveryMode == .none || !mayReceive { .deliveryOff } else { .eligible }
    }
}
