public import Access
import Foundation

/// A professional as the hospital's staff look for one: what stands in public directories, no address, no preference.
public struct FoundRecipient: Sendable, Equatable {
    public let accountID: Account.ID
    public let gln: GLN
    /// «Dre Claire Favre».
    public let displayName: String
    public let familyName: String
    public let givenName: String
    public let profession: String
    public let speciality: String
    public let practice: String
    public let locality: String
    /// Neither suspended nor closed.
    public let isActive: Bool
    /// Active, and wants documents electronically.
    public let takesDocuments: Bool

    public init(
        accountID: Account.ID, gln: GLN, displayName: String, familyName: String, givenName: String,
        profession: String, speciality: String, practice: String, locality: String,
        isActive: Bool = true, takesDocuments: Bool
    ) {
        self.accountID = accountID
        self.gln = gln
        self.displayName = displayName
        self.familyName = familyName
        self.givenName = givenName
        self.profession = profession
        self.speciality = speciality
        self.practice = practice
        self.locality = locality
        self.isActive = isActive
        self.takesDocuments = takesDocuments
    }
}

/// How a recipient is found by name, place, speciality or GLN (DPI-08). Pure.
public enum RecipientSearch {
    /// Professionals that are looked through at most.
    public static let limit = 20_000
    /// That are shown at most: who sees more types one more word.
    public static let shown = 25

    /// Those in whom each word typed begins a word, whatever its accents and capitals; by name.
    public static func find(_ typed: String, in all: [FoundRecipient]) -> [FoundRecipient] {
        let wanted = words(typed).prefix(6)
        guard !wanted.isEmpty else { return [] }
        let found = all.filter { one in
            let own = words(
                "\(one.familyName) \(one.givenName) \(one.locality) \(one.speciality) \(one.profession) "
                    + "\(one.practice) \(one.gln.rawValue)")
            return wanted.allSatisfy { word in own.contains { $0.utf8.starts(with: word.utf8) } }
        }
        return found.sorted {
            (folded($0.familyName), folded($0.givenName), $0.gln.rawValue) < (
                folded($1.familyName), folded($1.givenName), $1.gln.rawValue
            )
        }
    }

    /// Others who bear the same two names: the one who sends is asked to look twice.
    public static func namesakes(of one: FoundRecipient, in all: [FoundRecipient]) -> [FoundRecipient] {
        all.filter {
            $0.gln != one.gln && words($0.familyName) == words(one.familyName)
                && words($0.givenName) == words(one.givenName)
        }
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "fr_CH"))
    }

    /// «Saint-Maurice» is «saint» and «maurice».
    private static func words(_ text: String) -> [String] {
        folded(text).unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { String(String.UnicodeScalarView($0)) }
    }
}
