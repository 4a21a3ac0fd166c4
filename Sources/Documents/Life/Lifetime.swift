public import Access

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
}
