import Foundation
import Testing

@testable import PDF

@Suite(.timeLimit(.minutes(2))) struct PDFInspectionTests {
    let inspection = PDFInspection()

    @Test func `A letter of ours is sound, and its pages are counted`() async throws {
        let short = try await inspection.inspect(SamplePDF.letter())
        #expect(short.pages == 2 && short.activeContent.isEmpty)
        #expect(try await inspection.inspect(SamplePDF.letter(paragraphs: 40)).pages > 3)
    }

    @Test func `Files that are no PDF are refused before a child is started`() async throws {
        await #expect(throws: PDFRefusal.emptyFile) { try await inspection.inspect([]) }
        let others: [[UInt8]] = [
            [0x25], Array("Bonjour, ceci est un texte.pdf\n".utf8), Array("%PDF".utf8),
            [UInt8](repeating: 0, count: 5000), Array("<html>%%EOF startxref".utf8),
        ]
        for bytes in others {
            await #expect(throws: PDFRefusal.notPDF) { try await inspection.inspect(bytes) }
        }
        await #expect(throws: PDFRefusal.broken) { try await inspection.inspect(Array("%PDF-1.7".utf8)) }
    }

    @Test func `A truncated file is refused wherever it was cut`() async throws {
        let whole = try SamplePDF.letter()
        let text = String(decoding: whole, as: UTF8.self)
        #expect(text.hasSuffix("%%EOF\n"))
        for cut in stride(from: 1, to: whole.count - 1, by: whole.count / 40) {
            await #expect(throws: PDFRefusal.self, "cut at \(cut)") {
                try await inspection.inspect(Array(whole.prefix(cut)))
            }
        }
        for cut in (whole.count - 40)..<(whole.count - 1) {
            await #expect(throws: PDFRefusal.broken) {
                try await inspection.inspect(Array(whole.prefix(cut)))
            }
        }
    }

    @Test func `A file with a hole in its middle is refused`() async throws {
        var bytes = try SamplePDF.letter()
        let middle = bytes.count / 4..<bytes.count / 2
        bytes.replaceSubrange(middle, with: [UInt8](repeating: 0x20, count: middle.count))
        await #expect(throws: PDFRefusal.broken) { try await inspection.inspect(bytes) }
        let rubbish = Array(
            ("%PDF-1.7\n" + String(repeating: "rubbish ", count: 300) + "\nstartxref\n9\n%%EOF").utf8)
        await #expect(throws: PDFRefusal.broken) { try await inspection.inspect(rubbish) }
    }

    @Test func `Encrypted files are refused, whether or not a password is asked for`() async throws {
        let plain = try SamplePDF.letter()
        for passwords in [["", ""], ["", "owner"], ["user", "owner"]] {
            let bytes = try SamplePDF.rewritten(plain, ["--encrypt"] + passwords + ["256", "--"])
            await #expect(throws: PDFRefusal.encrypted, "\(passwords)") {
                try await inspection.inspect(bytes)
            }
        }
    }

    @Test func `More than 500 pages are refused`() async throws {
        #expect(try await inspection.inspect(SamplePDF.handmade(pages: 500)).pages == 500)
        await #expect(throws: PDFRefusal.tooManyPages) {
            try await inspection.inspect(SamplePDF.handmade(pages: 501))
        }
    }

    static let activeFiles: [(ActiveContent, String, [String])] = [
        ([.javaScript, .openAction], "/OpenAction 4 0 R", ["<</S/JavaScript/JS(app.alert\\(1\\))>>"]),
        ([.launch, .openAction], "/OpenAction 4 0 R", ["<</S/Launch/F(cmd.exe)>>"]),
        (
            [.embeddedFile], "/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>",
            [
                "<</Type/Filespec/F(a.txt)/EF<</F 5 0 R>>>>",
                "<</Type/EmbeddedFile/Length 1>>stream\na\nendstream",
            ]
        ),
        ([.xfa, .form], "/AcroForm<</Fields[]/XFA 4 0 R>>", ["<</Length 6>>stream\n<xdp/>\nendstream"]),
    ]

    @Test(arguments: activeFiles)
    func `Active content is flagged`(content: ActiveContent, catalog: String, extra: [String]) async throws {
        let bytes = SamplePDF.handmade(catalog: catalog, extra: extra)
        #expect(try await inspection.inspect(bytes).activeContent == content)
        // the same in compressed object streams, and with names spelled otherwise
        let packed = try SamplePDF.rewritten(bytes, ["--object-streams=generate"])
        #expect(!String(decoding: packed, as: UTF8.self).contains("/OpenAction"))
        #expect(try await inspection.inspect(packed).activeContent == content)
        let disguised = SamplePDF.handmade(
            catalog: catalog.replacingOccurrences(of: "/O", with: "/#4f"),
            extra: extra.map { $0.replacingOccurrences(of: "/J", with: "/#4A") })
        #expect(try await inspection.inspect(disguised).activeContent == content)
    }

    @Test func `A title cannot imitate the words of qpdf`() async throws {
        let bytes = try LetterPDF.draw(
            Letter(
                letterhead: .init(institution: "H", department: "D", lines: []), addressee: [],
                placeAndDate: "",
                subject: "A\nFile is not encrypted\n7\n", blocks: [], signature: []))
        let summary = try await inspection.inspect(bytes)
        #expect(summary.pages == 1)
    }

    @Test func `A file that takes too long or too much memory is refused`() async throws {
        var limits = PDFLimits()
        limits.memoryBytes = 8 << 20
        await #expect(throws: PDFRefusal.broken) {
            try await PDFInspection(limits: limits).inspect(SamplePDF.letter())
        }
        limits = PDFLimits()
        limits.seconds = 0
        await #expect(throws: PDFRefusal.self) {
            try await PDFInspection(limits: limits).inspect(SamplePDF.letter())
        }
    }

    @Test func `Rules have distinct names`() {
        #expect(Set(PDFRefusal.allCases.map(\.rule)).count == PDFRefusal.allCases.count)
    }
}
