import Access
import Demo
import Dispatches
import Documents
import Storage
import TestSupport
import Testing

/// Opening: the look-up is the permission, and the reading is an event of its own transaction.
@Suite struct OpenDocumentTests {
    private func letter() async throws -> (portal: TestPortal, id: Document.ID) {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1"), try await portal.recordSystem())
        return (portal, published.document.id)
    }

    @Test func `Opening marks as read once and is traced each time`() async throws {
        let (portal, id) = try await letter()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let first = portal.time.now
        let opened = try await portal.documents.open(id, for: .reading, viewer)
        #expect(opened.openedAt == first && opened.unread == 0 && opened.patient.familyName == "Jaquet")
        #expect(opened.basis.hasPrefix("designation:"))
        portal.time.advance(minutes: 3)
        let again = try await portal.documents.open(id, for: .reading, viewer)
        #expect(again.openedAt == first)
        _ = try await portal.documents.open(id, for: .printing, viewer)
        let events = try await portal.events()
        #expect(events.filter { $0 == "documentOpened" }.count == 2)
        #expect(events.filter { $0 == "documentPrinted" }.count == 1)
        #expect(
            try await portal.rows(
                """
                audit_event WHERE event = 'documentOpened' AND patient_id IS NOT NULL
                  AND content_hash IS NOT NULL AND basis LIKE 'designation:%'
                """
            ) == 2)
    }

    @Test func `Somebody else's document is as unknown as one that does not exist, by every door`()
        async throws
    {
        let (portal, id) = try await letter()
        let stranger = try await portal.signIn(DemoPeople.jeanneret)
        for id in [id, Document.ID(rawValue: "0123456789abcdef0123456789abcdef"), Document.ID(rawValue: "")] {
            await #expect(throws: DocumentRefusal.notFound) {
                _ = try await portal.documents.open(id, for: .reading, stranger)
            }
            await #expect(throws: DocumentRefusal.notFound) {
                _ = try await portal.documents.download(id, stranger)
            }
            await #expect(throws: DocumentRefusal.notFound) {
                _ = try await portal.documents.download(id, isTraced: false, stranger)
            }
            await #expect(throws: DocumentRefusal.notFound) {
                _ = try await portal.documents.page(1, of: id, stranger)
            }
            await #expect(throws: DocumentRefusal.notFound) {
                _ = try await portal.documents.listAccesses(to: id, stranger)
            }
        }
        #expect(try await portal.rows("document_reader WHERE opened_at IS NOT NULL") == 0)
        #expect(
            try await portal.rows("audit_event WHERE event = 'documentOpened' AND outcome = 'success'") == 0)
    }

    @Test func `A document past its life is gone`() async throws {
        let (portal, id) = try await letter()
        portal.time.advance(days: 100)
        let viewer = try await portal.signIn(DemoPeople.favre)
        await #expect(throws: DocumentRefusal.expired) {
            _ = try await portal.documents.open(id, for: .reading, viewer)
        }
    }

    @Test func `Neighbours lead through the inbox in its order`() async throws {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let patient = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        for number in 1...3 {
            portal.time.advance(seconds: 1)
            try await shelf.add("d\(number)", about: patient)
        }
        let viewer = try await portal.signIn(DemoPeople.favre)
        let neighbours =
            [("d1", "d2", nil), ("d2", "d3", "d1"), ("d3", nil, "d2")] as [(String, String?, String?)]
        for (name, newer, older) in neighbours {
            let opened = try await portal.documents.open(Document.ID(rawValue: name), for: .reading, viewer)
            #expect(opened.newer?.rawValue == newer && opened.older?.rawValue == older)
        }
    }

    @Test func `Accesses name the person, and reading them is traced`() async throws {
        let (portal, id) = try await letter()
        let viewer = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(id, for: .reading, viewer)
        _ = try await portal.documents.download(id, viewer)
        let accesses = try await portal.documents.listAccesses(to: id, viewer).accesses
        #expect(accesses.map(\.event) == [.documentDownloaded, .documentOpened, .documentPublished])
        #expect(accesses.prefix(2).allSatisfy { $0.name == "Dre Claire Favre" && !$0.isMachine })
        #expect(accesses.last?.isMachine == true && accesses.last?.name == nil)
        #expect(try await portal.events().filter { $0 == "accessLogRead" }.count == 1)
    }

    @Test func `The trace of what expired stays readable, without its title`() async throws {
        let (portal, id) = try await letter()
        _ = try await portal.documents.open(id, for: .reading, portal.signIn(DemoPeople.favre))
        portal.time.advance(days: 100)
        try await portal.documents.endLives()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let list = try await portal.documents.listAccesses(to: id, viewer)
        #expect(list.title == nil && list.service == "Cardiologie")
        #expect(list.patient?.familyName == "Jaquet")
        #expect(list.accesses.map(\.event).suffix(2) == [.documentOpened, .documentPublished])
        await #expect(throws: DocumentRefusal.notFound) {
            _ = try await portal.documents.listAccesses(to: id, portal.signIn(DemoPeople.jeanneret))
        }
    }

    @Test func `Of what was taken back unopened the trace tells no patient and nobody else's readings`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601999000014")
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1", recipients: ["7601099000013", "7601999000014"]),
            machine
        ).document.id
        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(id, for: .reading, favre)
        _ = try await portal.dispatches.withdraw(.id(id), reason: WithdrawalReason(nil), machine)
        let mistaken = try await portal.documents.listAccesses(
            to: id, portal.signIn(DemoPeople.jeanneret))
        #expect(mistaken.title == nil && mistaken.patient == nil)
        #expect(mistaken.accesses.map(\.event) == [.documentWithdrawn, .documentPublished])
        let read = try await portal.documents.listAccesses(to: id, favre)
        #expect(read.title == nil && read.patient?.familyName == "Jaquet")
        #expect(read.accesses.contains { $0.event == .documentOpened })
    }

    @Test func `Many readings do not push out the first, and the next page has the others`() async throws {
        let (portal, id) = try await letter()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let document = try await portal.documents.open(id, for: .reading, viewer).document
        let now = portal.time.now
        try await portal.database.write { transaction in
            for _ in 0...DocumentLimits.accesses {
                try transaction.record(
                    AuditEntry(.documentDownloaded, object: document.auditObject), by: .person(viewer),
                    at: now)
            }
        }
        let first = try await portal.documents.listAccesses(to: id, viewer)
        #expect(first.accesses.count == DocumentLimits.accesses + 1)
        #expect(first.accesses.last?.event == .documentOpened)
        let next = try #require(first.next)
        let second = try await portal.documents.listAccesses(to: id, before: next, viewer)
        #expect(
            second.accesses.map(\.event) == [.documentDownloaded, .documentOpened, .documentPublished])
        #expect(second.next == nil)
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        let proof = try await portal.dispatches.sending(id, chappuis)
        #expect(proof.accesses.last?.event == .documentOpened && proof.next != nil)
    }
}
