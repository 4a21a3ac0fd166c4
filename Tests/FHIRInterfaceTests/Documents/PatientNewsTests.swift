import Access
import Demo
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// A patient's other number or corrected name changes all his documents, for those who asked what changed.
@Suite struct PatientNewsTests {
    private static let since = "/fhir/DocumentReference?_lastUpdated=gt2026-11-20T08:01:00Z"

    private func subscribe(_ practice: Hospital) async throws {
        let wish = """
            {"resourceType":"Subscription","status":"requested","reason":"Nouveaux documents",\
            "criteria":"DocumentReference","channel":{"type":"rest-hook","endpoint":"https://cabinet.example/p"}}
            """
        #expect(try await practice.send(.post, "/fhir/Subscription", body: Array(wish.utf8)).status == 201)
    }

    @Test func `A merged number is told to practice and sender, and the practice's program is called once`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let first = try await portal.publishLetter(master: "urn:oid:2.999.1")
        let second = try await portal.publishLetter(master: "urn:oid:2.999.2")
        let both = Set([first.document.id.rawValue, second.document.id.rawValue])
        try await Practice.visit(portal, of: DemoPeople.favre) { practice in
            try await subscribe(practice)
            portal.time.advance(minutes: 2)
            #expect(try await practice.send(.get, Self.since).entries.isEmpty)

            let merged = try await portal.dispatches.merge(
                PatientMerge(
                    survivor: ToldPatient(
                        system: Letter.patientSystem, number: "000499871", description: nil),
                    retiredSystem: Letter.patientSystem, retiredNumber: "000412033"),
                portal.machine("administration", scopes: "system/Patient.u"))
            #expect(merged)
            try await portal.deliver()

            #expect(portal.called.addresses == ["https://cabinet.example/p"], "two letters, one call")
            let changed = try await practice.send(.get, Self.since)
            #expect(Set(changed.entries.compactMap { $0["id"] as? String }) == both)
            #expect(changed.text.contains("000499871") && !changed.text.contains("000412033"))
        }
        try await Hospital.visit(portal) { hospital in
            let changed = try await hospital.send(.get, Self.since)
            #expect(Set(changed.entries.compactMap { $0["id"] as? String }) == both)
            let meta = changed.entries.first?["meta"] as? [String: Any]
            #expect(meta?["lastUpdated"] as? String == "2026-11-20T08:02:00.000Z")
        }
    }

    @Test func `A corrected name is told; of a letter that was taken back it is not, nor to others`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let kept = try await portal.publishLetter(master: "urn:oid:2.999.1")
        let gone = try await portal.publishLetter(master: "urn:oid:2.999.2")
        _ = try await portal.dispatches.withdraw(
            .id(gone.document.id), reason: WithdrawalReason(nil), portal.recordSystem())
        try await Practice.visit(portal, of: DemoPeople.jeanneret) { other in
            try await Practice.visit(portal, of: DemoPeople.favre) { practice in
                try await subscribe(other)
                try await subscribe(practice)
                portal.time.advance(minutes: 2)
                _ = try await portal.told(
                    HL7Letter.administration("A08", control: "2", name: "Jaquet-Rey^Hélène"))
                try await portal.deliver()

                #expect(portal.called.addresses.count == 1, "the other doctor reads nothing of hers")
                let changed = try await practice.send(.get, Self.since)
                #expect(changed.entries.map { $0["id"] as? String } == [kept.document.id.rawValue])
                #expect(changed.text.contains("Jaquet-Rey"))
                #expect(try await other.send(.get, Self.since).entries.isEmpty)
                // said again, it is no news
                portal.time.advance(minutes: 2)
                _ = try await portal.told(
                    HL7Letter.administration("A08", control: "3", name: "Jaquet-Rey^Hélène"))
                try await portal.deliver()
                #expect(portal.called.addresses.count == 1)
            }
        }
    }
}
