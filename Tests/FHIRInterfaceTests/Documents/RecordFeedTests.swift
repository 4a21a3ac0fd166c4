import Access
import Delivery
import Demo
import Dispatches
import Documents
import FHIR
import FHIRInterface
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// The trace goes back to the hospital: what happened to a document is pushed to its record system, and can be asked
/// for (DPI-07).
@Suite struct RecordFeedTests {
    @Test func `Each act on a document is pushed once, in order, and says who did it to which document`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await portal.access.switchRecordFeed(true)
        let published = try await portal.publishLetter()
        try await portal.deliver()
        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(published.document.id, for: .reading, favre)
        _ = try await portal.documents.open(published.document.id, for: .printing, favre)
        _ = try await portal.documents.download(published.document.id, favre)
        try await portal.deliver()
        #expect(
            portal.told.events == [
                "documentPublished", "noticeSent", "documentOpened", "documentPrinted", "documentDownloaded",
            ])
        let told = portal.told.news.map {
            String(
                decoding: RecordEvent.json(
                    $0, site: "2.999", base: "https://p.example/fhir", observer: "p.example"
                ).bytes, as: UTF8.self)
        }
        for event in told {
            #expect(event.contains("\"value\":\"000412033\""), "the patient by the hospital's number")
            #expect(event.contains("DocumentReference/\(published.document.id.rawValue)"))
            #expect(event.contains(published.document.masterIdentifier))
            #expect(event.contains("\"value\":\"7601099000013\"") && event.contains("Dre Claire Favre"))
            #expect(!event.contains("Jaquet") && !event.contains("Lettre"))
        }
        #expect(told[2].contains("portal-event\",\"code\":\"documentOpened\""))
        #expect(told[4].contains("ITI-68"))
        #expect(Set(portal.told.news.map(\.number)).count == 5)
    }

    @Test func `While the record system is away the events wait, and then come in order`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.access.switchRecordFeed(true)
        let published = try await portal.publishLetter()
        portal.told.fail(with: .unavailable(status: 503, "away"))
        try await portal.deliver()
        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(published.document.id, for: .reading, favre)
        try await portal.deliver()
        #expect(portal.told.events.isEmpty)
        portal.told.fail(with: nil)
        for _ in 0..<6 {
            portal.time.advance(minutes: 6)
            try await portal.deliver()
        }
        #expect(portal.told.events == ["documentPublished", "noticeSent", "documentOpened"])
    }

    @Test func `What the record system refuses for good is given up, is seen, and holds up nothing`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await portal.access.switchRecordFeed(true)
        let published = try await portal.publishLetter()
        portal.told.fail(with: .refused(status: 422))
        try await portal.deliver()
        portal.told.fail(with: nil)
        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(published.document.id, for: .reading, favre)
        try await portal.deliver()
        #expect(portal.told.events == ["documentOpened"])
        #expect(try await portal.rows("outbox WHERE kind = 'recordFeed' AND state = 'failed'") == 2)
        #expect(try await portal.events().filter { $0 == "recordFed" }.count == 2)
    }

    @Test func `Without a record system nothing waits for it`() async throws {
        let portal = try await TestPortal.inhabited()
        _ = try await portal.publishLetter()
        #expect(try await portal.rows("outbox WHERE kind = 'recordFeed'") == 0)
        try await portal.access.switchRecordFeed(true)
        _ = try await portal.publishLetter(master: "urn:oid:2.999.77")
        #expect(try await portal.rows("outbox WHERE kind = 'recordFeed' AND state = 'waiting'") == 1)
        try await portal.access.switchRecordFeed(false)
        #expect(try await portal.rows("outbox WHERE kind = 'recordFeed' AND state = 'waiting'") == 0)
    }

    @Test func `The sender asks what became of his documents, page by page, and sees nobody else's`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.publishLetter()
        portal.time.advance(minutes: 5)
        try await portal.deliver()
        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(published.document.id, for: .reading, favre)
        let token = try await portal.token(
            of: DemoHospital.clientID.rawValue, scopes: "system/AuditEvent.s system/DocumentReference.s")
        let stranger = try await portal.token(of: "radiologie", scopes: "system/AuditEvent.s")
        try await Hospital.visit(portal) { hospital in
            var hospital = hospital
            hospital.token = token
            var seen: [String] = []
            var address: String? = "/fhir/AuditEvent?_count=2"
            while let page = address {
                let answer = try await hospital.send(.get, page)
                #expect(answer.status == 200)
                seen += answer.entries.compactMap { $0["id"] as? String }
                address = answer.next
            }
            #expect(seen.count == 3 && Set(seen).count == 3)
            let late = try await hospital.send(.get, "/fhir/AuditEvent?_lastUpdated=gt2026-11-20T08:01:00Z")
            #expect(late.entries.count == 2)
            let one = try await hospital.send(
                .get,
                "/fhir/AuditEvent?entity.identifier=urn:ietf:rfc:3986%7C\(published.document.masterIdentifier)"
            )
            #expect(one.entries.count == 3)
            #expect(try await hospital.send(.get, "/fhir/AuditEvent?entity.identifier=x").entries.isEmpty)
            #expect(try await hospital.send(.get, "/fhir/AuditEvent?patient=x").status == 400)
            #expect(try await hospital.send(.get, "/fhir/AuditEvent?_lastUpdated=soon").status == 400)
            #expect(try await hospital.send(.get, "/fhir/AuditEvent?_cursor='--").status == 400)
            hospital.token = stranger
            #expect(try await hospital.send(.get, "/fhir/AuditEvent").entries.isEmpty)
        }
        #expect(try await portal.events().contains("accessLogRead"))
    }

    @Test func `Who asks about a document that was refused learns that it was, and of the next try too`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let master = "urn:oid:2.999.9"
        let token = try await portal.token(
            of: DemoHospital.clientID.rawValue, scopes: "system/AuditEvent.s system/DocumentReference.c")
        try await Hospital.visit(portal) { hospital in
            var hospital = hospital
            hospital.token = token
            var message = Message(master)
            message.attach(Array("no letter".utf8))
            #expect(try await hospital.publish(message).status == 422)
            var other = Message("urn:oid:2.999.10")
            other.attach(Array("no letter either".utf8))
            #expect(try await hospital.publish(other).status == 422)
            let asked = "/fhir/AuditEvent?entity.identifier=urn:ietf:rfc:3986%7C\(master)"
            let refused = try await hospital.send(.get, asked)
            #expect(refused.entries.count == 1 && refused.entries.first?["outcome"] as? String == "4")
            #expect(refused.text.contains(master) && !refused.text.contains("urn:oid:2.999.10"))
            #expect(try await hospital.publish(Message(master)).status == 201)
            let both = try await hospital.send(.get, asked)
            #expect(both.entries.map { $0["outcome"] as? String } == ["4", "0"])
            hospital.token = try await portal.token(of: "radiologie", scopes: "system/AuditEvent.s")
            #expect(try await hospital.send(.get, asked).entries.isEmpty)
        }
    }
}
