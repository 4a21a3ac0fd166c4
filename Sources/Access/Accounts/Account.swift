public import Storage

/// One named person who may sign in. Never shared, never a group.
public struct Account: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// What the person is in the portal (requirements, section 1).
    public enum Role: String, Sendable, SQLBindable, SQLDecodable {
        case practitioner, delegate, serviceMember, registrar, portalAdmin
    }

    /// Only `active` can do anything; a half state never has the rights of the full one (IDN-4).
    public enum State: String, Sendable, SQLBindable, SQLDecodable {
        case requested, emailUnconfirmed, proofingPending, active, suspended, expired, closed
    }

    /// How one-time codes travel.
    public enum CodeChannel: String, Sendable, SQLBindable, SQLDecodable { case sms, email }

    public let id: ID
    /// The sign-in name, lower case.
    public let email: String
    /// «Dre», «Dr», «M.», «Mme» or empty.
    public let honorific: String
    public let familyName: String
    public let givenName: String
    public let role: Role
    public let state: State
    /// E.164.
    public let mobile: String?
    public let codeChannel: CodeChannel
    public let lastSignedInAt: Timestamp?
    public let previousSignedInAt: Timestamp?

    public var displayName: String { Self.name(honorific, givenName, familyName) }

    /// «Dre Claire Favre».
    static func name(_ honorific: String, _ givenName: String, _ familyName: String) -> String {
        [honorific, givenName, familyName].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// «S. Rochat», «J.-P. Morel»: where there is little room.
    var shortName: String {
        let initials = givenName.split(separator: " ").first?.split(separator: "-").compactMap(\.first)
            .map { "\($0)." }.joined(separator: "-")
        return [initials ?? "", familyName].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// The normal form of an e-mail address: trimmed, lower case in ASCII, compared by bytes (D23, SWF-4).
public enum EmailAddress {
    /// - Returns: nil when it is not `local@domain` in printable ASCII of 3 to 254 bytes.
    public static func normalised(_ text: String) -> String? {
        let trimmed = text.utf8.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed()
        let bytes = trimmed.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard (3...254).contains(bytes.count), parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>()[]\\,;:\"".utf8.contains($0) })
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The part after `@`.
    public static func domain(of address: String) -> String {
        address.utf8.split(separator: UInt8(ascii: "@")).last.map { String(decoding: $0, as: UTF8.self) }
            ?? ""
    }
}
