public import Access
import Storage

/// Why a document did not reach its recipient by the way it was sent, and when the portal knew.
public struct Setback: Sendable, Equatable {
    /// Of a mail or a letter. The code stands in the table and in the trail.
    public enum Cause: Sendable, Equatable {
        case addressMissing
        /// Nobody says, any more, that its domain is secured.
        case unsecuredAddress
        /// The recipient wants his documents in another way since.
        case otherPreference
        /// The relay refused it for ever, or did not take it in time.
        case notAccepted
        /// The other side's mail system gave it back: its enhanced status, «5.1.1».
        case returned(status: String)
        /// The account was suspended or closed before it left: a disclosure to it is not allowed any more.
        case unavailable
        /// A newer version took its place before it left.
        case replaced
        /// It was taken back before it left.
        case withdrawn
        /// Somebody took the letter out of the queue, or the portal did because it was not current any more.
        case letterCancelled
        /// Kept before causes were.
        case unknown

        var code: String {
            switch self {
            case .addressMissing: "addressMissing"
            case .unsecuredAddress: "unsecuredAddress"
            case .otherPreference: "otherPreference"
            case .notAccepted: "notAccepted"
            case .returned(let status): "returned:\(status)"
            case .unavailable: "unavailable"
            case .replaced: "replaced"
            case .withdrawn: "withdrawn"
            case .letterCancelled: "letterCancelled"
            case .unknown: "unknown"
            }
        }

        /// What `code` says; `unknown` for anything else.
        init(code: String?) {
            let simple: [Cause] = [
                .addressMissing, .unsecuredAddress, .otherPreference, .notAccepted, .unavailable, .replaced,
                .withdrawn, .letterCancelled,
            ]
            guard let code else {
                self = .unknown
                return
            }
            let mark = "returned:"
            self =
                code.utf8.starts(with: mark.utf8)
                ? .returned(status: String(code.utf8.dropFirst(mark.utf8.count)) ?? "")
                : simple.first { $0.code == code } ?? .unknown
        }
    }

    public let cause: Cause
    public let at: Timestamp

    public init(_ cause: Cause, at: Timestamp) {
        self.cause = cause
        self.at = at
    }

    /// Of a letter otherwise.
    public var isOfMail: Bool { cause != .letterCancelled }
}

extension Setback {
    /// What the joined rows of a delivery say of its mail and its letter: since when one of them waits, when it left, and what
    /// went wrong.
    init?(_ row: SQLRow) throws {
        let mail: SecuredMail.State? = try row.get("mail_state")
        let letter: PostItem.State? = try row.get("letter_state")
        if let mail, [.fellBack, .cancelled].contains(mail),
            let at: Timestamp = try row.get("mail_settled_at")
        {
            self.init(Cause(code: try row.get("mail_reason")), at: at)
        } else if let letter, [.cancelled, .dropped].contains(letter),
            let at: Timestamp = try row.get("letter_settled_at")
        {
            self.init(.letterCancelled, at: at)
        } else {
            return nil
        }
    }
}
