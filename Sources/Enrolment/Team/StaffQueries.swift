import Access
import Storage

/// All SQL that touches those who are to join the team.
extension Transaction {
    func insert(_ draft: StaffDraft, secret: [UInt8]?) throws {
        try execute(
            """
            INSERT INTO staff_draft (id, role, email, honorific, family_name, given_name, mobile, person_number,
              organisation, secret, created_at)
            VALUES (\(draft.id), \(draft.role), \(draft.email), \(draft.honorific), \(draft.familyName),
              \(draft.givenName), \(draft.mobile), \(draft.personNumber), \(draft.organisation), \(secret),
              \(draft.createdAt))
            """)
    }

    func staffDraft(_ id: StaffDraft.ID) throws -> StaffDraft? {
        try first("SELECT * FROM staff_draft WHERE id = \(id)").map(StaffDraft.init)
    }

    func draftSecret(_ id: StaffDraft.ID) throws -> [UInt8]? {
        try first("SELECT secret FROM staff_draft WHERE id = \(id)")?.get("secret")
    }

    func open(_ draft: StaffDraft.ID, as account: Account.ID) throws {
        try execute("UPDATE staff_draft SET account_id = \(account), secret = NULL WHERE id = \(draft)")
    }

    func deleteDraft(_ draft: StaffDraft.ID) throws {
        try execute("DELETE FROM staff_draft WHERE id = \(draft) AND account_id IS NULL")
    }

    /// Whether anybody can administer the portal.
    func hasAdministrator() throws -> Bool {
        try first(
            "SELECT 1 AS one FROM account WHERE role = 'portalAdmin' AND state IN ('active', 'emailUnconfirmed')"
        )
            != nil
    }

    /// The people of the team, by name.
    func teamMembers(limit: Int) throws -> [TeamMember] {
        try query(
            """
            SELECT account.id, account.honorific, account.given_name, account.family_name, account.role,
              account.state, staff_member.person_number, staff_member.organisation
            FROM account LEFT JOIN staff_member ON staff_member.account_id = account.id
            WHERE account.role IN ('registrar', 'portalAdmin', 'serviceMember') AND account.state <> 'closed'
            ORDER BY account.family_name, account.given_name, account.id LIMIT \(limit)
            """
        ).map(TeamMember.init)
    }
}

extension StaffDraft {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        role = try row.get("role")
        email = try row.get("email")
        honorific = try row.get("honorific")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        mobile = try row.get("mobile")
        personNumber = try row.get("person_number")
        organisation = try row.get("organisation")
        createdAt = try row.get("created_at")
    }
}

extension TeamMember {
    init(_ row: SQLRow) throws {
        accountID = try row.get("id")
        let parts: [String] = [
            try row.get("honorific"), try row.get("given_name"), try row.get("family_name"),
        ]
        displayName = parts.filter { !$0.isEmpty }.joined(separator: " ")
        role = try row.get("role")
        state = try row.get("state")
        personNumber = try row.get("person_number", as: String?.self) ?? ""
        organisation = try row.get("organisation", as: String?.self) ?? ""
    }
}
