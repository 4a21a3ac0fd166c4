import Access

/// The figures of the profile.
public struct ProfileRules: Sendable {
    /// What «durée de vie» may be, in days (D15).
    public var lifetimeDays = 30...365
    /// The calling code of telephone numbers without one (requirements 5.4).
    public var callingCode = "41"

    public init() {}

    /// Characters of a name, a street, an organisation.
    public static let textLength = 100
    /// Characters of «titre».
    public static let honorificLength = 30
    public static let postalCodeLength = 12
    /// Postal addresses of one person.
    public static let addresses = 10
    /// Specialities of one person.
    public static let specialities = 10
    /// Types of one selection: more than the Swiss value set has.
    public static let displayedTypes = 60
}

/// Pure rules of the fields. Each reads what was typed and says what is stored, or what is wrong.
enum FieldRules {
    /// One line of text: without spaces around it, with single ones inside.
    static func text(
        _ typed: String, _ field: ProfileField, isRequired: Bool = false, limit: Int = ProfileRules.textLength
    ) throws(FieldFault) -> String {
        let text = typed.unicodeScalars.split { $0.properties.isWhitespace && !isLineBreak($0) }
            .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
        guard text.unicodeScalars.allSatisfy(isText) else { throw FieldFault(field, .unreadable) }
        if text.isEmpty, isRequired { throw FieldFault(field, .missing) }
        guard text.unicodeScalars.count <= limit else { throw FieldFault(field, .tooLong(limit)) }
        return text
    }

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }

    /// No control signs, and none that turn the direction of what follows: a name is shown beside others.
    private static func isText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
        default: true
        }
    }

    /// An e-mail address in lower case, or nothing.
    static func email(_ typed: String, _ field: ProfileField, isRequired: Bool = false) throws(FieldFault)
        -> String
    {
        let trimmed = typed.utf8.allSatisfy { $0 == 0x20 }
        if trimmed {
            if isRequired { throw FieldFault(field, .missing) }
            return ""
        }
        guard let address = EmailAddress.normalised(typed), isDomain(EmailAddress.domain(of: address)) else {
            throw FieldFault(field, .notAnAddress)
        }
        return address
    }

    /// Two labels at least, of letters, digits and inner hyphens.
    static func isDomain(_ domain: String) -> Bool {
        let labels = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2 && domain.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != 0x2D && label.last != 0x2D
                    && label.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                    }
            }
    }

    /// A telephone number as people write it, or nothing (requirements 5.4).
    static func phone(_ typed: String, _ field: ProfileField, callingCode: String) throws(FieldFault)
        -> PhoneNumber?
    {
        if typed.unicodeScalars.allSatisfy(\.properties.isWhitespace) { return nil }
        switch PhoneNumber.parse(typed, country: callingCode) {
        case .success(let number): return number
        case .failure(.punctuation): throw FieldFault(field, .phonePunctuation)
        case .failure(.notANumber): throw FieldFault(field, .notAPhone)
        case .failure(.tooShort): throw FieldFault(field, .phoneTooShort)
        case .failure(.tooLong): throw FieldFault(field, .phoneTooLong)
        }
    }

    /// A whole number of days within the allowed range.
    static func days(_ typed: String, _ field: ProfileField, in range: ClosedRange<Int>) throws(FieldFault)
        -> Int
    {
        let signs = typed.unicodeScalars.filter { !$0.properties.isWhitespace }
        let digits = String(String.UnicodeScalarView(signs))
        if digits.isEmpty { throw FieldFault(field, .missing) }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.utf8.count <= 6,
            let days = Int(digits)
        else { throw FieldFault(field, .notANumber) }
        guard range.contains(days) else { throw FieldFault(field, .outOfRange(range)) }
        return days
    }

    /// One of the values that a form offers.
    static func choice<Choice: RawRepresentable<String>>(_ typed: String, _ field: ProfileField)
        throws(FieldFault)
        -> Choice
    {
        guard let choice = Choice(rawValue: typed) else { throw FieldFault(field, .unknownChoice) }
        return choice
    }

    static func choice(_ typed: String, of values: [String], _ field: ProfileField) throws(FieldFault)
        -> String
    {
        guard values.contains(where: { $0.utf8.elementsEqual(typed.utf8) }) else {
            throw FieldFault(field, .unknownChoice)
        }
        return typed
    }

    /// SNOMED codes, each once, in order.
    static func typeCodes(_ typed: [String]) throws(FieldFault) -> [String] {
        let codes = Set(typed)
        guard codes.count <= ProfileRules.displayedTypes else {
            throw FieldFault(.displayedTypes, .tooMany(ProfileRules.displayedTypes))
        }
        let areCodes = codes.allSatisfy { code in
            (6...18).contains(code.utf8.count) && code.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard areCodes else { throw FieldFault(.displayedTypes, .unknownChoice) }
        return codes.sorted()
    }
}

/// Gathers what is wrong with a form, so that everything is told at once.
struct FaultCollector {
    private(set) var faults: [FieldFault] = []

    /// - Returns: nil when it was wrong.
    mutating func read<Value>(_ work: () throws(FieldFault) -> Value) -> Value? {
        do { return try work() } catch {
            faults.append(error)
            return nil
        }
    }

    mutating func add(_ field: ProfileField, _ fault: ProfileFault) {
        faults.append(FieldFault(field, fault))
    }

    var refusal: ProfileRefusal { .invalid(faults) }
}
