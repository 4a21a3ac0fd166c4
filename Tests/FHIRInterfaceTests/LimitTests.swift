import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// The table «Limits» of docs/interfaces/fhir.md: the last that is taken, and the first that is not.
@Suite struct LimitTests {
    private static func text(_ bytes: Int) -> String {
        String(repeating: "é", count: bytes / 2) + (bytes % 2 == 1 ? "a" : "")
    }

    private static func identity(_ family: String, _ given: String) -> @Sendable (inout Message) -> Void {
        { message in
            var contained = message.resource["contained"] as? [[String: Any]] ?? []
            contained[0]["name"] = [["family": family, "given": [given]]]
            message.resource["contained"] = contained
        }
    }

    /// An element, its limit in bytes of UTF-8, and how it is set to a text of so many bytes.
    static let texts: [(place: String, limit: Int, change: @Sendable (inout Message, Int) -> Void)] = [
        ("DocumentReference.description", 1000, { $0.resource["description"] = text($1) }),
        (
            "DocumentReference.content[0].attachment.title", 1000,
            { $0.attachment["title"] = text($1) }
        ),
        ("DocumentReference.contained[0].name[0].family", 200, { identity(text($1), "Hélène")(&$0) }),
        ("DocumentReference.contained[0].name[0].given[0]", 200, { identity("Jaquet", text($1))(&$0) }),
    ]

    @Test(arguments: texts.indices)
    func `A text may have as many bytes as its limit says, and not one more`(_ index: Int) async throws {
        let (place, limit, change) = Self.texts[index]
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var longer = Message("urn:oid:2.999.1")
            change(&longer, limit + 1)
            let refused = try await hospital.publish(longer)
            #expect(refused.status == 422 && refused.issues == ["value \(place)"])
            var longest = Message("urn:oid:2.999.2")
            change(&longest, limit)
            #expect(try await hospital.publish(longest).status == 201)
        }
        #expect(try await portal.rows("document") == 1)
    }

    @Test func `A document has at most twenty recipients`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let favre = "7601099000013"
            var message = Message()
            message.address(to: Array(repeating: favre, count: 21))
            let refused = try await hospital.publish(message)
            #expect(refused.status == 400)
            #expect(refused.issues == ["too-costly \(PublishRefusalTests.recipient)"])
            message.address(to: Array(repeating: favre, count: 20))
            #expect(try await hospital.publish(message).status == 201)
        }
        #expect(try await portal.rows("dispatch") == 1)
    }

    @Test func `At most fifty mistakes are told`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var message = Message()
            for number in 0..<80 { message.resource["unknown\(number)"] = "x" }
            let issues = try await hospital.publish(message).issues
            #expect(issues.count == 51 && issues.last == "too-costly", "and that there are more")
        }
    }

    @Test(arguments: [
        "application/fhir+json", "application/json", "Application/FHIR+JSON; charset=utf-8",
        "application/json;fhirVersion=4.0",
    ])
    func `JSON is taken under both of its names`(_ type: String) async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let answer = try await hospital.publish(Message(), headers: [.contentType: type])
            #expect(answer.status == 201)
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }
}
