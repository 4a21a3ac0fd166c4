import Access
import Demo
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// Each refusal at this edge leaves one event; what strangers can repeat leaves one an address and minute.
@Suite struct RefusalTraceTests {
    @Test func `A thousand wrong tokens are two events with their number`() async throws {
        let portal = try await TestPortal.inhabited()
        let old = try await portal.recordSystemToken()
        portal.time.advance(minutes: 5)
        try await portal.application.test(.router) { client in
            for token in [old, nil, "x"] + [String?](repeating: String(repeating: "a", count: 64), count: 20)
            {
                let stranger = Hospital(client: client, token: token)
                let read = try await stranger.send(.get, "/fhir/Consent/x")
                let written = try await stranger.publish(Message())
                #expect(read.status == 401 && written.status == 401)
            }
        }
        #expect(try await portal.refusals() == ["token.unknown"])
        #expect(
            try await portal.rows(
                "audit_event WHERE rule = 'token.unknown' AND actor_kind = 'anonymous' AND event = 'tokenIssued'"
            )
                == 1)
        portal.time.advance(minutes: 2)
        try await portal.access.recordRepetitions()
        let details = try await portal.texts(
            "detail", "SELECT detail FROM audit_event WHERE rule = 'token.unknown' AND detail IS NOT NULL")
        #expect(details == ["repeated=45"])
    }

    @Test func `A consent that is not one's own leaves an event, read or written`() async throws {
        let portal = try await TestPortal.inhabited()
        let other = try await portal.token(of: "admissions", scopes: "system/Consent.cru")
        try await Hospital.visit(portal) { hospital in
            let id = try #require(
                try await hospital.put(ConsentTests.place, ConsentTests.consent()).json["id"] as? String)
            var stranger = hospital
            stranger.token = other
            let unknown = "0123456789abcdef0123456789abcdef"
            for (index, name) in [id, unknown, "Jaquet%20H%C3%A9l%C3%A8ne", "%00", "a%00b"].enumerated() {
                let read = try await stranger.send(.get, "/fhir/Consent/\(name)")
                #expect(read.status == 404 && read.issues == ["not-found"], "\(name)")
                let written = try await stranger.put("/fhir/Consent/\(name)", ConsentTests.consent())
                #expect(written.status == 404 && written.text == read.text, "\(name)")
                #expect(try await portal.refusals().count == 2 * index + 2, "\(name)")
            }
            #expect(try await portal.refusals().allSatisfy { $0 == "dispatch.notFound" })
            #expect(try await portal.refused("designationRead", about: id) == 1)
            #expect(try await portal.refused("designationRecorded", about: id) == 1)
            #expect(try await portal.refused("designationRead", about: unknown) == 1)
            #expect(try await portal.rows("audit_event WHERE object_id LIKE '%aquet%'") == 0)
            let document = try await hospital.send(.get, "/fhir/DocumentReference/Jaquet%00")
            #expect(document.status == 404 && document.issues == ["not-found"])
            #expect(try await portal.refusals().count == 11)
        }
    }

    @Test func `Reading one's own consent is an event`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let id = try #require(
                try await hospital.put(ConsentTests.place, ConsentTests.consent()).json["id"] as? String)
            #expect(try await hospital.send(.get, "/fhir/Consent/\(id)").status == 200)
            #expect(
                try await portal.rows(
                    "audit_event WHERE event = 'designationRead' AND outcome = 'success' AND object_id = \(id)"
                )
                    == 1)
            #expect(try await hospital.put("/fhir/Consent/\(id)", ConsentTests.consent()).status == 200)
        }
        #expect(try await portal.events().filter { $0 == "designationRead" }.count == 1)
    }

    @Test func `A stale version, and each mistake around a consent, is one event`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let consent = ConsentTests.consent()
            let id = try #require(try await hospital.put(ConsentTests.place, consent).json["id"] as? String)
            let changed = ConsentTests.consent(until: "2027-01-31")
            for match in ["W/\"7\"", "yesterday"] {
                let stale = try await hospital.put(ConsentTests.place, changed, [.ifMatch: match])
                #expect(stale.status == 412)
            }
            #expect(try await portal.refusals() == Array(repeating: "designation.staleVersion", count: 2))
            #expect(try await hospital.put("/fhir/Consent", consent).status == 422)
            #expect(try await hospital.put("/fhir/Consent?identifier=a%7Cb", consent).status == 422)
            let another = ConsentTests.consent("CONS-2")
            #expect(try await hospital.put("/fhir/Consent/\(id)", another).status == 422)
            #expect(
                try await portal.refusals().dropFirst(2) == ["fhir.required", "fhir.value", "fhir.value"])
            #expect(
                try await portal.rows(
                    """
                    audit_event WHERE outcome = 'refused' AND event = 'designationRecorded'
                      AND actor_kind = 'client'
                    """) == 5)
        }
    }

    @Test func `What the software of a practice is refused stands in the name of its professional`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let id = try await portal.publishLetter().document.id.rawValue
        try await Practice.visit(portal, of: DemoPeople.jeanneret) { other in
            let content = try await other.send(.get, "/fhir/Binary/\(id)")
            #expect(content.status == 404)
            #expect(try await other.send(.get, "/fhir/DocumentReference/\(id)").status == 404)
            #expect(try await other.send(.get, "/fhir/DocumentReference?_id=\(id)").entries.isEmpty)
            // what is no identifier stays out of the trail
            #expect(try await other.send(.get, "/fhir/Binary/Jaquet").status == 404)
        }
        #expect(try await portal.refused("documentDownloaded", about: id) == 1)
        #expect(try await portal.refused("documentStateRead", about: id) == 1)
        #expect(try await portal.refusals().count == 4)
        let jeanneret = try await portal.id(of: DemoPeople.jeanneret)
        #expect(
            try await portal.rows(
                """
                audit_event WHERE outcome = 'refused' AND actor_kind = 'client'
                  AND principal_id = \(jeanneret)
                """) == 4)
        #expect(try await portal.rows("audit_event WHERE object_id LIKE '%aquet%'") == 0)
    }

    @Test func `Every recipient who did not get a document is an event of its own`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var message = Message()
            message.address(to: ["7601099000013", "7601999000014", "7601099000020"])
            let answer = try await hospital.publish(message)
            #expect(answer.status == 201)
        }
        let details = try await portal.texts(
            "detail", "SELECT detail FROM audit_event WHERE outcome = 'refused' ORDER BY id")
        #expect(details == ["gln=7601999000014", "gln=7601099000020"])
    }
}

extension TestPortal {
    fileprivate func refused(_ event: String, about id: String) async throws -> Int {
        try await rows("audit_event WHERE outcome = 'refused' AND event = \(event) AND object_id = \(id)")
    }
}
