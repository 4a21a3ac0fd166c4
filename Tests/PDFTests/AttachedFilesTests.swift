import Foundation
import Testing

@testable import PDF

/// What is attached to a letter is unpacked in a confined child and measured: neither archives nor programs nor bombs.
@Suite(.timeLimit(.minutes(2))) struct AttachedFilesTests {
    let inspection = PDFInspection()

    /// A letter with one attached file, named in the list of attachments or only by an annotation.
    private func letter(with content: String, type: String = "/Type/EmbeddedFile", isListed: Bool = true)
        -> [UInt8]
    {
        SamplePDF.handmade(
            catalog: isListed ? "/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>" : "/Hidden 4 0 R",
            extra: [
                "<</Type/Filespec/F(a.txt)/EF<</F 5 0 R>>>>",
                "<<\(type)/Length \(content.utf8.count)>>stream\n\(content)\nendstream",
            ])
    }

    @Test func `A plain file may be attached, and is named`() async throws {
        for content in ["<?xml version='1.0'?><a/>", "%PDF-1.4", "x"] {
            let summary = try await inspection.inspect(letter(with: content))
            #expect(summary.activeContent == [.embeddedFile])
        }
    }

    @Test(arguments: ["PK\u{3}\u{4}....", "PK\u{5}\u{6}", "Rar!", "MZ program", "MSCF", "BZh9", "#!/bin/sh"])
    func `An archive or a program is refused, however it is attached`(_ content: String) async throws {
        for bytes in [
            letter(with: content), letter(with: content, isListed: false),
            letter(with: content, type: "/Type/X"),
            try SamplePDF.rewritten(letter(with: content), ["--object-streams=generate"]),
        ] {
            await #expect(throws: PDFRefusal.archiveInside) { _ = try await inspection.inspect(bytes) }
        }
    }

    @Test func `What unpacks to more than the scanner looks at is refused`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bomb-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let zeros = folder.appending(path: "zeros.txt")
        try Data(count: 64 << 20).write(to: zeros)
        let bomb = try SamplePDF.rewritten(
            SamplePDF.handmade(), ["--add-attachment", zeros.path, "--", "--compress-streams=y"])
        #expect(bomb.count < 1 << 20)
        await #expect(throws: PDFRefusal.tooLarge) { _ = try await inspection.inspect(bomb) }
    }

    @Test func `More attachments than are looked through are refused`() async throws {
        let names = (0...AttachedFiles.maximumCount).map { "(\($0)) \(4 + 2 * $0) 0 R" }.joined(
            separator: " ")
        let files = (0...AttachedFiles.maximumCount).flatMap {
            [
                "<</Type/Filespec/F(a.txt)/EF<</F \(5 + 2 * $0) 0 R>>>>",
                "<</Type/EmbeddedFile/Length 1>>stream\na\nendstream",
            ]
        }
        let bytes = SamplePDF.handmade(catalog: "/Names<</EmbeddedFiles<</Names[\(names)]>>>>", extra: files)
        await #expect(throws: PDFRefusal.archiveInside) { _ = try await inspection.inspect(bytes) }
    }
}
