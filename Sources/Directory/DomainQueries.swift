public import Access
public import Storage

/// What is known of a mail domain.
public struct MailDomain: Sendable {
    public let domain: String
    public let isSecured: Bool
    /// Who or what says so.
    public let provenance: String
    /// Who entered it.
    public let decidedBy: String
    public let decidedAt: Timestamp
}

/// A domain of which nobody has said anything yet, and how many asked.
public struct DomainQuestion: Sendable {
    public let domain: String
    public let askers: Int
    public let firstAskedAt: Timestamp
}

/// SQL on secured domains and the questions about them.
extension Transaction {
    /// What is known of a domain, compared whole and in lower case; nil: unknown, the team is to be asked.
    public func mailDomain(_ domain: String) throws -> MailDomain? {
        try first("SELECT * FROM secured_domain WHERE domain = \(domain)").map(MailDomain.init)
    }

    /// Puts a domain before the portal team.
    /// - Parameter asker: the account that asks, or the identifier of a request.
    public func askForDomain(_ domain: String, by asker: String, at now: Timestamp) throws {
        guard (1...253).contains(domain.utf8.count) else { return }
        try execute(
            """
            INSERT INTO secured_domain_question (domain, asked_by, asked_at) VALUES (\(domain), \(asker), \(now))
            ON CONFLICT (domain, asked_by) DO NOTHING
            """)
    }

    /// All domains that were decided, by name.
    func mailDomains(limit: Int) throws -> [MailDomain] {
        try query("SELECT * FROM secured_domain ORDER BY domain LIMIT \(limit)").map(MailDomain.init)
    }

    /// Domains that wait for an answer, the oldest question first.
    func domainQuestions(limit: Int) throws -> [DomainQuestion] {
        try query(
            """
            SELECT domain, COUNT(*) AS askers, MIN(asked_at) AS first_asked_at FROM secured_domain_question
            GROUP BY domain ORDER BY MIN(asked_at), domain LIMIT \(limit)
            """
        ).map {
            DomainQuestion(
                domain: try $0.get("domain"), askers: try $0.get("askers"),
                firstAskedAt: try $0.get("first_asked_at"))
        }
    }

    /// How many domains wait for an answer.
    public func countDomainQuestions() throws -> Int {
        try first("SELECT COUNT(DISTINCT domain) AS n FROM secured_domain_question")?.get("n") ?? 0
    }

    func forgetQuestions(about domain: String) throws {
        try execute("DELETE FROM secured_domain_question WHERE domain = \(domain)")
    }
}

extension MailDomain {
    init(_ row: SQLRow) throws {
        domain = try row.get("domain")
        isSecured = try row.get("is_secured")
        provenance = try row.get("provenance")
        decidedBy = try row.get("decided_by")
        decidedAt = try row.get("decided_at")
    }
}
