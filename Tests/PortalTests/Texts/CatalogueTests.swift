import Foundation
import Testing

@testable import Portal

/// Finds every marked sentence of the sources and holds the catalogues against them.
@Suite struct CatalogueTests {
    private static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/Portal")

    /// `t("…")`, `t(one: "…"`, also over several lines. Sentences that count are filed under their singular.
    static func sentences(in source: String) -> Set<String> {
        let call = /\bt\(\s*(?:one:\s*)?(?:"""\n(?<long>.*?)\n\s*"""|"(?<short>[^"\n]*)")/
            .dotMatchesNewlines()
        return Set(
            source.matches(of: call).map { match in
                if let short = match.output.short { return String(short) }
                return (match.output.long ?? "").split(separator: "\n")
                    .map { $0.drop { $0 == " " } }.joined(separator: "\n").replacing("\\\n", with: "")
            })
    }

    static func allSentences() throws -> Set<String> {
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        var found: Set<String> = []
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            if file.lastPathComponent == "Translate.swift" { continue }
            found.formUnion(sentences(in: try String(contentsOf: file, encoding: .utf8)))
        }
        return found
    }

    @Test func `Marked sentences are found, short, long and counted`() {
        let source = #"""
            t("Mes documents") t( "A {b}.", ["b": c]) visit("x")
                t(one: "{count} a", other: "{count} as", count: 1)
                t(
                    """
                    Une phrase \
                    longue.
                    """)
            """#
        #expect(Self.sentences(in: source) == ["Mes documents", "A {b}.", "{count} a", "Une phrase longue."])
    }

    @Test func `The sources hold sentences, and each is typed with plain spaces`() throws {
        let sentences = try Self.allSentences()
        #expect(sentences.count > 200)
        for sentence in sentences {
            #expect(!sentence.contains("\u{A0}") && !sentence.contains("\u{202F}"), "\(sentence)")
            #expect(!sentence.contains("'"), "typewriter apostrophe: \(sentence)")
            #expect(!sentence.contains("\n"), "a line without its backslash: \(sentence)")
        }
    }

    @Test func `A catalogue that has begun is complete, and has nothing too much`() throws {
        let sentences = try Self.allSentences()
        for (language, catalogue) in try Catalogue.all(in: Self.sources.appendingPathComponent("Locales"))
        where language != .french && catalogue.isUsable {
            let translated = Set(catalogue.sentences.keys)
            #expect(sentences.subtracting(translated).sorted() == [], "\(language): missing")
            #expect(translated.subtracting(sentences).sorted() == [], "\(language): without sentence")
            for (french, translation) in catalogue.sentences {
                let texts: [String] =
                    switch translation {
                    case .plain(let text): [text]
                    case .counted(let one, let other): [one, other]
                    }
                for text in texts {
                    #expect(
                        Placeholders.names(in: text) == Placeholders.names(in: french), "\(language): \(text)"
                    )
                }
            }
        }
    }
}
