/// What is wrong with a field in which somebody describes a patient.
public enum TypedMistake: Sendable, Equatable {
    case missing
    case tooLong
    /// Line breaks, tabs and other signs that nobody sees.
    case unprintable
    /// A number without any digit.
    case noDigit
    /// A name without any letter.
    case noLetter
    /// A number of the whole country's: it may identify somebody, and is never the hospital's.
    case national(NationalNumber)
}

/// Numbers of a patient's that are not the hospital's (the FHIR and HL7 interfaces tell them by their authority; a form has
/// only their shape).
public enum NationalNumber: Sendable, Equatable {
    /// Of the old-age insurance, 756 and ten digits.
    case insurance
    /// Of an insurer's card, 80756 and fifteen digits.
    case card
    /// Of the electronic patient record, 761337 and twelve digits.
    case record

    /// - Returns: nil for every other number. Spaces, dots and hyphens do not matter.
    init?(_ text: String) {
        let signs = Set(" .-\u{A0}".unicodeScalars)
        let digits = String(String.UnicodeScalarView(text.unicodeScalars.filter { !signs.contains($0) }))
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        switch digits.utf8.count {
        case 13 where digits.hasPrefix("756") && Self.isChecked(digits): self = .insurance
        case 18 where digits.hasPrefix("761337"): self = .record
        case 20 where digits.hasPrefix("80756"): self = .card
        default: return nil
        }
    }

    /// The last digit is that of EAN-13: a hospital's own number of thirteen digits is not taken for another's.
    private static func isChecked(_ digits: String) -> Bool {
        let values = digits.utf8.map { Int($0) - 0x30 }
        let sum = zip(values, 0...).reduce(0) { $0 + $1.0 * ($1.1 % 2 == 0 ? 1 : 3) }
        return sum % 10 == 0
    }
}

extension SendingPatient {
    /// Pure. What systems may send as a patient's number: one line, and not a national one. Of a typed number a digit is
    /// asked for besides, because no system stands behind it: a name in the wrong field would become a patient.
    public static func mistake(inNumber text: String) -> TypedMistake? {
        if let mistake = lineMistake(text, limit: 50) { return mistake }
        guard hasDigit(text) else { return .noDigit }
        return NationalNumber(text).map { .national($0) }
    }

    /// Pure. The same for the number of a stay.
    public static func mistake(inStay text: String) -> TypedMistake? {
        lineMistake(text, limit: 50) ?? (hasDigit(text) ? nil : .noDigit)
    }

    /// Pure. Names are compared by their letters: one without any would be everybody's.
    public static func mistake(inName text: String) -> TypedMistake? {
        lineMistake(text, limit: 100)
            ?? (text.unicodeScalars.contains(where: \.properties.isAlphabetic) ? nil : .noLetter)
    }

    private static func lineMistake(_ text: String, limit: Int) -> TypedMistake? {
        if text.isEmpty { return .missing }
        if text.utf8.count > limit { return .tooLong }
        let isLine = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: false
            default: true
            }
        }
        return isLine ? nil : .unprintable
    }

    private static func hasDigit(_ text: String) -> Bool { text.utf8.contains { (0x30...0x39).contains($0) } }
}
