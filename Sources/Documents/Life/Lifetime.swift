public import Access
public import Storage

/// The figures of how long documents live in the portal (D15, D26).
public struct LifeRules: Sendable {
    /// How many days before the end a reader is warned: each once.
    public var warningDays = [14, 3]
    /// The longest life that a reader can give a document, from when he received it, in days.
    public var maximumDays = 365
    /// How many new releases one space may ask for within a day.
    public var askedAgainPerDay = 20

    public init() {}

    /// Readers whose life is ended in one transaction.
    static let batch = 200
    /// Requests for a new release shown at a time.
    public static let shownRequests = 200
}

/// Pure rules of the life of a document in a space.
enum Lifetime {
    /// The new end, if this reader extends the life now: once, by the lifetime of his preferences, at most to the
    /// longest life the institution allows.
    /// - Returns: nil when it was extended before, or is as long as it may be.
    static func extended(
        receivedAt: Timestamp, expiresAt: Timestamp, days: Int, isExtended: Bool, _ rules: LifeRules
    ) -> Timestamp? {
        guard !isExtended else { return nil }
        let end = min(expiresAt.adding(days: days), receivedAt.adding(days: rules.maximumDays))
        return end >= expiresAt.adding(days: 1) ? end : nil
    }
}

/// What the hospital's service answers to who asks for a new release.
public enum RenewalAnswer: String, Sendable, SQLBindable, SQLDecodable, CaseIterable {
    /// It was sent again, as a document of its own.
    case released
    case refused
}

/// What a service says to the reader with its answer: one line, nothing clinical.
public struct RenewalReason: Sendable, Equatable {
    public static let maximumLength = 200
    /// Nil when nothing was said.
    public let text: String?
    /// No words.
    public static let silent = RenewalReason(kept: nil)

    private init(kept text: String?) { self.text = text }

    /// Takes control characters for spaces.
    /// - Returns: nil for what is too long.
    public init?(_ text: String) {
        let line = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
        let words = String(String.UnicodeScalarView(line)).split(separator: " ").joined(separator: " ")
        guard words.unicodeScalars.count <= Self.maximumLength else { return nil }
        self.text = words.isEmpty ? nil : words
    }
}

/// A wish for a new release, as its reader sees it.
public struct RenewalWish: Sendable, Equatable {
    public let askedAt: Timestamp
    /// When the service answered; nil while the wish waits.
    public let settledAt: Timestamp?
    /// Nil of what was settled before there were answers.
    public let answer: RenewalAnswer?
    /// The service's words.
    public let reason: String?

    /// Once it was answered it can be asked again, a day after it was asked.
    public var againFrom: Timestamp? { settledAt == nil ? nil : askedAt.adding(days: 1) }
}

/// A recipient asks the hospital to release an expired document once more.
public struct AskedAgain: Sendable {
    public let document: Document
    public let patient: Patient
    public let accountID: Account.ID
    /// «Dre Claire Favre»
    public let recipientName: String
    public let expiredAt: Timestamp
    public let askedAt: Timestamp
    /// When somebody at the hospital had done with it.
    public let settledAt: Timestamp?
    /// What was answered, and with which words.
    public let answer: RenewalAnswer?
    public let reason: String?
}
