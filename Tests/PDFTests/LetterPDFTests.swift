import Foundation
import Testing

@testable import PDF

@Suite(.timeLimit(.minutes(2))) struct LetterPDFTests {
    @Test func `The same letter makes the same bytes`() throws {
        #expect(try SamplePDF.letter() == SamplePDF.letter())
    }

    @Test func `The file is tagged, titled and numbered`() async throws {
        let file = try MemoryFile(SamplePDF.letter(paragraphs: 12))
        let information = try await ChildProcess().run("/usr/bin/pdfinfo", ["/dev/stdin"], input: file)
        #expect(information.text.contains("Tagged:          yes"))
        #expect(information.text.contains("Title:           Lettre de sortie"))
        let structure = try await ChildProcess().run(
            "/usr/bin/pdfinfo", ["-struct-text", "/dev/stdin"], input: file)
        for element in ["Document", "H1", "H2", "Table", "TR", "TH", "TD", "LBody"] {
            #expect(structure.text.contains(element), "\(element)")
        }
        let count = try await PDFRendering().pageCount(file)
        #expect(count > 1)
        #expect(try await PDFRendering().text(file, page: count).contains("\(count)/\(count)"))
    }

    @Test func `Fonts are embedded`() async throws {
        let file = try MemoryFile(SamplePDF.letter())
        let fonts = try await ChildProcess().run("/usr/bin/pdffonts", ["/dev/stdin"], input: file).text
        let lines = fonts.split(separator: "\n").dropFirst(2)
        #expect(!lines.isEmpty && lines.allSatisfy { $0.contains("yes yes yes") })
    }

    @Test func `Letters drawn at the same time do not disturb each other`() async throws {
        let expected = try SamplePDF.letter()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { (try? SamplePDF.letter()) == expected } }
            for await isEqual in group { #expect(isEqual) }
        }
    }

    @Test func `A paragraph longer than a page goes on on the next`() async throws {
        var letter = SamplePDF.sampleLetter(paragraphs: 0)
        letter.blocks = [.paragraph(String(repeating: "mot ", count: 4000) + "fin-du-texte")]
        let file = try MemoryFile(LetterPDF.draw(letter))
        #expect(try await PDFRendering().pageCount(file) > 2)
        #expect(try await PDFRendering().text(file).contains("fin-du-texte"))
        letter.blocks = [.preformatted((1...200).map { "  valeur    \($0)" }.joined(separator: "\n"))]
        let table = try MemoryFile(LetterPDF.draw(letter))
        #expect(try await PDFRendering().pageCount(table) > 1)
        let shown = try await PDFRendering().text(table)
        #expect(shown.contains("valeur") && shown.contains("200"))
        letter.language = "fr' onfocus='x"
        letter.subject = "\u{0} \u{202E} é\u{301}"
        letter.blocks = [.table(.init(header: [], rows: [["a", "b"]])), .list([]), .paragraph("")]
        #expect(try !LetterPDF.draw(letter).isEmpty)
    }
}
