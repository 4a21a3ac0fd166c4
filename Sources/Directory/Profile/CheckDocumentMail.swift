public import Access
import Storage

/// What the table of the portal team says of a mail domain (requirements 5.5).
public enum DomainStanding: Sendable, Equatable {
    case secured, notSecured
    /// Nobody has said yet: not accepted, and a question to the team.
    case unknown
}

extension DirectoryActions {
    /// What a form may say of an address while it is being typed. Decides nothing and leaves no question: the saving
    /// checks again.
    /// - Throws: `ProfileRefusal.invalid` for what is no address.
    public func standing(ofDocumentMail typed: String, _ holder: Holder) async throws -> DomainStanding {
        let now = clock.now()
        return try await database.read { transaction in
            _ = try transaction.ownProfile(holder, at: now)
            var faults = FaultCollector()
            let address = faults.read { () throws(FieldFault) in
                try FieldRules.email(typed, .documentEmail, isRequired: true)
            }
            guard let address else { throw faults.refusal }
            return try transaction.standing(ofDomain: EmailAddress.domain(of: address))
        }
    }

    /// Puts an unknown domain before the portal team, in a transaction of its own: the saving it came from was refused.
    func ask(about domain: String, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            try transaction.askForDomain(domain, by: holder.accountID.rawValue, at: now)
            try transaction.record(
                AuditEntry(.domainAsked, object: AuditObject(kind: "mailDomain", id: domain)),
                by: .person(holder), at: now)
        }
    }
}
