import Foundation
import Testing

@testable import PDF

@Suite(.timeLimit(.minutes(2))) struct PDFRenderingTests {
    let rendering = PDFRendering()

    @Test func `A page becomes a picture of bearable size`() async throws {
        let file = try MemoryFile(SamplePDF.letter(paragraphs: 12))
        let image = try await rendering.pageImage(file, page: 1)
        #expect(image.width == 910 && image.height == 1287)
        #expect(image.png.count > 10_000 && image.png.count < 120_000, "\(image.png.count)")
        #expect(try await rendering.pageImage(file, page: 2, dpi: 40).width == 331)
    }

    @Test func `The text is that of the letter, page by page`() async throws {
        let file = try MemoryFile(SamplePDF.letter(paragraphs: 12))
        let text = try await rendering.text(file)
        #expect(text.contains("Hôpital universitaire du Lac") && text.contains("Amoxicilline"))
        let count = try await rendering.pageCount(file)
        #expect(count == text.split(separator: "\u{0C}").count)
        #expect(try await rendering.text(file, page: 2).contains("Lettre de sortie"))
        #expect(!(try await rendering.text(file, page: 2).contains("Amoxicilline")))
    }

    @Test func `A page that does not exist is refused`() async throws {
        let file = try MemoryFile(SamplePDF.letter(paragraphs: 1))
        for page in [-1, 0, 2, 99, 501] {
            await #expect(throws: PDFRefusal.noSuchPage, "\(page)") {
                try await rendering.pageImage(file, page: page)
            }
            await #expect(throws: PDFRefusal.noSuchPage, "\(page)") {
                try await rendering.text(file, page: page)
            }
        }
    }

    @Test func `Damage and excess are refusals`() async throws {
        let rubbish = try MemoryFile(Array("rubbish".utf8))
        await #expect(throws: PDFRefusal.broken) { try await rendering.pageImage(rubbish, page: 1) }
        await #expect(throws: PDFRefusal.broken) { try await rendering.text(rubbish) }
        await #expect(throws: PDFRefusal.broken) { try await rendering.pageCount(rubbish) }
        var limits = PDFLimits()
        limits.imageBytes = 5000
        limits.textBytes = 100
        let small = PDFRendering(limits: limits)
        let file = try MemoryFile(SamplePDF.letter())
        await #expect(throws: PDFRefusal.tooLarge) { try await small.pageImage(file, page: 1) }
        await #expect(throws: PDFRefusal.tooLarge) { try await small.text(file) }
    }
}
