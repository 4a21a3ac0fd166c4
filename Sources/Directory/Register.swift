import Foundation
public import Storage

/// The registers of health professions whose extracts are read.
public enum ProfessionalRegister: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
    case medreg, psyreg, nareg, gesreg

    /// As it is known.
    public var name: String {
        switch self {
        case .medreg: "MedReg"
        case .psyreg: "PsyReg"
        case .nareg: "NAREG"
        case .gesreg: "GesReg"
        }
    }
}

/// What a register says of one person.
public struct RegisterEntry: Sendable, Equatable {
    /// Whether the person may practise under his own responsibility.
    public enum Licence: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        case valid, withdrawn, none
    }

    public let register: ProfessionalRegister
    public let gln: GLN
    public let familyName: String
    public let givenName: String
    public let birthYear: Int?
    public let profession: String
    public let specialities: String
    public let licence: Licence
    public let canton: String
    public let street: String
    public let postcode: String
    public let locality: String

    /// «Rue des Tanneurs 12, 1200 Ville du Lac».
    public var address: String {
        let town = [postcode, locality].filter { !$0.isEmpty }.joined(separator: " ")
        return [street, town].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

/// How a declaration and the registers go together.
public enum RegisterResult: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
    case match, differences, absent
    /// The person has no GLN.
    case notApplicable
}

/// One thing that was declared, beside what a register says of it.
public struct RegisterLine: Sendable, Equatable {
    public enum Field: String, Sendable, CaseIterable {
        case name, profession, specialities, licence, address
    }
    public let field: Field
    public let declared: String
    public let registered: String
    /// Nil where there is nothing to compare with.
    public let isSame: Bool?
}

/// What the registers say of a declaration.
public struct RegisterComparison: Sendable {
    public let result: RegisterResult
    public let entries: [RegisterEntry]
    public let lines: [RegisterLine]

    public static let notApplicable = RegisterComparison(result: .notApplicable, entries: [], lines: [])
}

/// The pure rules of comparing.
public enum RegisterRules {
    /// Names are compared without case, accents and hyphens: registers write them in several ways. What was not
    /// declared is shown and makes no difference; a licence that is not valid does.
    public static func compare(
        familyName: String, givenName: String, profession: Profession, specialities: String,
        with entries: [RegisterEntry]
    ) -> RegisterComparison {
        guard let entry = entries.first(where: { $0.licence == .valid }) ?? entries.first else {
            return RegisterComparison(result: .absent, entries: [], lines: [])
        }
        let declaredName = "\(familyName) \(givenName)"
        let registeredName = "\(entry.familyName) \(entry.givenName)"
        let lines = [
            RegisterLine(
                field: .name, declared: declaredName, registered: registeredName,
                isSame: folded(familyName) == folded(entry.familyName)
                    && isSameGivenName(givenName, entry.givenName)),
            RegisterLine(
                field: .profession, declared: profession.frenchName, registered: entry.profession, isSame: nil
            ),
            RegisterLine(
                field: .specialities, declared: specialities, registered: entry.specialities,
                isSame: specialities.isEmpty || entry.specialities.isEmpty
                    ? nil : folded(entry.specialities).contains(folded(specialities))),
            RegisterLine(
                field: .licence, declared: "", registered: entry.licence.rawValue,
                isSame: entry.licence == .valid),
            RegisterLine(field: .address, declared: "", registered: entry.address, isSame: nil),
        ]
        let hasDifference = lines.contains { $0.isSame == false }
        return RegisterComparison(
            result: hasDifference ? .differences : .match, entries: entries, lines: lines)
    }

    /// The first given name counts: registers hold all of them.
    private static func isSameGivenName(_ one: String, _ other: String) -> Bool {
        let (left, right) = (folded(one), folded(other))
        return left == right || left.split(separator: " ").first == right.split(separator: " ").first
    }

    /// Lower case ASCII letters and digits, single spaces between words.
    static func folded(_ text: String) -> String {
        let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        return plain.unicodeScalars.split {
            !($0.properties.isAlphabetic || $0.properties.numericType != nil)
        }
        .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}
