import Access
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// `POST /fhir/DocumentReference` when all is well (IHE MHD ITI-105).
@Suite struct PublishTests {
    @Test func `A published document is answered with its place, its version and its metadata`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let answer = try await hospital.publish(Message())
            #expect(answer.status == 201)
            let id = try #require(answer.json["id"] as? String)
            let base = "https://portail.hul.example/fhir"
            #expect(answer.headers[.location] == "\(base)/DocumentReference/\(id)/_history/1")
            #expect(answer.headers[.eTag] == "W/\"1\"")
            #expect(answer.headers[.lastModified] == "Fri, 20 Nov 2026 08:00:00 GMT")
            #expect(answer.headers[.contentType]?.hasPrefix("application/fhir+json") == true)
            let contents = try #require(answer.json["content"] as? [[String: Any]])
            let attachment = try #require(contents.first?["attachment"] as? [String: Any])
            #expect(attachment["url"] as? String == "\(base)/Binary/\(id)")
            #expect(attachment["data"] == nil)
            #expect(attachment["size"] as? Int == Letter.pdf().count)
            #expect(!answer.text.contains("Jaquet") && !answer.text.contains("Hélène"))
        }
    }

    @Test func `The same message again gets the same status, headers and bytes`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let first = try await hospital.publish(Message())
            portal.time.advance(minutes: 2)
            let second = try await hospital.publish(Message())
            expectSame(first, second)
            #expect(try await portal.rows("document") == 1)
            #expect(try await portal.rows("outbox WHERE kind = 'notice'") == 1)
        }
    }

    @Test func `The same message gets the same answer after its document was replaced`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let first = try await hospital.publish(Message("urn:oid:2.999.1"))
            let correction = Message(
                "urn:oid:2.999.2", pdf: Letter.pdf("Corrige"), replaces: "urn:oid:2.999.1")
            #expect(try await hospital.publish(correction).status == 201)
            expectSame(first, try await hospital.publish(Message("urn:oid:2.999.1")))
            #expect(try await portal.rows("document") == 2)
        }
    }

    @Test func `Some recipients get it, the others are named in the answer, also when it is repeated`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var message = Message()
            message.address(to: ["7601099000013", "7601999000014", "7601099000020"])
            let first = try await hospital.publish(message)
            #expect(first.status == 201)
            let place =
                PublishRefusalTests.recipient
            #expect(
                first.issues == [
                    "business-rule NotDesignated DocumentReference.context.encounter",
                    "not-found UnknownRecipient \(place)[2]",
                ])
            #expect(
                first.text.contains("\"severity\":\"warning\"")
                    && !first.text.contains("\"severity\":\"error\""))
            expectSame(first, try await hospital.publish(message))
        }
    }

    @Test func `The sender chooses what it gets back`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let minimal = try await hospital.publish(Message(), headers: [.prefer: "return=minimal"])
            #expect(minimal.status == 201 && minimal.text.isEmpty && minimal.headers[.location] != nil)
            let outcome = try await hospital.publish(Message(), headers: [.prefer: "return=OperationOutcome"])
            #expect(outcome.status == 201 && outcome.issues == ["informational"])
            let whole = try await hospital.publish(Message(), headers: [.prefer: "return=representation"])
            #expect(whole.json["resourceType"] as? String == "DocumentReference")
            #expect(Set([minimal, outcome, whole].map { $0.headers[.location] }).count == 1)
        }
    }

    @Test func `An unknown property is refused, and ignored when the sender asks for leniency`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var message = Message()
            message.resource["recipent"] = "7601099000013"
            let strict = try await hospital.publish(message)
            #expect(strict.status == 422 || strict.status == 400)
            #expect(strict.issues.first?.contains("DocumentReference.recipent") == true)
            let lenient = try await hospital.publish(message, headers: [.prefer: "handling=lenient"])
            #expect(lenient.status == 201)
        }
    }

    @Test func `Sixteen copies over the wire at once get one answer`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let body = Message().bytes
            let answers = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        let answer = try await hospital.send(.post, "/fhir/DocumentReference", body: body)
                        return [String(answer.status), answer.headers[.location] ?? "", answer.text]
                    }
                }
                return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
            }
            #expect(answers.count == 1 && answers.first?.first == "201")
            #expect(try await portal.rows("document") == 1)
        }
    }

    @Test func `The sender reads the state of each delivery, another system finds nothing`() async throws {
        let portal = try await TestPortal.inhabited()
        let other = try await portal.token(of: "radiologie", scopes: "system/DocumentReference.cr")
        try await Hospital.visit(portal) { hospital in
            let id = try #require(try await hospital.publish(Message()).json["id"] as? String)
            let own = try await hospital.send(.get, "/fhir/DocumentReference/\(id)")
            #expect(own.status == 200 && own.text.contains("\"valueCode\":\"deposited\""))
            #expect(!own.text.contains("\"data\""))
            var stranger = hospital
            stranger.token = other
            let unknown = try await stranger.send(
                .get, "/fhir/DocumentReference/0123456789abcdef0123456789abcdef")
            let theirs = try await stranger.send(.get, "/fhir/DocumentReference/\(id)")
            #expect(theirs.status == 404 && theirs.text == unknown.text)
            #expect(theirs.issues == ["not-found"])
        }
    }

    private func expectSame(_ first: Answer, _ second: Answer) {
        #expect(first.status == 201 && second.status == 201)
        #expect(first.text == second.text)
        for name in [HTTPField.Name.location, .eTag, .lastModified, .contentType] {
            #expect(first.headers[name] == second.headers[name])
        }
    }
}
