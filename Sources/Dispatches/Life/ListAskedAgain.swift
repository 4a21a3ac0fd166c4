public import Access
public import Documents
import Storage

extension DispatchActions {
    /// The wishes for a new release of what one's services sent, the oldest first. Reading them is traced.
    /// - Parameter isSettled: those that somebody has done with, the newest first.
    /// - Throws: `ServiceRefusal.noService`; `AccessRefusal` for everybody else.
    public func askedAgain(isSettled: Bool = false, _ holder: Holder) async throws -> [AskedAgain] {
        let now = clock.now()
        return try await database.write { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            let wishes = try transaction.askedAgain(
                isSettled: isSettled, followedBy: viewer, limit: LifeRules.shownRequests)
            try transaction.record(
                AuditEntry(.documentSearched, detail: "askedAgain"), by: .person(holder), at: now)
            return wishes
        }
    }

    /// Says that a wish is done with: the document was sent again, or will not be.
    /// - Throws: `DispatchRefusal.notFound` when it does not wait, or is another service's; `AccessRefusal`.
    public func settleAskedAgain(
        _ document: Document.ID, for recipient: Account.ID, _ holder: Holder
    ) async throws {
        let now = clock.now()
        try await database.write { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            guard document.rawValue.isIdentifier, recipient.rawValue.isIdentifier,
                try transaction.document(document, followedBy: viewer) != nil,
                try transaction.settleAskedAgain(document, for: recipient, by: holder.accountID, at: now)
            else { throw DispatchRefusal.notFound }
            try transaction.record(
                AuditEntry(
                    .documentAskedAgain, object: AuditObject(kind: "document", id: document.rawValue),
                    detail: "settled recipient=\(recipient.rawValue)"), by: .person(holder), at: now)
        }
    }
}
