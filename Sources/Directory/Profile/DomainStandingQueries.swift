public import Access
public import Storage

/// The mailbox for documents.
public enum DocumentMail: Sendable, Equatable {
    case missing
    /// Nobody says that its domain is secured.
    case unsecured
    case secured(String)
}

/// What the profile asks of the table of mail domains.
extension Transaction {
    /// Where documents go by mail, looked up again each time: what was secured when it was saved may not be today.
    public func documentMail(of account: Account.ID) throws -> DocumentMail {
        let address = try profileDetails(of: account).documentEmail
        guard !address.isEmpty else { return .missing }
        return try standing(ofDomain: EmailAddress.domain(of: address)) == .secured
            ? .secured(address) : .unsecured
    }

    /// Compared whole and in lower case: a sub-domain is an entry of its own.
    func standing(ofDomain domain: String) throws -> DomainStanding {
        try mailDomain(domain).map { $0.isSecured ? .secured : .notSecured } ?? .unknown
    }
}
