public import Access
import Documents

/// What the portal sends or makes outside of a request, as the portal team knows it: several kinds of jobs in one.
/// The raw value stands in addresses.
public enum TransmissionQueue: String, Sendable, CaseIterable {
    case codes
    case email
    case sms
    /// Documents to secured mailboxes.
    case securedMail = "hin"
    /// The trace of documents to the hospital's record system.
    case recordFeed = "dpi"
    /// Calls to programs of practices.
    case webhooks = "logiciels"
    case nationalRecord = "dep"
    case previews = "apercus"

    /// The kinds of its jobs. Those of requests for accounts are written by `Enrolment`, which this module does not know.
    public var kinds: [String] {
        switch self {
        case .codes: [CodeMessage.outboxKind]
        case .email:
            [NoticeJob.outboxKind, AccountNoticeJob.outboxKind, PasswordLinkJob.outboxKind, "enrolmentMail"]
        case .sms: [AccountNoticeJob.textKind, "controlCode"]
        case .securedMail: [SecuredMailJob.outboxKind]
        case .recordFeed: [RecordFeedJob.outboxKind]
        case .webhooks: [SubscriptionJob.outboxKind]
        case .nationalRecord: [RecordJob.outboxKind]
        case .previews: [PreviewJob.outboxKind]
        }
    }

    /// Whether something took the place of its jobs when they were given up: a document that could not be mailed is in
    /// the portal, and its recipient was told.
    public var hasOtherWay: Bool { self == .securedMail }

    static func of(kind: String) -> TransmissionQueue? { allCases.first { $0.kinds.contains(kind) } }
}

/// Why something did not go out, without the words of the other side: those may hold an address.
public enum TransmissionFault: Sendable, Equatable {
    /// The other side does not take it, and never will; its status.
    case refused(Int?)
    /// The other side is away or has no time; its status, if it gave one.
    case unreachable(Int?)
    /// The other side does not take our password, our certificate or our settings.
    case misconfigured(Int?)
    /// The address or number cannot be right.
    case badAddress
    /// The address of a program is one that must not be called.
    case addressNotAllowed
    case tooLate
    /// Its payload does not open: another key.
    case unreadable
    /// An older event of the same document waits.
    case notYet
    /// Nothing that is known by name.
    case other

    /// - Parameter reason: as the worker has written it: the case of an adapter's error, with its values.
    init(_ reason: String) {
        let name = reason.utf8.prefix { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ":") }
        switch String(decoding: name, as: UTF8.self) {
        case "refused", "notAccepted": self = .refused(Self.status(in: reason))
        case "unavailable": self = .unreachable(Self.status(in: reason))
        case "misconfigured": self = .misconfigured(Self.status(in: reason))
        case "invalidField", "invalidNumber", "addressMissing", "unsecuredAddress", "returned":
            self = .badAddress
        case "denied": self = .addressNotAllowed
        case "too late": self = .tooLate
        case "its payload does not open": self = .unreadable
        case "an older event of the document waits": self = .notYet
        default: self = .other
        }
    }

    /// Three digits after `status: ` or `status `.
    private static func status(in reason: String) -> Int? {
        let bytes = Array(reason.utf8.prefix(60))
        let word = Array("status".utf8)
        guard bytes.count > word.count,
            let at = (0..<(bytes.count - word.count)).first(where: {
                bytes[$0..<($0 + word.count)].elementsEqual(word)
            })
        else { return nil }
        let digits = bytes[(at + word.count)...].drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }
            .prefix { (0x30...0x39).contains($0) }
        guard digits.count == 3 else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}

/// Why a job is not done again.
public enum TransmissionRefusal: Refusal, Equatable {
    /// Unknown, forgotten, or not given up.
    case notFound
    /// Its content was wiped: a code, a link, a document whose time is over.
    case contentWiped
    case tooLate
    /// The document went another way when it was given up.
    case wentOtherWay

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .contentWiped, .tooLate, .wentOtherWay: .conflict
        }
    }

    public var rule: String {
        switch self {
        case .notFound: "transmission.notFound"
        case .contentWiped: "transmission.contentWiped"
        case .tooLate: "transmission.tooLate"
        case .wentOtherWay: "transmission.wentOtherWay"
        }
    }
}
