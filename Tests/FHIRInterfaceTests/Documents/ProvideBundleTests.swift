import Access
import Demo
import Dispatches
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// `POST /fhir`: several documents at once, all or none (IHE MHD ITI-65).
@Suite struct ProvideBundleTests {
    @Test func `Two documents of one submission reach their recipient, and each entry gets its answer`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let answer = try await hospital.provide(Self.bundle(["urn:oid:2.999.1", "urn:oid:2.999.2"]))
            #expect(answer.status == 200)
            #expect(answer.json["type"] as? String == "transaction-response")
            let answers = answer.responses
            #expect(answers.map { $0["status"] as? String } == Array(repeating: "201 Created", count: 5))
            let places = answers.compactMap { ($0["location"] as? String)?.split(separator: "/").first }
            #expect(places == ["List", "DocumentReference", "Binary", "DocumentReference", "Binary"])
            #expect(try await portal.rows("document") == 2)
            #expect(try await portal.rows("dispatch") == 2)
            let again = try await hospital.provide(Self.bundle(["urn:oid:2.999.1", "urn:oid:2.999.2"]))
            #expect(again.text == answer.text)
            #expect(try await portal.rows("document") == 2)
        }
    }

    @Test func `One document that may not be sent keeps all of them back, and is named`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var bundle = Self.bundle(["urn:oid:2.999.1", "urn:oid:2.999.2"])
            bundle.change(3) {
                $0["type"] = ["coding": [["system": "http://snomed.info/sct", "code": "773130005"]]]
            }
            bundle.change(3) { $0["category"] = nil }
            let answer = try await hospital.provide(bundle)
            #expect(answer.status == 422)
            #expect(answer.issues == ["business-rule TypeNotCommunicable Bundle.entry[3].resource.type"])
            #expect(try await portal.rows("document") == 0)
            #expect(portal.sealedFiles.isEmpty)
        }
        #expect(try await portal.refusals() == ["class.notCommunicant"])
    }

    @Test func `A correction in a bundle marks the older document as superseded`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let first = try await hospital.publish(Message("urn:oid:2.999.1"))
            let id = try #require(first.json["id"] as? String)
            var bundle = Self.bundle(["urn:oid:2.999.2"], replacing: "urn:oid:2.999.1")
            bundle.supersede(id)
            let answer = try await hospital.provide(bundle)
            #expect(answer.status == 200, "\(answer.issues)")
            #expect(answer.responses.last?["status"] as? String == "200 OK")
            let state = try await hospital.send(.get, "/fhir/DocumentReference/\(id)")
            #expect(state.json["status"] as? String == "superseded")
            var other = Self.bundle(["urn:oid:2.999.3"])
            other.supersede(id)
            let refused = try await hospital.provide(other)
            #expect(
                refused.status == 422 && refused.issues.first?.contains("UnmodifiableMetadataError") == true)
        }
    }

    @Test func `What is wrong with a bundle is said with its place, and nothing is kept`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let master = ["urn:oid:2.999.1"]
            var cases: [(BundleMessage, Int, String)] = []
            var broken = Self.bundle(master)
            broken.resource["type"] = "batch"
            cases.append((broken, 400, "invalid Bundle.type"))
            broken = Self.bundle(master)
            broken.entries.removeFirst()
            cases.append((broken, 422, "required Bundle.entry"))
            broken = Self.bundle(master)
            broken.entries.removeLast()
            cases.append((broken, 422, "required Bundle.entry[1].resource.content[0].attachment.url"))
            broken = Self.bundle(master)
            broken.change(0) { $0["entry"] = nil }
            cases.append((broken, 422, "invalid Bundle.entry[1].fullUrl"))
            broken = Self.bundle(master)
            broken.change(0) { $0["extension"] = [Self.source] }
            cases.append((broken, 422, "required Bundle.entry[1].resource.extension"))
            broken = Self.bundle(master)
            broken.change(1) { $0["recipent"] = "x" }
            cases.append((broken, 422, "Bundle.entry[1].resource.recipent"))
            broken = Self.bundle(master)
            broken.entries.append(broken.entries[2])
            cases.append((broken, 422, "invalid Bundle.entry"))
            broken = Self.bundle(master)
            broken.entries = Array(repeating: broken.entries[1], count: 51)
            cases.append((broken, 400, "too-costly Bundle.entry"))
            broken = Self.bundle(master)
            broken.entries[1]["request"] = ["method": "POST", "url": "DocumentReference", "ifNoneExist": "x"]
            cases.append((broken, 400, "not-supported Bundle.entry[1].request.ifNoneExist"))
            for (bundle, status, issue) in cases {
                let answer = try await hospital.provide(bundle)
                #expect(answer.status == status, "\(issue): \(answer.issues)")
                #expect(answer.issues.contains { $0.contains(issue) }, "\(issue): \(answer.issues)")
            }
            #expect(try await portal.rows("document") == 0)
        }
    }

    @Test func `A transaction needs the right to create each type in it`() async throws {
        let portal = try await TestPortal.inhabited()
        let token = try await portal.token(
            of: DemoHospital.clientID.rawValue, scopes: "system/DocumentReference.c")
        try await Hospital.visit(portal) { hospital in
            var hospital = hospital
            hospital.token = token
            let answer = try await hospital.provide(Self.bundle(["urn:oid:2.999.1"]))
            #expect(answer.status == 403 && answer.text.contains("system/Binary.c, system/List.c"))
            #expect(try await portal.rows("document") == 0)
        }
    }

    static var source: [String: Any] {
        [
            "url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId",
            "valueIdentifier": ["system": "urn:ietf:rfc:3986", "value": "urn:oid:2.16.756.5.30.1.999"],
        ]
    }

    /// A submission set for Dre Claire Favre, and each document with its bytes.
    static func bundle(_ masters: [String], replacing: String? = nil) -> BundleMessage {
        var entries: [[String: Any]] = []
        for (number, master) in masters.enumerated() {
            var message = Message(master, pdf: Letter.pdf("Lettre \(number)"), replaces: replacing)
            let data = message.attachment["data"]
            message.attachment["data"] = nil
            message.attachment["url"] = "urn:uuid:binary-\(number)"
            message.resource["extension"] = nil
            entries.append(Self.entry("urn:uuid:document-\(number)", message.resource))
            entries.append(
                Self.entry(
                    "urn:uuid:binary-\(number)",
                    ["resourceType": "Binary", "contentType": "application/pdf", "data": data ?? ""]))
        }
        let list: [String: Any] = [
            "resourceType": "List", "status": "current", "mode": "working",
            "contained": [
                [
                    "resourceType": "Practitioner", "id": "rec",
                    "identifier": [["system": "urn:oid:2.51.1.3", "value": "7601099000013"]],
                ]
            ],
            "extension": [
                source,
                [
                    "url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-intendedRecipient",
                    "valueReference": ["reference": "#rec"],
                ],
            ],
            "identifier": [["system": "urn:ietf:rfc:3986", "value": "urn:oid:2.999.5.1"]],
            "code": [
                "coding": [
                    [
                        "system": "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes",
                        "code": "submissionset",
                    ]
                ]
            ],
            "entry": masters.indices.map { ["item": ["reference": "urn:uuid:document-\($0)"]] },
        ]
        return BundleMessage(
            resource: ["resourceType": "Bundle", "type": "transaction"],
            entries: [Self.entry("urn:uuid:list", list)] + entries)
    }

    static func entry(_ url: String, _ resource: [String: Any]) -> [String: Any] {
        [
            "fullUrl": url, "resource": resource,
            "request": ["method": "POST", "url": resource["resourceType"] as? String ?? ""],
        ]
    }
}

/// A transaction, to be changed where a test wants it.
struct BundleMessage {
    var resource: [String: Any]
    var entries: [[String: Any]]

    var bytes: [UInt8] {
        var whole = resource
        whole["entry"] = entries
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8]((try? JSONSerialization.data(withJSONObject: whole, options: options)) ?? Data())
    }

    mutating func change(_ number: Int, _ change: (inout [String: Any]) -> Void) {
        var resource = entries[number]["resource"] as? [String: Any] ?? [:]
        change(&resource)
        entries[number]["resource"] = resource
    }

    /// Adds the mark on an older document.
    mutating func supersede(_ id: String) {
        let parts: [[String: Any]] = [
            ["name": "path", "valueString": "DocumentReference.status"],
            ["name": "type", "valueCode": "replace"], ["name": "value", "valueCode": "superseded"],
        ]
        entries.append([
            "fullUrl": "urn:uuid:patch",
            "resource": ["resourceType": "Parameters", "parameter": [["name": "operation", "part": parts]]],
            "request": ["method": "PATCH", "url": "DocumentReference/\(id)"],
        ])
    }
}

extension Hospital {
    func provide(_ bundle: BundleMessage) async throws -> Answer {
        try await send(.post, "/fhir", body: bundle.bytes)
    }
}

extension Answer {
    /// The answers of a transaction-response, in the order of its entries.
    var responses: [[String: Any]] {
        (json["entry"] as? [[String: Any]] ?? []).compactMap { $0["response"] as? [String: Any] }
    }
}
