import Access
import Crypto
import Demo
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

/// The hospital's record system on the other side of the wire: a token, and messages to change at will.
struct Hospital {
    let client: any TestClientProtocol
    var token: String?

    /// Calls `body` with a fresh portal and its record system.
    static func visit(
        _ portal: TestPortal, _ body: @escaping @Sendable (Hospital) async throws -> Void
    ) async throws {
        let token = try await portal.recordSystemToken()
        try await portal.application.test(.router) { try await body(Hospital(client: $0, token: token)) }
    }

    func send(
        _ method: HTTPRequest.Method, _ address: String, headers: HTTPFields = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        var fields: HTTPFields = [:]
        if let token { fields[.authorization] = "Bearer \(token)" }
        if body != nil { fields[.contentType] = "application/fhir+json" }
        for field in headers { fields[field.name] = field.value }
        let response = try await client.execute(
            uri: address, method: method, headers: fields, body: body.map { ByteBuffer(bytes: $0) })
        return Answer(response)
    }

    func publish(_ message: Message, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.post, "/fhir/DocumentReference", headers: headers, body: message.bytes)
    }
}

/// What came back.
struct Answer {
    let status: Int
    let headers: HTTPFields
    let text: String
    let bytes: [UInt8]

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
        bytes = Array(buffer: response.body)
    }

    /// The body as JSON, for tests to look into.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }

    /// The resources of a Bundle.
    var entries: [[String: Any]] {
        (json["entry"] as? [[String: Any]] ?? []).compactMap { $0["resource"] as? [String: Any] }
    }

    /// Where the next page of a Bundle is, on this server.
    var next: String? {
        let links = json["link"] as? [[String: String]] ?? []
        return links.first { $0["relation"] == "next" }?["url"]?
            .replacingOccurrences(of: "https://portail.hul.example", with: "")
    }

    /// The issues of an OperationOutcome: `code details expression` of each.
    var issues: [String] {
        guard json["resourceType"] as? String == "OperationOutcome" else { return [] }
        return (json["issue"] as? [[String: Any]] ?? []).map { issue in
            let details = (issue["details"] as? [String: Any])?["text"] as? String
            let place = (issue["expression"] as? [String])?.first
            return [issue["code"] as? String, details, place].compactMap { $0 }.joined(separator: " ")
        }
    }
}

/// A message as the record system sends it: the demo's, changed where a test wants it.
struct Message {
    var resource: [String: Any]

    init(
        _ master: String = "urn:oid:2.16.756.5.30.1.999.3.417", pdf: [UInt8] = Letter.pdf(),
        replaces: String? = nil, stay: String = "2026111207", type: String = "373942005"
    ) {
        let bytes = DemoMessage.documentReference(
            of: pdf, master: master, replaces: replaces, title: "Lettre de sortie",
            recipient: DemoPeople.favre,
            stay: stay, type: type)
        resource = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]
    }

    var bytes: [UInt8] {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8]((try? JSONSerialization.data(withJSONObject: resource, options: options)) ?? Data())
    }

    /// The attachment, to be changed.
    var attachment: [String: Any] {
        get {
            let contents = resource["content"] as? [[String: Any]]
            return contents?.first?["attachment"] as? [String: Any] ?? [:]
        }
        set { resource["content"] = [["attachment": newValue]] }
    }

    /// Puts other bytes in, with or without their size and hash.
    mutating func attach(_ bytes: [UInt8], isMeasured: Bool = true) {
        attachment["data"] = Data(bytes).base64EncodedString()
        attachment["size"] = isMeasured ? bytes.count : nil
        attachment["hash"] =
            isMeasured ? Data(Insecure.SHA1.hash(data: bytes)).base64EncodedString() : nil
    }

    /// Names other recipients.
    mutating func address(to glns: [String]) {
        resource["extension"] = glns.map { gln in
            [
                "url": "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-intendedRecipient",
                "valueReference": [
                    "type": "Practitioner", "identifier": ["system": "urn:oid:2.51.1.3", "value": gln],
                ],
            ] as [String: Any]
        }
    }
}

extension HTTPField.Name {
    static let prefer = HTTPField.Name("Prefer")!
}
