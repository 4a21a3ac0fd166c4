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

    @Test(
        arguments: [
            ("bêta-bloquant", 1), ("beta bloquant", 1), ("bêta-bloquants", 0), ("bêta-agoniste", 0),
            ("anti-inflammatoire", 1), ("l'anémie", 1), ("l’anémie", 1), ("d’anémie", 1), ("anémie", 1),
            ("ramipril.", 1), ("(ramipril)", 1), ("« ramipril »", 1), ("ramipril 5 mg", 1), ("2,5", 1),
            ("2.5", 1), ("3,5", 0), ("12.11.2026", 1), ("11.12.2026", 0), ("B12", 1), ("œdème", 1),
            ("oedeme", 1), ("Œdème", 1), ("coeur", 1), ("afﬁrmé", 1), ("affirmé", 1), ("hypertension", 1),
            ("pertension", 0),
        ] as [(String, Int)])
    func `A typed word is taken apart like the text`(_ typed: String, _ count: Int) async throws {
        let text = """
            Le 12.11.2026. Bêta-bloquant arrêté ; pas d’anti-inflammatoire. Motif : l’anémie.
            Ramipril. 5 mg, puis 2,5 mg ; vitamine B12. Œdème, cœur, af\u{FB01}rmé, hyper-
            tension.
            """
        let portal = try await TestPortal.inhabited()
        let documents = try searching(portal)
        let shelf = try await Shelf(portal, gln: "7601099000013")
        try await shelf.add("d1", about: shelf.patient("1", "Morel", "Pascal", born: "1971-03-02", .male))
        let hashes = documents.hashes(of: Array(text.utf8))
        try await portal.database.write { try $0.insert(words: hashes, of: Document.ID(rawValue: "d1")) }
        #expect(try await find(typed, documents, portal.signIn(DemoPeople.favre)) == count)
    }

    @Test(arguments: [
        ("D'Angelo", 1), ("d’angelo", 1), ("L’Œuvre", 1), ("l'oeuvre", 1), ("Angelo,", 1), ("d-angelo", 0),
    ])
    func `Names are found with any apostrophe and with both forms of œ`(_ typed: String, _ count: Int)
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let family = typed.lowercased().contains("uvre") ? "L’Œuvre" : "D’Angelo"
        try await shelf.add("d1", about: shelf.patient("1", family, "Pascal", born: "1971-11-02", .male))
        #expect(try await find(typed, portal.documents, portal.signIn(DemoPeople.favre)) == count)
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
