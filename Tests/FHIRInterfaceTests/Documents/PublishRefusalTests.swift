import Access
import FHIR
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing

@testable import FHIRInterface

/// Everything that is refused, with the status, the code and the element of standards, section 3.7.
@Suite struct PublishRefusalTests {
    /// A message with one thing wrong, and what the answer says.
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        /// `code details expression` of the first issue.
        let issue: String
        var headers: HTTPFields = [:]
        let body: @Sendable () async throws -> [UInt8]

        init(
            _ name: String, _ status: Int, _ issue: String, headers: HTTPFields = [:],
            changing change: @escaping @Sendable (inout Message) -> Void
        ) {
            self.init(name, status, issue, headers: headers) {
                var message = Message()
                change(&message)
                return message.bytes
            }
        }
        init(
            _ name: String, _ status: Int, _ issue: String, headers: HTTPFields = [:],
            body: @escaping @Sendable () async throws -> [UInt8]
        ) {
            (testDescription, self.status, self.issue, self.headers, self.body) = (
                name, status, issue, headers, body
            )
        }
    }

    static let recipient =
        "DocumentReference.extension('https://profiles.ihe.net/ITI/MHD/StructureDefinition/"
        + "ihe-intendedRecipient')"
    static let data = "DocumentReference.content[0].attachment.data"

    static let form: [Example] = [
        Example("nothing at all", 400, "structure", body: { [] }),
        Example("not JSON", 400, "structure", body: { Array("MSH|^~\\&|DPI".utf8) }),
        Example("not UTF-8", 400, "structure", body: { [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D] }),
        Example("cut off", 400, "structure", body: { Array(Message().bytes.dropLast(40)) }),
        Example("a list", 400, "structure", body: { Array("[]".utf8) }),
        Example(
            "a member twice", 400, "structure",
            body: { Array("{\"resourceType\":\"A\",\"resourceType\":\"B\"}".utf8) }),
        Example("another resource", 400, "invalid", changing: { $0.resource["resourceType"] = "Bundle" }),
        Example("no resource type", 400, "invalid", changing: { $0.resource["resourceType"] = nil }),
        Example("ten thousand levels", 400, "too-costly", body: { HostileJSON.deep(10_000) }),
        Example(
            "ten thousand levels of objects", 400, "too-costly", body: { HostileJSON.deepObjects(10_000) }),
        Example("a million elements", 400, "too-costly", body: { HostileJSON.wide(1_000_000) }),
        Example(
            "plain text", 415, "not-supported", headers: [.contentType: "text/plain"],
            body: { Message().bytes }),
        Example(
            "XML", 415, "not-supported", headers: [.contentType: "application/fhir+xml"],
            body: { Message().bytes }),
    ]

    static let elements: [Example] = [
        Example("no recipient", 422, "required \(recipient)", changing: { $0.resource["extension"] = nil }),
        Example(
            "a GLN with a wrong check digit", 422,
            "value DocumentReference.extension[0].valueReference.identifier.value",
            changing: { $0.address(to: ["7601099000014"]) }),
        Example(
            "nobody's GLN", 422, "not-found UnknownRecipient \(recipient)",
            changing: { $0.address(to: ["7601099000020"]) }),
        Example(
            "preliminary", 422, "business-rule NotFinal DocumentReference.docStatus",
            changing: { $0.resource["docStatus"] = "preliminary" }),
        Example(
            "entered in error", 422, "business-rule NotFinal DocumentReference.docStatus",
            changing: { $0.resource["docStatus"] = "entered-in-error" }),
        Example(
            "superseded", 422, "code-invalid DocumentReference.status",
            changing: { $0.resource["status"] = "superseded" }),
        Example(
            "not communicant", 422, "business-rule TypeNotCommunicable DocumentReference.type",
            body: { Message(type: "773130005").bytes }),
        Example(
            "a type of no value set", 422, "code-invalid DocumentReference.type",
            body: { Message(type: "1").bytes }),
        Example(
            "another stay", 422, "business-rule NotDesignated DocumentReference.context.encounter",
            body: { Message(stay: "2026111999").bytes }),
        Example(
            "no master identifier", 422, "required DocumentReference.masterIdentifier",
            changing: { $0.resource["masterIdentifier"] = nil }),
        Example(
            "a master identifier that is no URN", 422, "value DocumentReference.masterIdentifier.value",
            body: { Message("2026000417").bytes }),
        Example(
            "no patient", 422, "required DocumentReference.subject",
            changing: { $0.resource["subject"] = nil }),
        Example(
            "replaces an unknown document", 422, "not-found XDSReplaceFailed DocumentReference.relatesTo",
            body: { Message(replaces: "urn:oid:2.999.77").bytes }),
    ]

    static let attachments: [Example] = [
        Example("no document", 422, "required \(data)", changing: { $0.attachment["data"] = nil }),
        Example("not base64", 422, "value \(data)", changing: { $0.attachment["data"] = "JVBERi0xLjQ*" }),
        Example(
            "base64 cut off", 422, "value \(data)", changing: { $0.attachment["data"] = "JVBERi0xLjQKJ" }),
        Example(
            "another size", 422, "invalid XDSNonIdenticalSize DocumentReference.content[0].attachment.size",
            changing: { $0.attachment["size"] = 3 }),
        Example(
            "another hash", 422, "invalid XDSNonIdenticalHash DocumentReference.content[0].attachment.hash",
            changing: { $0.attachment["hash"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }),
        Example(
            "a hash that is none", 422, "value DocumentReference.content[0].attachment.hash",
            changing: { $0.attachment["hash"] = "AAAA" }),
        Example(
            "not a PDF by name", 422, "code-invalid DocumentReference.content[0].attachment.contentType",
            changing: { $0.attachment["contentType"] = "text/html" }),
        Example(
            "not a PDF", 422, "invalid InvalidDocumentContent \(data)",
            changing: { $0.attach(Array("<html>".utf8)) }),
        Example(
            "a PDF cut off", 422, "invalid InvalidDocumentContent \(data)",
            changing: { $0.attach(Array(Letter.pdf().prefix(250))) }),
        Example(
            "an encrypted PDF", 422, "invalid InvalidDocumentContent \(data)",
            body: {
                var message = Message()
                message.attach(try await LockedPDF.bytes())
                return message.bytes
            }),
        Example(
            "more than 2 MiB", 413, "too-long \(data)",
            changing: { $0.attach(Letter.pdf() + [UInt8](repeating: 0x20, count: 2 << 20)) }),
    ]

    @Test(arguments: form + elements + attachments)
    func `What is wrong is refused by name, and leaves one trace and nothing else`(_ example: Example)
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let body = try await example.body()
            let answer = try await hospital.send(
                .post, "/fhir/DocumentReference", headers: example.headers, body: body)
            #expect(answer.status == example.status)
            // where the text itself is at fault the place differs from reader to reader
            let told = try #require(answer.issues.first)
            #expect(answer.status < 422 ? told.hasPrefix(example.issue) : told == example.issue)
            for word in ["Jaquet", "Hélène", "1958", "000412033"] {
                #expect(
                    !answer.text.contains(word), "the answer repeats what the message says of the patient")
            }
        }
        for table in ["document", "patient", "content", "dispatch", "document_reader"] {
            #expect(try await portal.isEmpty(table), "\(table)")
        }
        #expect(portal.sealedFiles.isEmpty)
        #expect(try await portal.refusals().count == 1)
    }

    @Test func `A body announced as too large is refused before it is read`() async throws {
        let portal = try await TestPortal.inhabited()
        let interface = FHIRInterface(
            access: portal.access, dispatches: portal.dispatches, directory: portal.directory,
            settings: FHIRSettings(
                baseURL: "https://portail.hul.example", hospitalName: "", softwareVersion: ""))
        let isRead = Flag()
        let body = AsyncStream<ByteBuffer> {
            isRead.raise()
            return nil
        }
        let request = Request(
            head: HTTPRequest(
                method: .post, scheme: "https", authority: nil, path: "/fhir/DocumentReference",
                headerFields: [.contentType: "application/json", .contentLength: "41000000"]),
            body: RequestBody(asyncSequence: body))
        let outcome = await #expect(throws: OperationOutcome.self) {
            _ = try await interface.receiveJSON("DocumentReference", request, limit: 40_000_000)
        }
        #expect(outcome?.httpStatus == 413 && outcome?.issues.first?.code == .tooLong)
        #expect(!isRead.isUp)
    }

    @Test func `A body that grows beyond the limit without saying so is cut off`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let long = [UInt8](repeating: 0x20, count: 9 << 20)
            let answer = try await hospital.send(.post, "/fhir/DocumentReference", body: long)
            #expect(answer.status == 413 && answer.issues == ["too-long"])
        }
    }

    @Test func `A suspended account is unavailable, not unknown`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.access.setState(.suspended, of: portal.account("7601099000013"))
        try await Hospital.visit(portal) { hospital in
            let answer = try await hospital.publish(Message())
            #expect(answer.status == 422)
            #expect(answer.issues == ["business-rule UnavailableRecipient \(Self.recipient)"])
        }
    }

    @Test func `The same identifier with another content is a duplicate`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            #expect(try await hospital.publish(Message()).status == 201)
            let answer = try await hospital.publish(Message(pdf: Letter.pdf("Autre")))
            #expect(answer.status == 409)
            #expect(
                answer.issues == [
                    "duplicate XDSDuplicateUniqueIdInRegistry DocumentReference.masterIdentifier"
                ])
        }
    }

    @Test func `Two mistakes are told at once`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var message = Message()
            message.resource["extension"] = nil
            message.resource["docStatus"] = "preliminary"
            let told = try await hospital.publish(message).issues
            #expect(
                told.sorted() == [
                    "business-rule NotFinal DocumentReference.docStatus", "required \(Self.recipient)",
                ])
        }
    }
}

/// Goes up once.
private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var state = false
    func raise() { lock.withLock { state = true } }
    var isUp: Bool { lock.withLock { state } }
}
