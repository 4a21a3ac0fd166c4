public import Access
import Directory
public import Documents
import Storage

/// A document that was sent and also goes, or went, on paper.
public struct SentLetter: Sendable {
    /// Nil: of somebody without an account.
    public let accountID: Account.ID?
    public let addressee: PostAddressee
    public let state: PostItem.State
    /// Since when it waits, or when it was exported, cancelled or dropped.
    public let at: Timestamp

    public init(accountID: Account.ID?, addressee: PostAddressee, state: PostItem.State, at: Timestamp) {
        self.accountID = accountID
        self.addressee = addressee
        self.state = state
        self.at = at
    }

    /// It waits for the printers, or went there.
    public var isOnItsWay: Bool { state == .waiting || state == .exported }
}

extension DispatchActions {
    /// Puts a document that one's services sent in the queue of letters for one of its recipients, at the address that the
    /// directory has (PRO-22). Traced (dispatchPosted).
    /// - Throws: `ServiceRefusal.noService`, `ManualRefusal.lettersClosed`, `.notFound`, `.addressUnknown`, `.alreadyPosted`;
    ///   `DispatchRefusal.denied` when the patient has refused since.
    public func sendLetter(_ id: Document.ID, to account: Account.ID, _ holder: Holder) async throws {
        let isOpen = waysOut.postsByHand
        try await actOn(id, .dispatchPosted, holder) { sent, transaction, now in
            guard isOpen else { throw ManualRefusal.lettersClosed }
            guard sent.document.state == .current, sent.dispatch(to: account) != nil else {
                throw ManualRefusal.notFound
            }
            guard let addressee = try transaction.postAddressee(of: account),
                let gln = try transaction.recipient(account: account)?.practitioner.gln
            else { throw ManualRefusal.addressUnknown }
            try transaction.confirmNotDenied(sent, gln, at: now)
            let letter = try transaction.queueForPost(
                sent.document, for: account, to: addressee, .asked, key: "", by: holder.accountID,
                as: .person(holder), at: now)
            guard letter != nil else { throw ManualRefusal.alreadyPosted }
        }
    }
}
