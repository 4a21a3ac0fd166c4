import Access
import Storage

/// What the profile asks of the table of mail domains.
extension Transaction {
    /// Compared whole and in lower case: a sub-domain is an entry of its own.
    func standing(ofDomain domain: String) throws -> DomainStanding {
        let isSecured: Bool? = try first(
            "SELECT is_secured FROM secured_domain WHERE domain = \(domain)")?.get("is_secured")
        return isSecured.map { $0 ? .secured : .notSecured } ?? .unknown
    }

    /// Puts a domain before the portal team, once for each who asks.
    func askTeam(about domain: String, by asker: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO secured_domain_question (domain, asked_by, asked_at)
            VALUES (\(domain), \(asker), \(now)) ON CONFLICT (domain, asked_by) DO NOTHING
            """)
    }
}
