import Access
import Foundation
public import Storage

/// The SQL of the search for recipients.
extension Transaction {
    /// All professionals with a GLN that can be sent to or could be, up to `RecipientSearch.limit`; a region has a few
    /// thousand, and nothing else is looked through.
    public func recipients() throws -> [FoundRecipient] {
        try query(
            """
            SELECT practitioner.account_id, practitioner.gln, practitioner.profession, practitioner.speciality,
              practitioner.practice, practitioner.locality, practitioner.delivery_mode, account.honorific,
              account.family_name, account.given_name, account.state
            FROM practitioner JOIN account ON account.id = practitioner.account_id
            WHERE practitioner.gln IS NOT NULL AND account.state IN ('active', 'suspended')
            LIMIT \(RecipientSearch.limit)
            """
        ).map(FoundRecipient.init)
    }

    /// The professional with this GLN.
    public func foundRecipient(_ gln: GLN) throws -> FoundRecipient? {
        try first(
            """
            SELECT practitioner.account_id, practitioner.gln, practitioner.profession, practitioner.speciality,
              practitioner.practice, practitioner.locality, practitioner.delivery_mode, account.honorific,
              account.family_name, account.given_name, account.state
            FROM practitioner JOIN account ON account.id = practitioner.account_id
            WHERE practitioner.gln = \(gln)
            """
        ).map(FoundRecipient.init)
    }
}

extension FoundRecipient {
    init(_ row: SQLRow) throws {
        accountID = try row.get("account_id")
        gln = try row.get("gln")
        profession = try row.get("profession")
        speciality = try row.get("speciality")
        practice = try row.get("practice")
        locality = try row.get("locality")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        let honorific: String = try row.get("honorific")
        displayName = [honorific, givenName, familyName].filter { !$0.isEmpty }.joined(separator: " ")
        let state: Account.State = try row.get("state")
        let mode: Practitioner.DeliveryMode = try row.get("delivery_mode")
        isActive = state == .active
        takesDocuments = state == .active && mode != .none
    }
}
