package import Foundation

/// The sentences of one language. French needs none: its sentences are the keys of the others.
///
/// The language of an answer travels as a task-local value, because every page, component and text function
/// needs it and nothing else does: a middleware writes
/// `Catalogue.$current.withValue(catalogue) { … }` around the handler, and `t("…")` reads it.
package struct Catalogue: Sendable {
    /// A sentence, or the two forms of one that counts.
    enum Translation: Sendable, Equatable, Decodable {
        case plain(String)
        case counted(one: String, other: String)

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .plain(text)
            } else {
                let forms = try [String: String](from: decoder)
                guard let one = forms["one"], let other = forms["other"], forms.count == 2 else {
                    throw DecodingError.dataCorrupted(
                        .init(codingPath: decoder.codingPath, debugDescription: "needs one and other"))
                }
                self = .counted(one: one, other: other)
            }
        }
    }

    package let language: Language
    let sentences: [String: Translation]

    @TaskLocal package static var current = Catalogue.french
    package static let french = Catalogue(language: .french, sentences: [:])

    /// Reads `Locales/de.json` and its sisters once, at the start.
    /// - Throws: when a file is missing or is not an object of sentences.
    package static func all(in folder: URL) throws -> [Language: Catalogue] {
        var catalogues: [Language: Catalogue] = [.french: french]
        for language in Language.allCases where language != .french {
            let data = try Data(contentsOf: folder.appendingPathComponent("\(language.rawValue).json"))
            let sentences = try JSONDecoder().decode([String: Translation].self, from: data)
            catalogues[language] = Catalogue(language: language, sentences: sentences)
        }
        return catalogues
    }

    /// False for a language whose translation has not begun: it is not offered.
    package var isUsable: Bool { language == .french || !sentences.isEmpty }

    /// The sentence in this language, its placeholders still in it. A sentence without translation stays
    /// French; a test fails before that is seen.
    func sentence(_ french: StaticString) -> String {
        if case .plain(let text)? = sentences["\(french)"] { return text }
        return Typography.french("\(french)")
    }

    func sentence(one: StaticString, other: StaticString, count: Int) -> String {
        if case .counted(let single, let several)? = sentences["\(one)"] {
            return count == 1 ? single : several
        }
        // French counts zero among the singular
        return Typography.french(count < 2 ? "\(one)" : "\(other)")
    }
}
