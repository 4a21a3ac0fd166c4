import Access
import Crypto
import Delivery
import Demo
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// The software of a practice reads what its professional may read, and nothing else (IHE MHD ITI-67, ITI-68).
@Suite struct PracticeSoftwareTests {
    @Test func `A professional registers her software, and it finds and fetches her letters`() async throws {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.publishLetter()
        let id = published.document.id.rawValue
        try await Practice.visit(portal, of: DemoPeople.favre) { practice in
            let found = try await practice.send(.get, "/fhir/DocumentReference?status=current")
            let one = try #require(found.entries.first)
            #expect(found.entries.count == 1 && one["id"] as? String == id)
            #expect(found.text.contains("Jaquet") && found.text.contains("\"value\":\"000412033\""))
            #expect(!found.text.contains("delivery-state"))
            // what else is asked must hold of the one that is named too
            let named = "/fhir/DocumentReference?_id=\(id)"
            let patient = "&patient.identifier=\(Letter.patientSystem)%7C000412033"
            for holds in ["", patient, "&_lastUpdated=ge2026-11-20T08:00:00Z&status=current"] {
                #expect(try await practice.send(.get, named + holds).entries.count == 1, "\(holds)")
            }
            for misses in ["&_lastUpdated=gt2026-11-20T08:00:00Z", patient + "9", "&status=superseded"] {
                #expect(try await practice.send(.get, named + misses).entries.isEmpty, "\(misses)")
            }
            let bytes = try await practice.send(.get, "/fhir/Binary/\(id)")
            #expect(bytes.status == 200 && bytes.headers[.contentType] == "application/pdf")
            #expect(bytes.headers[.contentDisposition]?.contains("Jaquet") == false)
            #expect(Array(bytes.bytes) == Letter.pdf())
            let part = try await practice.send(.get, "/fhir/Binary/\(id)", headers: [.range: "bytes=0-4"])
            #expect(part.status == 206 && part.text == "%PDF-")
            #expect(part.headers[.contentRange]?.hasPrefix("bytes 0-4/") == true)
            #expect(
                try await practice.send(.get, "/fhir/Binary/\(id)", headers: [.range: "bytes=999999-"]).status
                    == 416)
        }
        // the hospital sees that it was fetched, by what and for whom
        #expect(try await portal.rows("document_reader WHERE downloaded_at IS NOT NULL") == 1)
        let trail = try await portal.trail()
        let download = try #require(trail.first { $0.event == "documentDownloaded" })
        #expect(download.actorKind == "client")
        let favre = try await portal.id(of: DemoPeople.favre)
        #expect(download.principalID == favre.rawValue)
    }

    @Test func `Another professional's software finds nothing of it, and a hospital system reads no bytes`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.publishLetter()
        let id = published.document.id.rawValue
        try await Practice.visit(portal, of: DemoPeople.jeanneret) { other in
            #expect(try await other.send(.get, "/fhir/DocumentReference").entries.isEmpty)
            for place in ["/fhir/DocumentReference/\(id)", "/fhir/Binary/\(id)"] {
                let theirs = try await other.send(.get, place)
                let unknown = try await other.send(
                    .get, place.replacingOccurrences(of: id, with: "0123456789abcdef0123456789abcdef"))
                #expect(theirs.status == 404 && theirs.text == unknown.text)
            }
            let named = try await other.send(
                .get, "/fhir/DocumentReference?identifier=\(published.document.masterIdentifier)")
            #expect(named.entries.isEmpty)
            let patient = try await other.send(
                .get, "/fhir/DocumentReference?patient.identifier=\(Letter.patientSystem)%7C000412033")
            #expect(patient.status == 200 && patient.entries.isEmpty)
            for place in ["/fhir/AuditEvent", "/fhir/Practitioner", "/fhir/Consent/x"] {
                #expect(try await other.send(.get, place).status == 403, "\(place)")
            }
            #expect(try await other.send(.post, "/fhir", body: [0x7B, 0x7D]).status == 403)
        }
        let token = try await portal.token(
            of: DemoHospital.clientID.rawValue, scopes: "system/Binary.r system/DocumentReference.rs")
        try await Hospital.visit(portal) { hospital in
            var hospital = hospital
            hospital.token = token
            let answer = try await hospital.send(.get, "/fhir/Binary/\(id)")
            #expect(answer.status == 404)
        }
        #expect(try await portal.rows("document_reader WHERE downloaded_at IS NOT NULL") == 0)
    }

    @Test func `What changed since the last time is listed, also what was taken back, and is gone`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        let first = try await portal.publishLetter(master: "urn:oid:2.999.1")
        try await Practice.visit(portal, of: DemoPeople.favre) { practice in
            portal.time.advance(minutes: 1)
            _ = try await portal.publishLetter(master: "urn:oid:2.999.2")
            let fresh = try await practice.send(
                .get, "/fhir/DocumentReference?_lastUpdated=gt2026-11-20T08:00:30Z")
            #expect(fresh.entries.count == 1)
            portal.time.advance(minutes: 1)
            let id = first.document.id.rawValue
            _ = try await portal.dispatches.withdraw(
                .id(first.document.id), reason: WithdrawalReason(nil), machine)
            let withdrawn = try await practice.send(
                .get, "/fhir/DocumentReference?_lastUpdated=gt2026-11-20T08:01:30Z")
            #expect(withdrawn.entries.map { $0["status"] as? String } == ["entered-in-error"])
            #expect(!withdrawn.text.contains("Jaquet") && !withdrawn.text.contains("Lettre"))
            // of whom it was is not found out by asking for patients
            let named = "/fhir/DocumentReference?_id=\(id)"
            #expect(try await practice.send(.get, named).entries.count == 1)
            let patient = "&patient.identifier=\(Letter.patientSystem)%7C000412033"
            #expect(try await practice.send(.get, named + patient).entries.isEmpty)
            let gone = try await practice.send(.get, "/fhir/Binary/\(id)")
            #expect(gone.status == 410 && gone.issues == ["deleted"])
        }
    }

    @Test func `Pages follow each other without a gap`() async throws {
        let portal = try await TestPortal.inhabited()
        for number in 1...5 { _ = try await portal.publishLetter(master: "urn:oid:2.999.\(number)") }
        try await Practice.visit(portal, of: DemoPeople.favre) { practice in
            var seen: [String] = []
            var address: String? = "/fhir/DocumentReference?_count=2&status=current"
            while let page = address {
                let answer = try await practice.send(.get, page)
                seen += answer.entries.compactMap { $0["id"] as? String }
                address = answer.next
            }
            #expect(seen.count == 5 && Set(seen).count == 5)
            let form = Array("_count=3&type=http://snomed.info/sct|373942005".utf8)
            let posted = try await practice.send(
                .post, "/fhir/DocumentReference/_search",
                headers: [.contentType: "application/x-www-form-urlencoded"], body: form)
            #expect(posted.entries.count == 3)
        }
    }

    @Test func `A software that was ended, and that of a suspended account, read nothing any more`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        _ = try await portal.publishLetter()
        let holder = try await portal.holder(DemoPeople.favre)
        try await Practice.visit(portal, of: DemoPeople.favre) { practice in
            #expect(try await practice.send(.get, "/fhir/DocumentReference").status == 200)
            let own = try await portal.access.practiceClients(of: holder)
            let id = try #require(own.first?.id)
            let other = try await portal.holder(DemoPeople.jeanneret)
            await #expect(throws: PracticeClientRefusal.notFound) {
                try await portal.access.endPracticeClient(id, by: other)
            }
            try await portal.access.endPracticeClient(id, by: holder)
            #expect(try await practice.send(.get, "/fhir/DocumentReference").status == 401)
            #expect(try await portal.access.client(id) == nil)
        }
        try await Practice.visit(portal, of: DemoPeople.jeanneret) { practice in
            #expect(try await practice.send(.get, "/fhir/DocumentReference").status == 200)
            try await portal.tamper("UPDATE account SET state = 'suspended' WHERE role = 'practitioner'")
            #expect(try await practice.send(.get, "/fhir/DocumentReference").status == 401)
        }
    }

    @Test func `Keys that are weak, private or none are refused`() async throws {
        let portal = try await TestPortal.inhabited()
        let holder = try await portal.holder(DemoPeople.favre)
        let small = #"{"keys":[{"kty":"RSA","kid":"1","n":"AQAB","e":"AQAB"}]}"#
        let privateKey = P384.Signing.PrivateKey()
        for key in [
            "", "x", "{}", small, #"{"keys":[]}"#, privateKey.pemRepresentation,
            P256.Signing.PrivateKey().publicKey.pemRepresentation,
        ] {
            await #expect(throws: PracticeClientRefusal.key, "\(key)") {
                _ = try await portal.access.registerPracticeClient("Cabinet", jwks: key, by: holder)
            }
        }
        let client = try await portal.access.registerPracticeClient(
            "Cabinet", jwks: privateKey.publicKey.pemRepresentation, by: holder)
        #expect(try await portal.access.client(client.id)?.jwks.contains("\"crv\":\"P-384\"") == true)
        await #expect(throws: PracticeClientRefusal.name) {
            _ = try await portal.access.registerPracticeClient(
                " ", jwks: privateKey.publicKey.pemRepresentation, by: holder)
        }
        portal.time.advance(minutes: 11)
        await #expect(throws: FactorRefusal.stepUp) {
            _ = try await portal.access.registerPracticeClient(
                "Cabinet", jwks: privateKey.publicKey.pemRepresentation, by: holder)
        }
    }

    @Test func `A subscriber is called for each change, without content, until calls come to nothing`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Practice.visit(portal, of: DemoPeople.favre) { practice in
            func wish(_ endpoint: String, _ change: (inout [String: Any]) -> Void = { _ in }) -> [UInt8] {
                var resource: [String: Any] = [
                    "resourceType": "Subscription", "status": "requested", "reason": "Nouveaux documents",
                    "criteria": "DocumentReference?status=current",
                    "channel": ["type": "rest-hook", "endpoint": endpoint],
                ]
                change(&resource)
                return [UInt8]((try? JSONSerialization.data(withJSONObject: resource)) ?? Data())
            }
            for endpoint in [
                "http://cabinet.example/", "https://u:p@cabinet.example/", "https://127.0.0.1/", "https:///x",
                "x",
                "https://cabinet.example:22/",
            ] {
                let refused = try await practice.send(.post, "/fhir/Subscription", body: wish(endpoint))
                #expect(refused.status == 422, "\(endpoint)")
            }
            let withPayload = wish("https://cabinet.example/") {
                $0["channel"] = [
                    "type": "rest-hook", "endpoint": "https://cabinet.example/",
                    "payload": "application/fhir+json",
                ]
            }
            #expect(try await practice.send(.post, "/fhir/Subscription", body: withPayload).status == 422)
            let made = try await practice.send(
                .post, "/fhir/Subscription", body: wish("https://cabinet.example/passerelle"))
            #expect(made.status == 201 && made.json["status"] as? String == "active")
            let id = try #require(made.json["id"] as? String)

            _ = try await portal.publishLetter(master: "urn:oid:2.999.1")
            try await portal.deliver()
            #expect(portal.called.addresses == ["https://cabinet.example/passerelle"])

            portal.called.fail(with: .denied)
            _ = try await portal.publishLetter(master: "urn:oid:2.999.2")
            try await portal.deliver()
            let failed = try await practice.send(.get, "/fhir/Subscription/\(id)")
            #expect(failed.json["status"] as? String == "error" && failed.json["error"] != nil)
            portal.called.fail(with: nil)
            _ = try await portal.publishLetter(master: "urn:oid:2.999.3")
            try await portal.deliver()
            #expect(portal.called.addresses.count == 1)

            #expect(try await practice.send(.delete, "/fhir/Subscription/\(id)").status == 204)
            #expect(try await practice.send(.get, "/fhir/Subscription").entries.isEmpty)
            #expect(try await practice.send(.get, "/fhir/Subscription/\(id)").status == 404)
        }
    }

    @Test func `Addresses of hospitals, hosts and clouds are denied, those of the Internet are not`() {
        for address in [
            "10.1.2.3", "127.0.0.1", "169.254.169.254", "172.31.0.1", "192.168.1.1", "100.64.0.1",
            "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1",
            "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1",
        ] {
            #expect(throws: WebhookFailure.denied, "\(address)") { try WebhookRules().check(address) }
        }
        #expect(throws: Never.self) { try WebhookRules().check("193.5.216.100") }
        #expect(throws: Never.self) { try WebhookRules().check("2001:620::1") }
        #expect(throws: Never.self) { try WebhookRules(allowedHosts: ["10.1.2.3"]).check("10.1.2.3") }
    }
}

/// The software of a practice on the other side of the wire.
enum Practice {
    /// Registers it for a professional, and calls `body` with its token.
    static func visit(
        _ portal: TestPortal, of persona: Persona,
        _ body: @escaping @Sendable (Hospital) async throws -> Void
    ) async throws {
        let holder = try await portal.holder(persona)
        let client = try await portal.access.registerPracticeClient(
            "Logiciel du cabinet", jwks: P384.Signing.PrivateKey().publicKey.pemRepresentation, by: holder)
        let registered = try #require(try await portal.access.client(client.id))
        let issued = try await portal.access.issueToken(
            to: registered, asking: registered.scopes, assertion: nil, origin: .system(node: "test"))
        let token = try #require(issued).token
        try await Hospital.visit(portal) { hospital in
            var practice = hospital
            practice.token = token
            try await body(practice)
        }
    }
}
