/// Who can receive documents: community professionals with their GLN, practice and preferences. Later the
/// hospital's own people and services, and the registers, join here.
public import Access
public import Storage

/// The Swiss identifier of a health professional: 13 digits with a GS1 check digit, kept for life.
public struct GLN: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
    public let rawValue: String

    /// - Returns: nil unless it is 13 digits and the last one is right (modulo 10, weights 1 and 3).
    public init?(rawValue: String) {
        let digits = rawValue.utf8.map { Int($0) - 0x30 }
        guard digits.count == 13, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let sum = zip(digits, 0...).dropLast().reduce(0) { $0 + $1.0 * ($1.1 % 2 == 0 ? 1 : 3) }
        guard (10 - sum % 10) % 10 == digits[12] else { return nil }
        self.rawValue = rawValue
    }
}

/// A professional as a recipient.
public struct Practitioner: Sendable {
    /// When to be told of new documents (requirements, PRO-19).
    public enum NotificationPolicy: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        /// «Une notification depuis le dernier login»: one, then silence until the next sign-in.
        case sinceLastSignIn
        /// «Une notification maximum par jour»: one digest a day, never split.
        case daily
        /// «Aucune notification».
        case none
    }

    /// How documents are delivered (PRO-21).
    public enum DeliveryMode: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        /// «Documents envoyés dans le portail d’échange + notification».
        case portal
        /// «Documents envoyés par mail sécurisé».
        case securedMail
        /// «Ne pas envoyer les documents».
        case none
    }

    public let accountID: Account.ID
    public let gln: GLN?
    public let profession: String
    public let speciality: String
    public let practice: String
    public let locality: String
    /// Empty: no notice is ever sent (PRO-14).
    public let notificationEmail: String
    public let notificationPolicy: NotificationPolicy
    public let deliveryMode: DeliveryMode
    /// How long a document stays in the portal, in days (PRO-18).
    public let lifetimeDays: Int

    public init(
        accountID: Account.ID, gln: GLN?, profession: String, speciality: String, practice: String,
        locality: String, notificationEmail: String, notificationPolicy: NotificationPolicy,
        deliveryMode: DeliveryMode, lifetimeDays: Int
    ) {
        self.accountID = accountID
        self.gln = gln
        self.profession = profession
        self.speciality = speciality
        self.practice = practice
        self.locality = locality
        self.notificationEmail = notificationEmail
        self.notificationPolicy = notificationPolicy
        self.deliveryMode = deliveryMode
        self.lifetimeDays = lifetimeDays
    }
}

/// A practitioner with what the sending rules need to know of the account (DPI-06).
public struct Recipient: Sendable {
    public let practitioner: Practitioner
    public let isActive: Bool
    /// A mobile number, or a mailbox for codes: without one nobody can sign in.
    public let canSignIn: Bool
    public let lastSignedInAt: Timestamp?
    /// Codes of the document types that the institution does not address to this profession (D45).
    public var withheldTypes: Set<String> = []
}
