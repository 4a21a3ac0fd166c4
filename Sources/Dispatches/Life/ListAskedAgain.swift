public import Access
public import Documents
import Storage

extension DispatchActions {
    /// The wishes for a new release, for the people of the hospital who send: the oldest first. Reading them is
    /// traced.
    /// - Parameter isSettled: those that somebody has done with, the newest first.
    /// - Throws: `AccessRefusal` for everybody else.
    public func askedAgain(isSettled: Bool = false, _ holder: Holder) async throws -> [AskedAgain] {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, as: [.serviceMember], at: now)
            let wishes = try transaction.askedAgain(
                isSettled: isSettled, limit: LifeRules.shownRequests)
            try transaction.record(
                AuditEntry(.documentSearched, detail: "askedAgain"), by: .person(holder), at: now)
            return wishes
        }
    }

    /// Says that a wish is done with: the document was sent again, or will not be.
    /// - Throws: `DispatchRefusal.notFound` when it does not wait; `AccessRefusal`.
    public func settleAskedAgain(
        _ document: Document.ID, for recipient: Account.ID, _ holder: Holder
    ) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.serviceMember], at: now)
            guard try transaction.settleAskedAgain(document, for: recipient, by: holder.accountID, at: now)
            else { throw DispatchRefusal.notFound }
            try transaction.record(
                AuditEntry(
                    .documentAskedAgain, object: AuditObject(kind: "document", id: document.rawValue),
                    detail: "settled recipient=\(recipient.rawValue)"), by: .person(holder), at: now)
        }
    }
}
