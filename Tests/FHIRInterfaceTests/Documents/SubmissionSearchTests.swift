import Access
import Demo
import Directory
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// What a record system reads back of what it sent, and how it takes a document back.
@Suite struct SubmissionSearchTests {
    @Test func `The sender finds its documents by what it knows of them, with their states`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var both = Message("urn:oid:2.999.1")
            both.address(to: ["7601099000013", "7601999000014"])
            #expect(try await hospital.publish(both).status == 201)
            portal.time.advance(minutes: 2)
            #expect(try await hospital.publish(Message("urn:oid:2.999.2")).status == 201)
            func found(_ search: String) async throws -> [String] {
                let answer = try await hospital.send(.get, "/fhir/DocumentReference?\(search)")
                #expect(answer.status == 200, "\(search): \(answer.issues)")
                return answer.entries.compactMap {
                    ($0["masterIdentifier"] as? [String: Any])?["value"] as? String
                }
            }
            let all = ["urn:oid:2.999.1", "urn:oid:2.999.2"]
            #expect(try await found("") == all)
            #expect(try await found("identifier=urn:ietf:rfc:3986%7Curn:oid:2.999.2") == ["urn:oid:2.999.2"])
            #expect(try await found("_lastUpdated=ge2026-11-20T08:01:00Z") == ["urn:oid:2.999.2"])
            #expect(try await found("_lastUpdated=2026-11-20") == all)
            #expect(
                try await found("patient.identifier=\(Letter.patientSystem)%7C000412033&status=current")
                    == all)
            #expect(try await found("patient.identifier=\(Letter.patientSystem)%7C1").isEmpty)
            #expect(
                try await found("type=373942005,371525003&context.encounter.identifier=2026111207") == all)
            #expect(try await found("status=entered-in-error").isEmpty)
            let one = try await hospital.send(
                .get, "/fhir/DocumentReference?identifier=urn:oid:2.999.2")
            let id = try #require(one.entries.first?["id"] as? String)
            for holds in [
                "", "&status=current", "&identifier=urn:oid:2.999.2", "&_lastUpdated=ge2026-11-20T08:01:00Z",
                "&patient.identifier=\(Letter.patientSystem)%7C000412033&type=373942005",
            ] {
                #expect(try await found("_id=\(id)\(holds)") == ["urn:oid:2.999.2"], "\(holds)")
            }
            for misses in [
                "&status=superseded", "&status=nonsense", "&identifier=urn:oid:2.999.1",
                "&_lastUpdated=lt2026-11-20T08:01:00Z", "&type=371525003", "&date=lt2020-01-01",
                "&patient.identifier=\(Letter.patientSystem)%7C1", "&context.encounter.identifier=1",
            ] {
                #expect(try await found("_id=\(id)\(misses)").isEmpty, "\(misses)")
            }
            let first = try await hospital.send(.get, "/fhir/DocumentReference?identifier=urn:oid:2.999.1")
            #expect(first.text.contains("\"valueCode\":\"refused\"") && first.text.contains("7601999000014"))
            for wrong in [
                "patient.identifier=1", "author=x", "_count=0", "_sort=date", "_lastUpdated=xx2026",
                "_id=\(id)&patient.identifier=1",
            ] {
                let refused = try await hospital.send(.get, "/fhir/DocumentReference?\(wrong)")
                #expect(refused.status == 400, "\(wrong)")
            }
            var stranger = hospital
            stranger.token = try await portal.token(of: "radiologie", scopes: "system/DocumentReference.rs")
            #expect(try await stranger.send(.get, "/fhir/DocumentReference").entries.isEmpty)
        }
    }

    @Test func `Each change of state moves the document to the end of the list`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let id = try #require(try await hospital.publish(Message()).json["id"] as? String)
            func version() async throws -> String? {
                let answer = try await hospital.send(.get, "/fhir/DocumentReference/\(id)")
                let meta = answer.json["meta"] as? [String: Any]
                return (meta?["versionId"] as? String).map { "\($0) \(meta?["lastUpdated"] ?? "")" }
            }
            #expect(try await version() == "1 2026-11-20T08:00:00.000Z")
            portal.time.advance(minutes: 1)
            let favre = try await portal.signIn(DemoPeople.favre)
            _ = try await portal.documents.open(Document.ID(rawValue: id), for: .reading, favre)
            #expect(try await version() == "2 2026-11-20T08:01:00.000Z")
            let changed = try await hospital.send(
                .get, "/fhir/DocumentReference?_lastUpdated=gt2026-11-20T08:00:30Z")
            #expect(changed.entries.count == 1 && changed.text.contains("\"valueCode\":\"opened\""))
        }
    }

    @Test func `A document is taken back by its status, and the answer says who had opened it`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let id = try #require(try await hospital.publish(Message()).json["id"] as? String)
            let favre = try await portal.signIn(DemoPeople.favre)
            _ = try await portal.documents.open(Document.ID(rawValue: id), for: .reading, favre)
            portal.time.advance(minutes: 1)
            func patch(_ status: String) -> [UInt8] {
                let parts = """
                    [{"name":"path","valueString":"DocumentReference.status"},{"name":"type","valueCode":"replace"},\
                    {"name":"value","valueCode":"\(status)"}]
                    """
                return Array(
                    "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\",\"part\":\(parts)}]}"
                        .utf8)
            }
            let place = "/fhir/DocumentReference/\(id)"
            let other = try await hospital.send(.patch, place, body: patch("superseded"))
            #expect(other.status == 422 && other.issues.first?.contains("UnmodifiableMetadataError") == true)
            let taken = try await hospital.send(.patch, place, body: patch("entered-in-error"))
            #expect(taken.status == 200 && taken.json["status"] as? String == "entered-in-error")
            #expect(taken.text.contains("\"valueCode\":\"withdrawn\""))
            #expect(taken.text.contains("\"url\":\"opened\",\"valueInstant\":\"2026-11-20T08:00:00"))
            let put = Array(
                "{\"resourceType\":\"DocumentReference\",\"id\":\"\(id)\",\"status\":\"entered-in-error\"}"
                    .utf8)
            let again = try await hospital.send(.put, place, body: put)
            #expect(again.status == 200 && again.text == taken.text, "asked again it answers the same")
            let unknown = "/fhir/DocumentReference/0123456789abcdef0123456789abcdef"
            #expect(try await hospital.send(.patch, unknown, body: patch("entered-in-error")).status == 404)
            #expect(try await hospital.send(.put, unknown, body: put).status == 422)
        }
        let acts = try await portal.trail().filter {
            $0.event == "documentWithdrawn" && $0.outcome == "success"
        }
        #expect(acts.count == 1)
    }

    @Test func `The record system finds whom it may send to, and hears who changed`() async throws {
        let portal = try await TestPortal.inhabited()
        let token = try await portal.token(
            of: DemoHospital.clientID.rawValue, scopes: "system/Practitioner.rs system/PractitionerRole.rs")
        try await Hospital.visit(portal) { hospital in
            var hospital = hospital
            hospital.token = token
            let named = try await hospital.send(.get, "/fhir/Practitioner?family=FAVR&given=cl")
            #expect(named.entries.count == 1 && named.text.contains("7601099000013"))
            #expect(named.text.contains("\"valueCode\":\"eligible\"") && named.text.contains("delivery-mode"))
            let number = try await hospital.send(
                .get, "/fhir/Practitioner?identifier=urn:oid:2.51.1.3%7C7601099000013")
            #expect(number.entries.count == 1)
            for nobody in ["identifier=7601999000984", "identifier=1", "name=%25", "name=Zzz"] {
                let answer = try await hospital.send(.get, "/fhir/Practitioner?\(nobody)")
                #expect(answer.status == 200 && answer.entries.isEmpty, "\(nobody)")
            }
            let roles = try await hospital.send(
                .get, "/fhir/PractitionerRole?practitioner.name=favre&_include=PractitionerRole:practitioner")
            #expect(
                roles.entries.map { $0["resourceType"] as? String } == ["PractitionerRole", "Practitioner"])

            portal.time.advance(minutes: 2)
            try await portal.prefer("7601099000013", delivery: Practitioner.DeliveryMode.none)
            let changed = try await hospital.send(
                .get, "/fhir/Practitioner?_lastUpdated=gt2026-11-20T08:01:00Z")
            #expect(changed.entries.count == 1 && changed.text.contains("\"valueCode\":\"delivery-off\""))
            #expect(try await hospital.send(.get, "/fhir/Practitioner?name=favre").entries.isEmpty)
            let id = try #require(changed.entries.first?["id"] as? String)
            #expect(try await hospital.send(.get, "/fhir/Practitioner/\(id)").status == 200)
            #expect(try await hospital.send(.get, "/fhir/Practitioner/x").status == 404)
        }
        #expect(try await portal.events().contains("recipientSearched"))
    }
}
