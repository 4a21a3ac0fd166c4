import Access
import Storage

/// What the profile asks of the table of mail domains.
extension Transaction {
    /// Compared whole and in lower case: a sub-domain is an entry of its own.
    func standing(ofDomain domain: String) throws -> DomainStanding {
        try mailDomain(domain).map { $0.isSecured ? .secured : .notSecured } ?? .unknown
    }
}
