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
        /// There was nothing to send any more.
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

/// Why a document went to the portal in place of a mailbox. The raw value stands in the trail.
public enum FallBack: Sendable, Equatable {
    case addressMissing
    /// Nobody says, any more, that its domain is secured.
    case unsecuredAddress
    /// The recipient wants his documents in another way since.
    case otherPreference
    /// The relay took it for ever, or not in time.
    case notAccepted
    /// The other side's mail system gave it back: its enhanced status, «5.1.1».
    case returned(status: String)

    var code: String {
        switch self {
        case .addressMissing: "addressMissing"
        case .unsecuredAddress: "unsecuredAddress"
        case .otherPreference: "otherPreference"
        case .notAccepted: "notAccepted"
        case .returned(let status): "returned:\(status)"
        }
    }
}
