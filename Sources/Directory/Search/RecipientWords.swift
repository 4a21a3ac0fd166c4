import Foundation

/// The words by which somebody in the directory is found: without accents and capitals, «Saint-Maurice» as «saint» and
/// «maurice». Pure.
struct RecipientWords {
    /// Each once, with whether it stands in the name. Never empty: nobody is without a name.
    let words: [String: Bool]
    /// What he is sorted by: the family name, then the given one.
    let sortName: String

    /// - Parameter others: place, speciality, profession, practice, number.
    init(family: String, given: String, others: [String]) {
        var words: [String: Bool] = [:]
        for word in Self.words(others.joined(separator: " ")).prefix(60) { words[word] = false }
        for word in Self.words("\(family) \(given)").prefix(20) { words[word] = true }
        self.words = words
        // a tab is below every letter: «Favre» comes before «Favre Dubois», as when the two are compared one by one
        sortName = Self.folded(family) + "\t" + Self.folded(given)
    }

    /// At most 60 characters of each: longer ones are no words.
    static func words(_ text: String) -> [String] {
        folded(text).unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { String(String.UnicodeScalarView($0.prefix(60))) }
    }

    private static func folded(_ text: String) -> String {
        text.folding(
            options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "fr_CH"))
    }
}
