public import Access

/// Somebody to whom documents can be addressed, or could, as the hospital's record system sees him (DPI-08, DPI-09).
public struct ListedRecipient: Sendable {
    /// Whether documents can be sent to him, and why not.
    public enum Eligibility: String, Sendable {
        case eligible
        case notActivated = "not-activated"
        case noStrongAuthentication = "no-strong-authentication"
        case deliveryOff = "delivery-off"
    }

    public let accountID: Account.ID
    public let gln: GLN
    public let honorific: String
    public let familyName: String
    public let givenName: String
    /// In French, as it was typed or chosen.
    public let profession: String
    public let specialities: [Speciality]
    public let practice: String
    public let locality: String
    public let isActive: Bool
    public let eligibility: Eligibility
    public let deliveryMode: Practitioner.DeliveryMode
    public let lifetimeDays: Int
    public let changedAt: Timestamp
}

/// Whom a system looks for. Everything that is given must hold.
public struct RecipientFilter: Sendable {
    public var gln: GLN?
    public var accountID: Account.ID?
    /// The beginnings of words of the name, in any order.
    public var name: [String] = []
    public var speciality: String?
    public var locality: String?
    public var isActive: Bool?
    /// When they last changed: from here on, before there. Who asks for changes is told of those who left too.
    public var changed: (from: Timestamp, until: Timestamp)?
    public init() {}

    /// Set for searches by name, place or speciality, whatever else they ask for: only those are listed who can
    /// receive. By number or by change all are.
    public var mustBeEligible = false

    var listsEligibleOnly: Bool {
        mustBeEligible && gln == nil && accountID == nil || gln == nil && accountID == nil && changed == nil
    }

    /// What is looked for in names: words without accents and capitals.
    public static func words(_ text: String) -> [String] { Array(RecipientWords.words(text).prefix(10)) }
}

/// Where a page of a list of recipients begins.
public struct RecipientKey: Sendable {
    public let at: Timestamp
    public let id: Account.ID

    public init(at: Timestamp, id: Account.ID) {
        self.at = at
        self.id = id
    }
}
