public import Access
public import Documents
public import Storage

/// What a `securedMail` job carries.
public struct SecuredMailJob: Codable, Sendable {
    public let token: String
    public static let outboxKind = "securedMail"
}

/// A document on its way to a secured mailbox, by the recipient's own choice (PRO-21, DOC-06).
public struct SecuredMail: Sendable {
    public enum State: String, Sendable, SQLBindable, SQLDecodable {
        case waiting
        /// Handed to the relay; it may still come back.
        case sent
        /// The other side's mail system said that it has it.
        case delivered
        /// It did not get there: the document is in the portal.
        case fellBack
        /// It did not leave, or came back too late: the document reached nobody.
        case cancelled
    }

    /// 32 hexadecimal digits, in the Message-ID and the return address: who knows it has seen the mail.
    public let token: String
    public let documentID: Document.ID
    public let accountID: Account.ID
    public let state: State
}

/// Everything that one mail needs.
public struct DueSecuredMail: Sendable {
    public let token: String
    public let address: String
    public let file: [UInt8]
    /// Of the receiver's choice, ISO 639.
    public let language: String
}
