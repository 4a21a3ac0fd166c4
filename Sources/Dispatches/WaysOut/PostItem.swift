public import Access
import Directory
public import Documents
public import Storage

/// A document that goes to somebody on paper, and how far it has come.
public struct PostItem: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public enum Reason: String, Sendable, SQLBindable, SQLDecodable {
        /// The recipient can be reached by no electronic way.
        case noElectronicWay
        /// It stayed unread in the portal for as many days as the institution allows.
        case unreadDays
        /// Somebody at the hospital asked for paper.
        case asked
    }

    public enum State: String, Sendable, SQLBindable, SQLDecodable {
        /// Can be cancelled.
        case waiting
        /// In a file for the printers; can be exported again.
        case exported
        case cancelled
        /// Opened in the portal meanwhile, or not to be read any more.
        case dropped
    }

    public let id: ID
    public let document: Document
    public let patient: Patient
    /// Nil: of somebody without an account.
    public let accountID: Account.ID?
    public let addressee: PostAddressee
    public let reason: Reason
    public let state: State
    public let queuedAt: Timestamp
    public let settledAt: Timestamp?
    /// The export that it went out with.
    public let exportID: String?
}

/// The lines of an address, the name first: as they are printed.
public struct PostAddressee: Sendable, Equatable {
    public let lines: [String]

    /// - Parameter lines: two to eight, of at most 100 characters; spaces around are trimmed, empty ones left out.
    /// - Returns: nil for too few or too many, or for what is no line of text.
    public init?(lines: [String]) {
        let trimmed = lines.map { line in
            line.unicodeScalars.split { $0.properties.isWhitespace && $0 != "\n" && $0 != "\r" }
                .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
        }.filter { !$0.isEmpty }
        guard (2...8).contains(trimmed.count),
            trimmed.allSatisfy({ line in
                line.unicodeScalars.count <= 100
                    && line.unicodeScalars.allSatisfy {
                        $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
                    }
            })
        else { return nil }
        self.lines = trimmed
    }

    /// A professional at the first of his addresses: the one for paper, if he chose one.
    init?(name: String, practice: String, _ address: PostalAddress) {
        let place = "\(address.postalCode) \(address.city)"
        self.init(
            lines: [
                name, address.recipient.isEmpty ? practice : address.recipient, address.street,
                address.country == "CH" ? place : "\(address.country)-\(place)",
            ])
    }

    var text: String { lines.joined(separator: "\n") }
}

/// What a look at the queue changed.
public struct PostQueueChange: Sendable, Equatable {
    /// Documents that had stayed unread.
    public var queued: Int
    /// Letters that are of no use any more.
    public var dropped: Int
}

/// Figures of the queue.
public enum PostLimits {
    /// Letters of one export.
    public static let perExport = 200
    /// How long contents are kept for letters that wait, in days.
    public static let waitingDays = 100
    /// How long after an export it can be made again, in days.
    public static let againDays = 30
    /// Letters shown at a time.
    public static let shown = 200
    /// For how long after its time an unread document can still be queued, in days.
    static let unreadDays = 30
    /// Documents shown for which no address is known.
    static let unaddressed = 50
}
