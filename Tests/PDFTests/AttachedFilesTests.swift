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

    /// A small file whose list of objects is too long to look for attachments in: one string of 17 MB, compressed.
    private func padded(_ content: String?) throws -> [UInt8] {
        let padding = "(" + String(repeating: "x", count: 17 << 20) + ")"
        let attached = [
            "<</Type/Filespec/F(a.txt)/EF<</F 6 0 R>>>>",
            "<</Length \(content?.utf8.count ?? 0)>>stream\n\(content ?? "")\nendstream",
        ]
        let bytes = SamplePDF.handmade(
            catalog: "/Padding 4 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
                + (content == nil ? "" : "/Names<</EmbeddedFiles<</Names[(a) 5 0 R]>>>>"),
            extra: [padding] + (content == nil ? [] : attached))
        let packed = try SamplePDF.rewritten(bytes, ["--object-streams=generate"])
        #expect(packed.count < 1 << 20)
        return packed
    }

    @Test(arguments: ["PK\u{3}\u{4}....", "MZ program", "plain words"])
    func `Nothing is attached among more objects than are looked through`(_ content: String) async throws {
        let bytes = try padded(content)
        await #expect(throws: PDFRefusal.tooManyObjects) { _ = try await inspection.inspect(bytes) }
    }

    @Test func `A long list without attachments is looked through to its end`() async throws {
        let bytes = try padded(nil)
        #expect(try await inspection.inspect(bytes).activeContent == [.javaScript, .openAction])
        var limits = PDFLimits()
        limits.objectListBytes = 1 << 20
        await #expect(throws: PDFRefusal.tooManyObjects) {
            _ = try await PDFInspection(limits: limits).inspect(bytes)
        }
    }

    @Test func `An attachment that nothing calls one is found all the same`() async throws {
        let unnamed = letter(with: "PK\u{3}\u{4}....", type: "/Type/X", isListed: false)
        #expect(!String(decoding: unnamed, as: UTF8.self).contains("EmbeddedFile"))
        await #expect(throws: PDFRefusal.archiveInside) { _ = try await inspection.inspect(unnamed) }
        let harmless = letter(with: "x", type: "/Type/X", isListed: false)
        #expect(try await inspection.inspect(harmless).activeContent == [.embeddedFile])
        // compressed objects, in a stream that does not say what it is
        let packed = try SamplePDF.rewritten(
            letter(with: "PK\u{3}\u{4}....", type: "/Type/X"), ["--object-streams=generate"])
        #expect(!String(decoding: packed, as: UTF8.self).contains("EmbeddedFile"))
        let there = try #require(packed.firstRange(of: Array("/ObjStm".utf8)))
        var bytes = packed
        bytes.replaceSubrange(there, with: Array("/ObjStx".utf8))
        // versions of qpdf differ in whether they mend such a file
        await #expect(throws: PDFRefusal.self) { _ = try await inspection.inspect(bytes) }
    }
}
