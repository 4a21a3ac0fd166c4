import Foundation
import Testing

/// The French sentences are the keys of the translations: a catalogue that translates a sentence nobody shows
/// any more has lost one.
@Suite struct SentenceUseTests {
    /// Every text that stands in `Sources/Portal`, as the compiler sees it: lines joined at `\`.
    private static func sentences() throws -> Set<String> {
        var found: Set<String> = []
        for file in try SourceTree.files("Sources/Portal", ".swift") {
            found.formUnion(try SourceTree.matches(#""((?:[^"\\\n]|\\.)+)""#, in: file.text))
            for block in try SourceTree.matches(#""""\n([\s\S]*?)""""#, in: file.text) {
                let joined = block.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                    .joined(separator: "\n").replacing("\\\n", with: "")
                found.insert(joined.trimmingCharacters(in: .newlines))
            }
        }
        return found
    }

    @Test(arguments: ["de", "it", "en"])
    func `Every key of a catalogue is a sentence that the portal shows`(_ language: String) throws {
        let data = Data(try SourceTree.text("Sources/Portal/Locales/\(language).json").utf8)
        let catalogue = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let sentences = try Self.sentences()
        for key in catalogue.keys { #expect(sentences.contains(key), "\(language): «\(key)»") }
    }

    @Test func `Sentences are found, those over several lines too`() throws {
        let sentences = try Self.sentences()
        #expect(sentences.count > 300)
        #expect(sentences.contains("Recommencer la connexion"))
        #expect(
            sentences.contains { $0.hasPrefix("12 caractères au moins.") && $0.hasSuffix("sont refusés.") })
    }
}
