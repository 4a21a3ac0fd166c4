import Access
import Demo
import Dispatches
import Documents
import PDF
import Storage
import TestSupport
import Testing

/// Page images and text, made by a job that may run twice.
@Suite struct RenderPreviewTests {
    private func letter() async throws -> (portal: TestPortal, id: Document.ID) {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1", words: "Bonjour Madame"),
            try await portal.recordSystem())
        return (portal, published.document.id)
    }

    @Test func `The job makes pages and text, and its second run changes nothing`() async throws {
        let (portal, id) = try await letter()
        let job = PreviewJob(documentID: id.rawValue)
        #expect(try await portal.documents.renderPreview(job, with: PDFRendering()))
        let files = Set(portal.sealedFiles)
        #expect(files.count == 3)
        #expect(try await portal.documents.renderPreview(job, with: PDFRendering()))
        #expect(Set(portal.sealedFiles) == files)
        #expect(
            try await portal.texts("part", "SELECT part FROM content ORDER BY part") == [
                "original", "page", "text",
            ])
        #expect(try await portal.rows("document WHERE preview = 'ready'") == 1)

        let viewer = try await portal.signIn(DemoPeople.favre)
        let opened = try await portal.documents.open(id, for: .reading, viewer)
        #expect(opened.text?.contains("Bonjour Madame") == true)
        #expect(opened.pages.map(\.number) == [1])
        let image = try await portal.documents.page(1, of: id, viewer)
        #expect(image.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test func `A page image belongs to a reading: before the document is opened there is none`() async throws
    {
        let (portal, id) = try await letter()
        try await portal.deliver()
        let viewer = try await portal.signIn(DemoPeople.favre)
        await #expect(throws: DocumentRefusal.notOpened) {
            _ = try await portal.documents.page(1, of: id, viewer)
        }
        _ = try await portal.documents.open(id, for: .reading, viewer)
        _ = try await portal.documents.page(1, of: id, viewer)
        for number in [0, 2, -1, .max] {
            await #expect(throws: DocumentRefusal.notFound) {
                _ = try await portal.documents.page(number, of: id, viewer)
            }
        }
    }

    @Test func `A document that cannot be drawn says so, and stays downloadable`() async throws {
        let (portal, id) = try await letter()
        // a page that the file does not have is one way of not being drawable
        try await portal.tamper("UPDATE document SET page_count = 2")
        let job = PreviewJob(documentID: id.rawValue)
        #expect(try await !portal.documents.renderPreview(job, with: PDFRendering()))
        #expect(try await portal.rows("document WHERE preview = 'failed'") == 1)
        #expect(portal.sealedFiles.count == 1, "the pages that were made are gone again")
        let viewer = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.documents.open(id, for: .reading, viewer).document.preview == .failed)
        _ = try await portal.documents.download(id, viewer)
    }

    @Test func `A job for nothing, or for a destroyed content, ends quietly`() async throws {
        let (portal, id) = try await letter()
        _ = try await portal.database.write { try $0.destroyContents(of: id) }
        for name in [id.rawValue, "unknown"] {
            #expect(
                try await portal.documents.renderPreview(PreviewJob(documentID: name), with: PDFRendering()))
        }
        #expect(try await portal.rows("content WHERE part <> 'original'") == 0)
    }

    @Test func `Files that no row mentions are removed after an hour, the others stay`() async throws {
        let (portal, id) = try await letter()
        let patient = portal.documents.patientID(system: Letter.patientSystem, number: "000412033")
        let lost = try await portal.documents.seal(
            [1, 2, 3], .page, number: 7, of: id, version: 1, patient: patient)
        #expect(portal.sealedFiles.count == 2)
        #expect(
            try await portal.documents.removeOrphans() == 0, "it may belong to a transaction that goes on")
        portal.time.advance(days: 36500)
        #expect(try await portal.documents.removeOrphans() == 1)
        let blobs = try await portal.texts("blob", "SELECT blob FROM content")
        #expect(portal.sealedFiles.count == 1 && !blobs.contains(lost.blob))
    }
}
