public import Storage

/// The number under which a professional is known: GLN in Switzerland, RPPS in France, or none (requirements 5.1, 5.2).
public struct ProfessionalIdentifier: Sendable, Hashable {
    /// What kind of number it is; the raw value is stored.
    public enum Kind: String, Sendable, CaseIterable, SQLBindable, SQLDecodable { case gln, rpps, none }

    public let kind: Kind
    /// Digits only; `0` for `none`.
    public let value: String

    /// What is wrong with an identifier as it was typed: it is refused.
    public enum Mistake: Error, Sendable, Equatable {
        case missing
        case notDigits
        /// How many digits it must have.
        case length(Int)
        case checkDigit
        /// `0` means «none of these», which is a kind of its own.
        case zero
        /// Something was typed although the kind says that there is none.
        case notNone
    }

    /// What is odd about one: it is accepted, and the validator reads it.
    public enum Warning: String, Sendable, CaseIterable {
        /// A GLN of another country than Switzerland (76…).
        case foreignPrefix
        /// The last digit of an RPPS is not the one of Luhn's rule.
        case luhn
    }

    /// Reads an identifier as it was typed; spaces are ignored.
    public static func parse(_ kind: Kind, _ text: String) -> Result<ProfessionalIdentifier, Mistake> {
        let signs = Array(text.unicodeScalars.filter { !$0.properties.isWhitespace })
        let value = String(String.UnicodeScalarView(signs))
        if kind == .none {
            return value.isEmpty || value == "0"
                ? .success(.init(kind: .none, value: "0")) : .failure(.notNone)
        }
        if value.isEmpty { return .failure(.missing) }
        if value == "0" { return .failure(.zero) }
        guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .failure(.notDigits) }
        switch kind {
        case .gln:
            guard value.utf8.count == 13 else { return .failure(.length(13)) }
            guard GLN(rawValue: value) != nil else { return .failure(.checkDigit) }
        case .rpps:
            guard value.utf8.count == 11 else { return .failure(.length(11)) }
        case .none: break
        }
        return .success(.init(kind: kind, value: value))
    }

    /// - Returns: nil for anything but a right identifier in its stored form.
    public init?(kind: Kind, stored value: String) {
        guard case .success(let identifier) = Self.parse(kind, value) else { return nil }
        self = identifier
    }

    private init(kind: Kind, value: String) {
        self.kind = kind
        self.value = value
    }

    /// The GLN, if it is one.
    public var gln: GLN? { kind == .gln ? GLN(rawValue: value) : nil }

    public var warnings: [Warning] {
        switch kind {
        case .gln: value.hasPrefix("76") ? [] : [.foreignPrefix]
        case .rpps: Self.passesLuhn(value) ? [] : [.luhn]
        case .none: []
        }
    }

    /// From the right, every second digit doubled, its own digits added; the sum ends in 0.
    static func passesLuhn(_ digits: String) -> Bool {
        let sum = digits.utf8.reversed().enumerated().reduce(0) { sum, digit in
            let value = Int(digit.element) - 0x30
            guard digit.offset % 2 == 1 else { return sum + value }
            return sum + (value > 4 ? value * 2 - 9 : value * 2)
        }
        return sum % 10 == 0
    }
}
