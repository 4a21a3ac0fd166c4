import Foundation

/// The words of a text as they are kept and looked for: both sides are taken apart in the same way, so that what is typed
/// is found as it is written.
enum TextWords {
    /// Each word by itself, in the order of the text, some of them several times. Besides them what a line broke in two,
    /// and dates and figures as a whole («12.11.2026», «2,5»), whose parts alone would be found everywhere.
    static func words(of text: String) -> [String] {
        var found: [String] = []
        var (last, number) = ("", "")
        var rest = normal(text)[...]
        while let start = rest.firstIndex(where: isPart) {
            let gap = rest[..<start]
            let part = rest[start...].prefix(while: isPart)
            rest = rest[part.endIndex...]
            let word = String(part)
            found.append(word)
            if !last.isEmpty, isLineBreak(gap) { found.append(last + word) }
            if isFigure(word), !number.isEmpty, isMark(gap) {
                number += "." + word
            } else {
                if number.contains(".") { found.append(number) }
                number = isFigure(word) ? word : ""
            }
            last = word
        }
        if number.contains(".") { found.append(number) }
        return found
    }

    /// What must occur in a text, so that a typed word does: every part of it. Short ones between apostrophes and hyphens
    /// («l’anémie») say nothing where there are others.
    static func parts(ofTyped word: String) -> [String] {
        let parts = normal(word).split(whereSeparator: { !isPart($0) }).map(String.init)
        if parts.count > 1, parts.allSatisfy(isFigure) { return [parts.joined(separator: ".")] }
        let telling = parts.filter { part in
            part.unicodeScalars.count > 2 || part.contains(where: \.isNumber)
        }
        return telling.isEmpty ? parts : telling
    }

    /// Without accents and capitals, ligatures taken apart (œ, and those of printers), without signs that are not seen.
    private static func normal(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar.value {
            case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF: continue  // soft hyphens, joiners
            case 0x152, 0x153: plain.append(contentsOf: "oe".unicodeScalars)
            case 0xC6, 0xE6: plain.append(contentsOf: "ae".unicodeScalars)
            default: plain.append(scalar)
            }
        }
        return SearchWords.folded(String(plain))
    }

    private static func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    private static func isFigure(_ word: String) -> Bool {
        word.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Between the parts of a date or a figure.
    private static func isMark(_ gap: Substring) -> Bool {
        gap.count == 1 && gap.allSatisfy { ".,/-:'’".contains($0) }
    }

    /// A hyphen at the end of a line.
    private static func isLineBreak(_ gap: Substring) -> Bool {
        guard let first = gap.first, first == "-" || first == "\u{2010}" else { return false }
        return gap.contains(where: \.isNewline) && gap.dropFirst().allSatisfy(\.isWhitespace)
    }
}
