import Access
import Demo
import Dispatches
import Documents
import Foundation
import Storage
import TestSupport
import Testing
import Vault

/// A document ends for each reader at his own date, and with the last one for good.
@Suite struct EndLivesTests {
    private let favre = "7601099000013"
    private let jeanneret = "7601999000014"

    /// A letter to both; Dr Jeanneret keeps documents for 30 days, Dre Favre for 100.
    private func letter() async throws -> (TestPortal, Document.ID) {
        let portal = try await TestPortal.inhabited()
        try await portal.tamper(
            "UPDATE practitioner SET lifetime_days = 30 WHERE gln = '7601999000014'")
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: jeanneret)
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3", recipients: [favre, jeanneret]),
            try await portal.recordSystem())
        try await portal.deliver()
        return (portal, published.document.id)
    }

    @Test func `Each reader loses it at his own date; with the last one contents, keys and files go`()
        async throws
    {
        let (portal, id) = try await letter()
        #expect(portal.sealedFiles.count == 3)
        portal.time.advance(days: 30)
        #expect(try await portal.documents.endLives() == EndedLives(readers: 1, documents: 0))
        _ = try await portal.documents.open(id, for: .reading, portal.signIn(DemoPeople.favre))
        await #expect(throws: DocumentRefusal.expired) {
            try await portal.documents.open(id, for: .reading, portal.signIn(DemoPeople.jeanneret))
        }
        #expect(portal.sealedFiles.count == 3)

        portal.time.advance(days: 70)
        #expect(try await portal.documents.endLives() == EndedLives(readers: 1, documents: 1))
        #expect(portal.sealedFiles.isEmpty)
        #expect(try await portal.rows("content WHERE wrapped_key IS NOT NULL") == 0)
        #expect(try await portal.rows("document_secret") == 0)
        #expect(try await portal.rows("document WHERE state = 'expired'") == 1)
        let viewer = try await portal.signIn(DemoPeople.favre)
        for attempt in [0, 1] {
            await #expect(throws: DocumentRefusal.expired) {
                if attempt == 0 {
                    _ = try await portal.documents.open(id, for: .reading, viewer)
                } else {
                    _ = try await portal.documents.download(id, viewer)
                }
            }
        }
        #expect(try await portal.documents.endLives() == EndedLives(), "once is enough")
        #expect(try await portal.documents.removeOrphans() == 0)
    }

    @Test func `The trace stays: who lost it when, and that its contents were destroyed`() async throws {
        let (portal, id) = try await letter()
        portal.time.advance(days: 100)
        try await portal.documents.endLives()
        let ends = try await portal.trail().filter { $0.event == AuditEventKind.documentExpired.rawValue }
        #expect(ends.count == 3)
        #expect(ends.allSatisfy { $0.objectID == id.rawValue && $0.patientID != nil })
        #expect(ends.filter { $0.detail == "destroyed" }.count == 1)
        let machine = try await portal.recordSystem()
        let states = try await portal.dispatches.deliveryState(of: id, machine).dispatches.map(\.state)
        #expect(states == [.expired, .expired])
    }

    @Test func `A correction of a document that has expired is a new version, with a life of its own`()
        async throws
    {
        let (portal, id) = try await letter()
        portal.time.advance(days: 100)
        try await portal.documents.endLives()
        let corrected = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.4", words: "Lettre corrigee", replaces: .id(id)),
            try await portal.recordSystem())
        #expect(corrected.document.version == 2)
        let opened = try await portal.documents.open(
            corrected.document.id, for: .reading, portal.signIn(DemoPeople.favre))
        #expect(opened.versions.map(\.version) == [2], "the old one cannot be read any more")
    }

    @Test func `What is held for a way out outlives its readers, until it is let go`() async throws {
        let (portal, id) = try await letter()
        let end = portal.time.now.adding(days: 120)
        try await portal.database.write { try $0.hold(id, for: .post, until: end) }
        portal.time.advance(days: 100)
        #expect(try await portal.documents.endLives() == EndedLives(readers: 2, documents: 0))
        #expect(try await portal.rows("document_secret") == 1)
        portal.time.advance(days: 20)
        #expect(try await portal.documents.endLives() == EndedLives(readers: 0, documents: 1))
        #expect(try await portal.rows("document_secret") == 0)
    }

    @Test func `More readers than one transaction takes`() async throws {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: favre)
        let patient = try await shelf.patient("1", "Morel", "Pascal", born: "1971-11-02", .male)
        for number in 0..<450 { try await shelf.add("d\(number)", about: patient) }
        portal.time.advance(days: 100)
        #expect(try await portal.documents.endLives().readers == 450)
        #expect(try await portal.rows("document WHERE state = 'current'") == 0)
    }

    @Test func `The secret alone, or the wrapped keys alone, open nothing`() async throws {
        let (portal, id) = try await letter()
        let viewer = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.download(id, viewer)
        try await portal.tamper("DELETE FROM document_secret")
        await #expect(throws: DocumentRefusal.expired) { try await portal.documents.download(id, viewer) }
        let wrong = [UInt8](repeating: 7, count: 32)
        try await portal.tamper(
            "INSERT INTO document_secret (document_id, secret) VALUES (\(id.rawValue), \(wrong))")
        await #expect(throws: (any Error).self) {
            let file = try await portal.documents.download(id, viewer)
            _ = try await file.content.bytes(limit: 1 << 20)
        }
    }
}
