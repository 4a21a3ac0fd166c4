import Foundation

/// One typed word and where it may be found: every word must be, somewhere.
struct SearchTerm: Sendable, Equatable {
    /// LIKE patterns on names, titles and services: as typed, and as a date where it may be one.
    let patterns: [String]
    /// Document types in whose names it occurs.
    let typeCodes: [String]
    /// The keyed hashes of its parts, where texts of documents are searched: all must occur in the text.
    let hashes: [Int64]
}

/// How words are found: without accents and capitals; birth dates as people write them.
enum SearchWords {
    static func folded(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "fr_CH"))
    }

    /// What a patient is found by: names, birth date in both forms, the hospital's number.
    static func searchName(of patient: Patient) -> String {
        let parts = patient.birthDate.split(separator: "-")
        let swiss = parts.reversed().joined(separator: ".")
        return folded(
            "\(patient.familyName) \(patient.givenName) \(patient.birthDate) \(swiss) \(patient.number)")
    }

    /// What a document is found by, besides its patient, its type and its text.
    static func searchName(of document: Document) -> String {
        folded("\(document.title) \(document.service) \(document.author)")
    }

    /// At most six words, each of at most 60 signs, without the punctuation around them. A comma stands between words,
    /// but within a figure («2,5»).
    static func words(_ typed: String) -> [String] {
        var words: [String] = []
        for piece in straight(folded(typed)).split(whereSeparator: \.isWhitespace) {
            let isFigure = piece.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ",") }
            let parts = isFigure ? [piece] : piece.split(separator: ",")
            words += parts.map { String(trimmed($0)) }.filter { !$0.isEmpty }
        }
        return words.prefix(6).map {
            var word = ""
            for scalar in $0.unicodeScalars.prefix(60) { word.unicodeScalars.append(scalar) }
            return word
        }
    }

    /// One apostrophe for all.
    static func straight(_ text: String) -> String { text.replacing("’", with: "'") }

    private static func trimmed(_ piece: Substring) -> Substring {
        let around = ".,;:?()«»\"“”…!"
        var rest = piece.drop { around.contains($0) }
        while let last = rest.last, around.contains(last) { rest = rest.dropLast() }
        return rest
    }

    /// Apostrophes stand for any sign, œ for its two letters and they for it: names are kept as they were sent.
    static func patterns(_ word: String) -> [String] {
        var texts = [word]
        for other in [word.replacing("œ", with: "oe"), word.replacing("oe", with: "œ")] where other != word {
            texts.append(other)
        }
        return (texts + (date(word).map { [$0] } ?? [])).map { text in
            var pattern = "%"
            for scalar in text.unicodeScalars {
                if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
                pattern.unicodeScalars.append(scalar == "'" ? "_" : scalar)
            }
            return pattern + "%"
        }
    }

    /// `14.3.58`, `14/03/1958`, `14031958` as the end of an ISO date: a year of two digits is of any century.
    static func date(_ word: String) -> String? {
        guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x2F].contains($0) }) else {
            return nil
        }
        var parts = word.utf8.split { !(0x30...0x39).contains($0) }.map {
            String(decoding: $0, as: UTF8.self)
        }
        if parts.count == 1, parts[0].utf8.count == 8 {
            let digits = parts[0]
            parts = [
                String(digits.prefix(2)), String(digits.dropFirst(2).prefix(2)), String(digits.suffix(4)),
            ]
        }
        guard parts.count == 3, [2, 4].contains(parts[2].utf8.count), let day = Int(parts[0]),
            let month = Int(parts[1]), (1...31).contains(day), (1...12).contains(month)
        else { return nil }
        return "\(parts[2])-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
