/// Which events are news: for the system that sent a document, for those who read it, for who reads the directory.
/// What is about a patient is news of each of his documents, which name him.
enum DocumentNews {
    /// What becomes of a document (DPI-07): its sender is told, whoever did it.
    static let forSender: Set<AuditEventKind> = [
        .documentPublished, .documentReplaced, .documentWithdrawn, .documentExpired, .lifetimeExtended,
        .documentAskedAgain, .noticeSent, .documentOpened, .documentDownloaded, .documentPrinted,
        .documentExported, .dispatchMailed, .mailReturned, .dispatchPosted, .dispatchFellBack,
        .dispatchCancelled,
    ]

    /// What changes a document for those who may read it: what another reader does is none of their business.
    static let forReaders: Set<AuditEventKind> = [
        .documentPublished, .documentReplaced, .documentWithdrawn, .dispatchFellBack,
    ]

    /// What changes the patient whom documents are about: another number, a corrected name.
    static let forPatient: Set<AuditEventKind> = [.patientChanged, .patientMerged]

    /// What changes somebody in the directory that the hospital reads.
    static let forDirectory: Set<AuditEventKind> = [
        .accountCreated, .accountStateChanged, .profileChanged, .nameChangeDecided, .mobileChanged,
        .identityVerified, .actApproved, .factorAdded, .factorRemoved, .factorsReset,
    ]

    /// In the detail of an event: the account that it concerns, when it concerns one recipient.
    static let recipientMark = "recipient="

    static func recipient(in detail: String?) -> String? {
        (detail ?? "").split(separator: " ").first { $0.utf8.starts(with: recipientMark.utf8) }
            .map { String($0.dropFirst(recipientMark.count)) }
    }
}

/// The trace of a document on its way to the hospital's record system: one job for each event. It carries nothing but
/// the number of the event, which is looked up when it is sent.
public enum RecordFeedJob {
    public static let outboxKind = "recordFeed"
    /// For so long an event waits for a record system that is away; then it is given up, and can still be polled.
    public static let days = 14

    static func key(_ event: Int64) -> String { "\(outboxKind):\(event)" }

    /// The number of the event in a payload.
    public static func event(in payload: [UInt8]) -> Int64? {
        Int64(String(decoding: payload, as: UTF8.self))
    }
}

extension AuditRecord {
    /// The account of the recipient whom the event concerns, when it concerns one of several.
    public var recipientID: Account.ID? {
        DocumentNews.recipient(in: detail).map(Account.ID.init(rawValue:))
    }
}
