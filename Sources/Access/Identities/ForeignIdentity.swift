/// Who somebody is, as a provider of identities outside says it, after everything that proves it was checked.
/// Told apart by issuer and subject and by nothing else: never by the e-mail address (IDN-5).
public struct ForeignIdentity: Codable, Sendable, Equatable {
    public let provider: IdentityProviderName
    /// Who vouches: the issuer's address, compared by bytes.
    public let issuer: String
    /// The issuer's own name for the person.
    public let subject: String
    /// As it stands there; empty when there is none. Contact data only.
    public let email: String
    public let givenName: String
    public let familyName: String
    /// 13 digits, nil when the provider tells none.
    public let gln: String?
    public let level: VerificationLevel
    /// HIN's codes of professions (requirements, 5.6).
    public let personCodes: [Int]
    public let kind: PersonKind
    /// When the person signed in there, UTC seconds; nil when the provider does not say.
    public let authenticatedAt: Int64?

    /// - Throws: `IdentityFailure.rejected(.malformed)` when issuer or subject are empty, longer than 200 bytes or not
    ///   printable ASCII. Names are cut to 100 bytes and kept on one line; an unusable GLN or address counts as none.
    public init(
        provider: IdentityProviderName, issuer: String, subject: String, email: String = "",
        givenName: String = "", familyName: String = "", gln: String? = nil,
        level: VerificationLevel = .basic,
        personCodes: [Int] = [], kind: PersonKind, authenticatedAt: Int64? = nil
    ) throws {
        for text in [issuer, subject] {
            guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw IdentityFailure.rejected(.malformed) }
        }
        self.provider = provider
        self.issuer = issuer
        self.subject = subject
        self.email = EmailAddress.normalised(email) ?? ""
        self.givenName = Self.line(givenName)
        self.familyName = Self.line(familyName)
        let digits = gln.map { Array($0.utf8) } ?? []
        let isNumber = digits.count == 13 && digits.allSatisfy { (0x30...0x39).contains($0) }
        self.gln = isNumber ? gln : nil
        self.level = level
        self.personCodes = Array(personCodes.prefix(20))
        self.kind = kind
        self.authenticatedAt = authenticatedAt
    }

    /// «Hans Muster».
    public var displayName: String { [givenName, familyName].filter { !$0.isEmpty }.joined(separator: " ") }

    private static func line(_ text: String) -> String {
        let words = text.unicodeScalars.split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        var line = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
        while line.utf8.count > 100 { line.unicodeScalars.removeLast() }
        return line
    }
}

/// Which of the configured providers: part of addresses, of the trail and of stored rows, never changed.
public enum IdentityProviderName: String, Codable, Sendable, CaseIterable {
    /// HIN's Authservice.
    case hin
    /// Any provider that speaks OpenID Connect.
    case oidc
    /// An access gateway in front of the portal, which tells the identity in header fields.
    case gateway
}

/// How far the provider has verified the person (requirements, 5.6). What is missing or unknown is the lowest.
public enum VerificationLevel: Int, Codable, Sendable, Comparable {
    case basic = 0
    case plus = 10
    /// As the law on the electronic patient record demands: the validator's checklist is shorter (D03).
    case epdg = 20

    /// The strongest level that the number reaches.
    public init(number: Int?) {
        switch number ?? 0 {
        case 20...: self = .epdg
        case 10..<20: self = .plus
        default: self = .basic
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Whether an identity belongs to one natural person.
public enum PersonKind: String, Codable, Sendable {
    case personal
    /// Shared by several people of a practice or an institution: opens nothing.
    case team
    case device

    /// What HIN's codes say: -1 is a device, 0 nobody in particular, anything above a person. No code at all is not
    /// a person either.
    public init(codes: [Int]) {
        self =
            if codes.contains(-1) { .device } else if codes.isEmpty || codes.contains(where: { $0 < 1 }) {
                .team
            } else { .personal }
    }
}
