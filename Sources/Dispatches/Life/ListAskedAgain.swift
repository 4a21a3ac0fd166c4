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

    /// How many wait for one's services: a number for the frame of the pages, 0 for who is a member of none.
    public func waitingWishes(_ holder: Holder) async throws -> Int {
        let now = clock.now()
        return try await database.read { transaction in
            do {
                return try transaction.countAskedAgain(
                    followedBy: transaction.confirmService(holder, at: now))
            } catch is any Refusal { return 0 }
        }
    }

    /// Those that nobody of a service sees, counted by service: for the portal team, who can see to it that somebody
    /// does. Tells no recipient, no patient and no document.
    /// - Throws: `AccessRefusal`.
    public func unfollowedWishes(_ holder: Holder) async throws -> [UnfollowedWishes] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            return try transaction.unfollowedWishes(limit: LifeRules.shownRequests)
        }
    }

    /// Answers a wish: the document was sent again, or will not be. The reason is for the reader only: the trail keeps
    /// none of its words.
    /// - Throws: `DispatchRefusal.notFound` when it does not wait, or is another service's; `AccessRefusal`.
    public func settleAskedAgain(
        _ document: Document.ID, for recipient: Account.ID, _ answer: RenewalAnswer,
        reason: RenewalReason, _ holder: Holder
    ) async throws {
        let now = clock.now()
        try await database.write { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            guard document.rawValue.isIdentifier, recipient.rawValue.isIdentifier,
                try transaction.document(document, followedBy: viewer) != nil,
                try transaction.settleAskedAgain(
                    document, for: recipient, answer, reason, by: holder.accountID, at: now)
            else { throw DispatchRefusal.notFound }
            try transaction.record(
                AuditEntry(
                    .documentAskedAgain, object: AuditObject(kind: "document", id: document.rawValue),
                    detail: "settled answer=\(answer.rawValue) recipient=\(recipient.rawValue)"),
                by: .person(holder), at: now)
        }
    }
}
