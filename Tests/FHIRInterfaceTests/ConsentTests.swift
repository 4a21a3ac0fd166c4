import Access
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// `Consent`: the patient's designation of a professional for a stay, or his refusal.
@Suite struct ConsentTests {
    /// A designation as the record system exports it; standards, section 7.2.
    static func consent(
        _ identifier: String = "CONS-2026-4471", type: String = "permit", status: String = "active",
        gln: String? = "7601999000014", stay: String = "2026111207", until: String = "2027-05-19"
    ) -> [String: Any] {
        var provision: [String: Any] = [
            "type": type, "period": ["start": "2026-11-12", "end": until],
            "data": [
                [
                    "meaning": "related",
                    "reference": [
                        "type": "Encounter", "identifier": ["system": Letter.staySystem, "value": stay],
                    ],
                ]
            ],
        ]
        if let gln {
            provision["actor"] = [
                [
                    "role": ["coding": [["system": hl7 + "v3-ParticipationType", "code": "IRCP"]]],
                    "reference": ["identifier": ["system": "urn:oid:2.51.1.3", "value": gln]],
                ]
            ]
        }
        return [
            "resourceType": "Consent", "status": status,
            "identifier": [["system": system, "value": identifier]],
            "scope": ["coding": [["system": hl7 + "consentscope", "code": "patient-privacy"]]],
            "category": [["coding": [["system": hl7 + "v3-ActCode", "code": "IDSCL"]]]],
            "patient": ["identifier": ["system": Letter.patientSystem, "value": "000412033"]],
            "dateTime": "2026-11-12T10:20:00+01:00",
            "policy": [["uri": "https://portail.hul.example/conditions"]],
            "provision": provision,
        ]
    }

    static let hl7 = "http://terminology.hl7.org/CodeSystem/"
    static let system = "urn:oid:2.16.756.5.30.1.999.6"
    static let place = "/fhir/Consent?identifier=urn:oid:2.16.756.5.30.1.999.6%7CCONS-2026-4471"

    @Test func `A consent is created once, then updated, under one address`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let first = try await hospital.put(Self.place, Self.consent())
            #expect(first.status == 201 && first.headers[.eTag] == "W/\"1\"")
            let id = try #require(first.json["id"] as? String)
            #expect(first.headers[.location]?.hasSuffix("/fhir/Consent/\(id)/_history/1") == true)
            let same = try await hospital.put(Self.place, Self.consent())
            #expect(
                same.status == 200 && same.headers[.eTag] == "W/\"1\"" && same.json["id"] as? String == id)
            let changed = try await hospital.put(Self.place, Self.consent(until: "2027-01-31"))
            #expect(changed.status == 200 && changed.headers[.eTag] == "W/\"2\"")
            let byID = try await hospital.put("/fhir/Consent/\(id)", Self.consent(status: "inactive"))
            #expect(byID.status == 200 && byID.headers[.eTag] == "W/\"3\"")
            let read = try await hospital.send(.get, "/fhir/Consent/\(id)")
            #expect(
                read.status == 200 && read.json["status"] as? String == "inactive"
                    && read.headers[.eTag] == "W/\"3\"")
            let designations = try await portal.rows("designation WHERE identifier = 'CONS-2026-4471'")
            #expect(designations == 1)
        }
    }

    @Test func `Publishing follows the consent: without, with, refused for all, taken back`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let stay = "DocumentReference.context.encounter"
            let without = try await hospital.publishToJeanneret(1).issues
            #expect(without == ["business-rule NotDesignated \(stay)"])
            let designated = try await hospital.post("/fhir/Consent", Self.consent()).status
            #expect(designated == 201)
            let published = try await hospital.publishToJeanneret(2).status
            #expect(published == 201)
            let no = Self.consent("CONS-NO", type: "deny", gln: nil)
            let refusal = try await hospital.post("/fhir/Consent", no).status
            #expect(refusal == 201)
            let afterRefusal = try await hospital.publishToJeanneret(3).issues
            #expect(afterRefusal == ["business-rule ConsentMissing \(stay)"])
            let undone = Self.consent("CONS-NO", type: "deny", status: "inactive", gln: nil)
            let takenBack = try await hospital.post("/fhir/Consent", undone).status
            #expect(takenBack == 200)
            let again = try await hospital.publishToJeanneret(4).status
            #expect(again == 201)
            let revoked = try await hospital.put(Self.place, Self.consent(status: "inactive")).status
            #expect(revoked == 200)
            let afterRevocation = try await hospital.publishToJeanneret(5).issues
            #expect(afterRevocation == ["business-rule NotDesignated \(stay)"])
            let repeated = try await hospital.publishToJeanneret(2).status
            #expect(repeated == 201, "what was published stays published")
        }
    }

    @Test(arguments: ["W/\"1\"", "\"7\"", "W/\"x\"", "\"\"", "*x"])
    func `Who starts from another version is refused`(_ match: String) async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            _ = try await hospital.put(Self.place, Self.consent())
            _ = try await hospital.put(Self.place, Self.consent(until: "2027-01-31"))
            let stale = try await hospital.put(
                Self.place, Self.consent(status: "inactive"), [.ifMatch: match])
            #expect(stale.status == 412 && stale.issues == ["conflict"])
            let right = try await hospital.put(
                Self.place, Self.consent(status: "inactive"), [.ifMatch: "W/\"2\""])
            #expect(right.status == 200 && right.headers[.eTag] == "W/\"3\"")
        }
    }

    /// What is wrong, where it is sent, and what the answer says.
    static let wrong:
        [(
            name: String, address: String, status: Int, issue: String,
            change: @Sendable (inout [String: Any]) -> Void
        )] = [
            ("no identifier in the address", "/fhir/Consent", 422, "required Consent.identifier", { _ in }),
            (
                "another identifier in the address",
                "/fhir/Consent?identifier=urn:oid:2.16.756.5.30.1.999.6%7CX", 422, "value Consent.identifier",
                { _ in }
            ),
            (
                "no identifier in the body", place, 422, "required Consent.identifier",
                { $0["identifier"] = nil }
            ),
            (
                "another resource", place, 400, "invalid Consent.resourceType",
                { $0["resourceType"] = "Patient" }
            ),
            ("no policy", place, 422, "invariant Consent.policy", { $0["policy"] = nil }),
            ("no patient", place, 422, "required Consent.patient", { $0["patient"] = nil }),
            ("no provision", place, 422, "required Consent.provision", { $0["provision"] = nil }),
            ("a draft", place, 422, "code-invalid Consent.status", { $0["status"] = "draft" }),
        ]

    @Test func `What is wrong with a consent is named, and nothing is recorded`() async throws {
        let portal = try await TestPortal.inhabited()
        let known = try await portal.rows("designation")
        try await Hospital.visit(portal) { hospital in
            for example in Self.wrong {
                var consent = Self.consent()
                example.change(&consent)
                let answer = try await hospital.put(example.address, consent)
                #expect(answer.status == example.status, "\(example.name)")
                #expect(
                    answer.issues.contains { $0.hasPrefix(example.issue) }, "\(example.name): \(answer.text)")
                #expect(!answer.text.contains("000412033"))
            }
            for gln in ["7601999000015", "123", ""] {
                let answer = try await hospital.put(Self.place, Self.consent(gln: gln))
                #expect(answer.status == 422 || answer.status == 400)
            }
            let nobody = try await hospital.put(Self.place, Self.consent(gln: nil)).status
            #expect(nobody == 422)
        }
        let afterwards = try await portal.rows("designation")
        #expect(afterwards == known)
    }

    @Test func `Another system's consent is unknown`() async throws {
        let portal = try await TestPortal.inhabited()
        let other = try await portal.token(of: "admissions", scopes: "system/Consent.cru")
        try await Hospital.visit(portal) { hospital in
            let id = try #require(try await hospital.put(Self.place, Self.consent()).json["id"] as? String)
            var stranger = hospital
            stranger.token = other
            let theirs = try await stranger.send(.get, "/fhir/Consent/\(id)")
            let unknown = try await stranger.send(.get, "/fhir/Consent/0123456789abcdef0123456789abcdef")
            #expect(theirs.status == 404 && theirs.text == unknown.text && theirs.issues == ["not-found"])
            let written = try await stranger.put("/fhir/Consent/\(id)", Self.consent()).status
            #expect(written == 404)
        }
    }
}

extension Hospital {
    fileprivate func publishToJeanneret(_ number: Int) async throws -> Answer {
        var message = Message("urn:oid:2.999.\(number)")
        message.address(to: ["7601999000014"])
        return try await publish(message)
    }

    func put(_ address: String, _ resource: [String: Any], _ headers: HTTPFields = [:]) async throws -> Answer
    {
        try await send(.put, address, headers: headers, body: bytes(resource))
    }

    func post(_ address: String, _ resource: [String: Any], _ headers: HTTPFields = [:]) async throws
        -> Answer
    {
        try await send(.post, address, headers: headers, body: bytes(resource))
    }

    func bytes(_ resource: [String: Any]) -> [UInt8] {
        [UInt8]((try? JSONSerialization.data(withJSONObject: resource)) ?? Data())
    }
}
