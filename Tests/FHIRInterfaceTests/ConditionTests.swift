import HTTPTypes
import Storage
import TestSupport
import Testing

/// A condition that is not kept is refused, never passed over.
@Suite struct ConditionTests {
    static let ifNoneExist = HTTPField.Name("If-None-Exist")!

    @Test(arguments: [ifNoneExist, .ifNoneMatch, .ifUnmodifiedSince])
    func `A write under a condition that is not kept does nothing`(_ name: HTTPField.Name) async throws {
        let portal = try await TestPortal.inhabited()
        let known = try await portal.rows("designation")
        try await Hospital.visit(portal) { hospital in
            let condition: HTTPFields = [name: "identifier=urn:oid:2.16.756.5.30.1.999.6|CONS-2026-4471"]
            let answers = [
                try await hospital.publish(Message(), headers: condition),
                try await hospital.post("/fhir/Consent", ConsentTests.consent(), condition),
                try await hospital.put(ConsentTests.place, ConsentTests.consent(), condition),
            ]
            for answer in answers {
                #expect(answer.status == 400 && answer.issues == ["not-supported"])
                #expect(answer.text.contains(name.rawName), "the answer names the header")
            }
        }
        #expect(try await portal.rows("document") == 0)
        #expect(try await portal.rows("designation") == known)
        #expect(try await portal.refusals() == Array(repeating: "fhir.not-supported", count: 3))
    }

    @Test func `If-Match is for consents; of a new document there is no version to match`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            let answer = try await hospital.publish(Message(), headers: [.ifMatch: "W/\"1\""])
            #expect(answer.status == 400 && answer.text.contains("If-Match"))
            let created = try await hospital.post(
                "/fhir/Consent", ConsentTests.consent(), [.ifMatch: "W/\"1\""])
            #expect(created.status == 412 && created.issues == ["conflict"])
        }
        #expect(try await portal.rows("document") == 0)
    }

    @Test(arguments: [
        "&status=active", "&identifier=urn:oid:2.999%7C2", "&patient=000412033", "&_format=xml",
    ])
    func `A consent is looked for by its identifier only`(_ more: String) async throws {
        let portal = try await TestPortal.inhabited()
        let known = try await portal.rows("designation")
        try await Hospital.visit(portal) { hospital in
            let answer = try await hospital.put(ConsentTests.place + more, ConsentTests.consent())
            #expect([400, 422].contains(answer.status) && answer.issues.count == 1)
            #expect(!answer.text.contains("000412033"))
        }
        #expect(try await portal.rows("designation") == known)
    }
}
