import Access
import Demo
import Dispatches
import Documents
import Storage
import TestSupport
import Testing
import Vault

/// The bytes as published, or nothing.
@Suite struct DownloadDocumentTests {
    private let limit = 1 << 20

    private func letters(_ count: Int = 1) async throws -> (
        portal: TestPortal, ids: [Document.ID], viewer: Viewer
    ) {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        var ids: [Document.ID] = []
        for number in 0..<count {
            portal.time.advance(seconds: 1)
            let command = Letter.command(master: "urn:oid:2.999.\(number)", words: "Lettre \(number)")
            ids.append(try await portal.dispatches.publish(command, machine).document.id)
        }
        return (portal, ids, try await portal.signIn(DemoPeople.favre))
    }

    @Test func `A download is byte for byte what was published, and counts as reading`() async throws {
        let (portal, ids, viewer) = try await letters()
        let file = try await portal.documents.download(ids[0], viewer)
        #expect(try await file.content.bytes(limit: limit) == Letter.pdf("Lettre 0"))
        #expect(try await portal.documents.unreadCount(viewer) == 0)
        #expect(
            try await portal.rows("document_reader WHERE downloaded_at IS NOT NULL AND opened_at IS NOT NULL")
                == 1)
        #expect(try await portal.events().filter { $0 == "documentDownloaded" }.count == 1)
    }

    @Test func `Asking for the headers alone is neither a download nor a reading`() async throws {
        let (portal, ids, viewer) = try await letters()
        let file = try await portal.documents.download(ids[0], isTraced: false, viewer)
        #expect(file.content.byteCount == Letter.pdf("Lettre 0").count)
        #expect(
            try await portal.rows("document_reader WHERE downloaded_at IS NULL AND opened_at IS NULL") == 1)
        #expect(try await !portal.events().contains("documentDownloaded"))
    }

    @Test func `Without the wrapped key nothing opens the file`() async throws {
        let (portal, ids, viewer) = try await letters()
        try await portal.deliver()
        _ = try await portal.documents.open(ids[0], for: .reading, viewer)
        _ = try await portal.database.write { try $0.destroyContents(of: ids[0]) }
        await #expect(throws: DocumentRefusal.expired) {
            _ = try await portal.documents.download(ids[0], viewer)
        }
        await #expect(throws: DocumentRefusal.expired) {
            _ = try await portal.documents.page(1, of: ids[0], viewer)
        }
        #expect(!portal.sealedFiles.isEmpty, "the file is still there, and worth nothing")
    }

    @Test func `Contents whose rows were swapped between two documents do not open`() async throws {
        let (portal, ids, viewer) = try await letters(2)
        // file, key and sizes change their documents together, as if each had been the other's from the start
        for (from, to) in [
            (ids[0].rawValue, "aside"), (ids[1].rawValue, ids[0].rawValue), ("aside", ids[1].rawValue),
        ] {
            let part = to == "aside" ? "text" : "original"
            let target = to == "aside" ? ids[1].rawValue : to
            let source = from == "aside" ? ids[1].rawValue : from
            try await portal.tamper(
                """
                UPDATE content SET document_id = \(target), part = \(part)
                WHERE document_id = \(source) AND part = \(from == "aside" ? "text" : "original")
                """)
        }
        for id in ids { await #expect(throws: (any Error).self) { _ = try await opened(id, portal, viewer) } }
    }

    @Test func `A document that was given another version or patient does not open`() async throws {
        let (portal, ids, viewer) = try await letters()
        try await portal.tamper("UPDATE document SET version = 2")
        await #expect(throws: (any Error).self) { _ = try await opened(ids[0], portal, viewer) }
        try await portal.tamper("UPDATE document SET version = 1")
        #expect(try await opened(ids[0], portal, viewer) == Letter.pdf("Lettre 0"))
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let other = try await shelf.patient("000287754", "Ferreira", "João", born: "1964-09-19", .male)
        try await portal.tamper("UPDATE document SET patient_id = \(other.id)")
        await #expect(throws: (any Error).self) { _ = try await opened(ids[0], portal, viewer) }
    }

    private func opened(_ id: Document.ID, _ portal: TestPortal, _ viewer: Viewer) async throws -> [UInt8] {
        try await portal.documents.download(id, viewer).content.bytes(limit: limit)
    }
}
