import Access
import Delivery
import Demo
import Dispatches
import PDF
import Storage
import TestSupport
import Testing
import Vault

@testable import Documents

/// Words of the texts, where the hospital allows it.
@Suite struct TextSearchTests {
    /// The same portal, whose documents can be searched by their texts.
    private func searching(_ portal: TestPortal) throws -> DocumentActions {
        DocumentActions(
            database: portal.database, store: try SealedStore(folder: portal.folder + "/contents"),
            keyring: portal.keyring, clock: portal.time.clock, node: "test", searchesTexts: true)
    }

    private func find(_ words: String, _ documents: DocumentActions, _ viewer: Viewer) async throws -> Int {
        var filter = InboxFilter()
        filter.words = words
        return try await documents.listInbox(filter, .newest, viewer).count
    }

    @Test
    func `A word of the text is found by its readers, is nowhere in the clear, and goes with the document`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let documents = try searching(portal)
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.7", words: "Fibrillation auriculaire"),
            portal.recordSystem()
        ).document.id
        _ = try await documents.renderPreview(PreviewJob(documentID: id.rawValue), with: PDFRendering())
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await find("fibrillation jaquet", documents, favre) == 1)
        #expect(try await find("fibrill", documents, favre) == 0, "whole words only")
        #expect(try await find("tachycardie", documents, favre) == 0)
        #expect(try await find("fibrillation", portal.documents, favre) == 0, "off is off")
        #expect(try await find("fibrillation", documents, portal.signIn(DemoPeople.jeanneret)) == 0)
        #expect(try await portal.rows("document_word") == 2)
        let other = try Keyring(root: (0..<32).map { UInt8($0 + 1) })
        #expect(
            other.mac(.searchWords, Array("fibrillation".utf8))
                != portal.keyring.mac(.searchWords, Array("fibrillation".utf8)))
        _ = try await portal.database.write { try $0.destroyContents(of: id) }
        #expect(try await portal.rows("document_word") == 0)
    }

    @Test func `Nothing is kept where the hospital has not allowed it`() async throws {
        let portal = try await TestPortal.inhabited()
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.7"), portal.recordSystem())
        while try await portal.previews.workOnce() {}
        #expect(try await portal.rows("document_word") == 0)
    }

    @Test func `A long text is cut, and kept in few statements`() async throws {
        let portal = try await TestPortal.inhabited()
        let documents = try searching(portal)
        let words = (0..<3000).map { "mot\($0)" }.joined(separator: " ")
        let hashes = documents.hashes(of: Array(words.utf8))
        #expect(hashes.count == DocumentLimits.indexedWords)
        let shelf = try await Shelf(portal, gln: "7601099000013")
        try await shelf.add("d1", about: shelf.patient("1", "Morel", "Pascal", born: "1971-11-02", .male))
        try await portal.database.write { try $0.insert(words: hashes, of: Document.ID(rawValue: "d1")) }
        #expect(try await portal.rows("document_word") == hashes.count)
    }
}
