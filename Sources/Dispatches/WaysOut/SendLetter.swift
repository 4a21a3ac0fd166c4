public import Access
public import Documents
import Storage

/// A document that was sent and also goes, or went, on paper.
public struct SentLetter: Sendable {
    /// Nil: of somebody without an account.
    public let accountID: Account.ID?
    public let addressee: PostAddressee
    /// Whether it is in a file for the printers.
    public let isExported: Bool
    /// Since when it waits, or when it was exported.
    public let at: Timestamp

    public init(accountID: Account.ID?, addressee: PostAddressee, isExported: Bool, at: Timestamp) {
        self.accountID = accountID
        self.addressee = addressee
        self.isExported = isExported
        self.at = at
    }
}

extension DispatchActions {
    /// Puts a document that one's services sent in the queue of letters for one of its recipients, at the address that the
    /// directory has (PRO-22). Traced (dispatchPosted).
    /// - Throws: `ServiceRefusal.noService`, `ManualRefusal.notFound`, `.addressUnknown`, `.alreadyPosted`.
    public func sendLetter(_ id: Document.ID, to account: Account.ID, _ holder: Holder) async throws {
        try await actOn(id, .dispatchPosted, holder) { sent, transaction, now in
            guard sent.document.state == .current,
                sent.recipients.contains(where: { $0.dispatch.accountID == account })
            else { throw ManualRefusal.notFound }
            guard let addressee = try transaction.postAddressee(of: account) else {
                throw ManualRefusal.addressUnknown
            }
            let letter = try transaction.queueForPost(
                sent.document, for: account, to: addressee, .asked, key: "", by: holder.accountID,
                as: .person(holder), at: now)
            guard letter != nil else { throw ManualRefusal.alreadyPosted }
        }
    }
}
