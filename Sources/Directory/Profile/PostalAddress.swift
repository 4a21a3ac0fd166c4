public import Storage

/// A postal address of a professional (PRO-09). At most one is for paper; choosing another one takes the place of the
/// first, which becomes a general one.
public struct PostalAddress: Sendable, Equatable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public enum Kind: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        /// «Adresse générique».
        case general
        /// «Adresse préférée pour les envois postaux».
        case mailing
        /// «Adresse de consultation (cabinet)».
        case practice
    }

    /// Who says so.
    public enum Source: String, Sendable, SQLBindable, SQLDecodable {
        case practitioner
        /// A national register (PRO-10); its owner cannot change it here.
        case register
    }

    public let id: ID
    public let kind: Kind
    /// A line above the street, such as the name of the practice; may be empty.
    public let recipient: String
    public let street: String
    public let postalCode: String
    public let city: String
    /// ISO 3166, `CH`.
    public let country: String
    public let source: Source
}

/// An address as it was typed.
public struct AddressForm: Sendable, Equatable {
    public var kind = ""
    public var recipient = ""
    public var street = ""
    public var postalCode = ""
    public var city = ""
    public var country = ""
    /// The version of the tab that the form was made from.
    public var version = 0

    public init() {}

    /// The countries of the form: Switzerland, its neighbours.
    public static let countries = ["CH", "FR", "DE", "IT", "AT", "LI"]

    /// - Throws: `ProfileRefusal.invalid`.
    func read(as id: PostalAddress.ID) throws -> PostalAddress {
        var faults = FaultCollector()
        let kind: PostalAddress.Kind? = faults.read { () throws(FieldFault) in
            try FieldRules.choice(self.kind, .kind)
        }
        let recipient = faults.read { () throws(FieldFault) in try FieldRules.text(self.recipient, .recipient)
        }
        let street = faults.read { () throws(FieldFault) in
            try FieldRules.text(self.street, .street, isRequired: true)
        }
        let code = faults.read { () throws(FieldFault) in
            try FieldRules.text(
                postalCode, .postalCode, isRequired: true, limit: ProfileRules.postalCodeLength)
        }
        let city = faults.read { () throws(FieldFault) in
            try FieldRules.text(self.city, .city, isRequired: true)
        }
        let country = faults.read { () throws(FieldFault) in
            try FieldRules.choice(self.country, of: Self.countries, .country)
        }
        guard let kind, let recipient, let street, let code, let city, let country else {
            throw faults.refusal
        }
        return PostalAddress(
            id: id, kind: kind, recipient: recipient, street: street, postalCode: code, city: city,
            country: country, source: .practitioner)
    }
}
