public import Access
public import Storage

/// All SQL that touches practitioners and secured domains.
extension Transaction {
    private var recipientQuery: SQLText {
        """
        SELECT practitioner.*, account.state, account.mobile, account.code_channel, account.last_signed_in_at,
          COALESCE(profession_rule.may_receive, TRUE) AS may_receive,
          COALESCE(profession_rule.withheld_types, '') AS withheld_types
        FROM practitioner JOIN account ON account.id = practitioner.account_id
        LEFT JOIN professional_identifier ON professional_identifier.account_id = practitioner.account_id
        LEFT JOIN profession_rule ON profession_rule.profession = professional_identifier.profession
        """
    }

    /// The recipient with this GLN, active or not.
    public func recipient(gln: GLN) throws -> Recipient? {
        try first("\(sql: recipientQuery) WHERE practitioner.gln = \(gln)").map(Recipient.init)
    }

    /// The recipient behind an account.
    public func recipient(account: Account.ID) throws -> Recipient? {
        try first("\(sql: recipientQuery) WHERE practitioner.account_id = \(account)").map(Recipient.init)
    }

    /// The GLN of those of these accounts that have one.
    public func glns(of accounts: [Account.ID]) throws -> [Account.ID: GLN] {
        guard !accounts.isEmpty else { return [:] }
        return try query(
            """
            SELECT account_id, gln FROM practitioner
            WHERE account_id IN (\(list: accounts)) AND gln IS NOT NULL
            """
        ).reduce(into: [:]) { $0[try $1.get("account_id")] = try $1.get("gln", as: GLN.self) }
    }

    /// Writes what is known of a recipient, and what he is found by.
    func save(_ practitioner: Practitioner) throws {
        try execute(
            """
            INSERT INTO practitioner (account_id, gln, profession, speciality, practice, locality,
              notification_email, notification_policy, delivery_mode, lifetime_days)
            VALUES (\(practitioner.accountID), \(practitioner.gln), \(practitioner.profession),
              \(practitioner.speciality), \(practitioner.practice), \(practitioner.locality),
              \(practitioner.notificationEmail), \(practitioner.notificationPolicy),
              \(practitioner.deliveryMode), \(practitioner.lifetimeDays))
            ON CONFLICT (account_id) DO UPDATE SET gln = excluded.gln, profession = excluded.profession,
              speciality = excluded.speciality, practice = excluded.practice, locality = excluded.locality,
              notification_email = excluded.notification_email,
              notification_policy = excluded.notification_policy, delivery_mode = excluded.delivery_mode,
              lifetime_days = excluded.lifetime_days
            """)
        try indexRecipient(practitioner.accountID)
    }

    func saveDomain(
        _ domain: String, isSecured: Bool, provenance: String, by person: String, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO secured_domain (domain, is_secured, provenance, decided_by, decided_at)
            VALUES (\(domain), \(isSecured), \(provenance), \(person), \(now))
            ON CONFLICT (domain) DO UPDATE SET is_secured = excluded.is_secured,
              provenance = excluded.provenance, decided_by = excluded.decided_by,
                decided_at = excluded.decided_at
            """)
    }
}

extension Recipient {
    init(_ row: SQLRow) throws {
        practitioner = Practitioner(
            accountID: try row.get("account_id"), gln: try row.get("gln"),
            profession: try row.get("profession"),
            speciality: try row.get("speciality"), practice: try row.get("practice"),
            locality: try row.get("locality"), notificationEmail: try row.get("notification_email"),
            notificationPolicy: try row.get("notification_policy"),
            deliveryMode: try row.get("delivery_mode"),
            lifetimeDays: try row.get("lifetime_days"))
        // what the institution does not let a profession receive is addressed to nobody of it (D45)
        let mayReceive: Bool = try row.get("may_receive")
        isActive = try row.get("state", as: Account.State.self) == .active && mayReceive
        withheldTypes = ProfessionRule.types(try row.get("withheld_types"))
        let mobile: String? = try row.get("mobile")
        canSignIn = try row.get("code_channel", as: Account.CodeChannel.self) == .email || mobile != nil
        lastSignedInAt = try row.get("last_signed_in_at")
    }
}
