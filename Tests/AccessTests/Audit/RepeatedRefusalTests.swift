import Access
import Storage
import TestSupport
import Testing

/// Who is refused again and again does not fill the trail, and nothing is lost from it.
@Suite struct RepeatedRefusalTests {
    private func details(_ portal: TestPortal) async throws -> [String] {
        try await portal.texts(
            "detail", "SELECT detail FROM audit_event WHERE detail LIKE 'repeated=%' ORDER BY id")
    }

    @Test func `Two hundred blocked tries of a minute are two events with their number`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        for _ in 0..<5 { _ = try await doctor.offer("Pas-le-bon-mot") }
        let before = try await portal.rows("audit_event")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 { group.addTask { _ = try await doctor.offer() } }
            try await group.waitForAll()
        }
        try await portal.access.recordRepetitions()
        #expect(try await portal.rows("audit_event") == before + 1, "the minute is not over")
        portal.time.advance(minutes: 2)
        try await portal.access.recordRepetitions()
        try await portal.access.recordRepetitions()
        #expect(try await portal.rows("audit_event") == before + 2)
        #expect(try await details(portal) == ["repeated=199"])
        #expect(
            try await portal.rows(
                """
                audit_event WHERE event = 'signInPassword' AND outcome = 'refused' AND rule = 'signIn.wait'
                  AND actor_id = \(doctor.id)
                """) == 2, "both name the account concerned")
        #expect(try await portal.rows("throttle WHERE bucket LIKE 'refused%'") == 0)
    }

    @Test func `What is refused once is told once`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        for _ in 0..<6 { _ = try await doctor.offer("Pas-le-bon-mot") }
        portal.time.advance(minutes: 2)
        try await portal.access.recordRepetitions()
        #expect(try await details(portal) == [])
        #expect(
            try await portal.refusals() == Array(repeating: "signIn.wrongPair", count: 5) + ["signIn.wait"])
    }

    @Test func `A dead code that is typed again and again does not fill it either`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        let (token, _) = try await doctor.expectCode()
        portal.time.advance(minutes: 10)
        for _ in 0..<200 { _ = try await doctor.type("000000", token) }
        let codes = try await portal.refusals().filter { $0.hasPrefix("code.") }
        #expect(codes.filter { $0 == "code.expired" }.count == 1)
        #expect(codes.filter { $0 == "code.limit" }.count <= 1)
        #expect(codes.count < 30, "wrong tries are bounded by the codes: \(codes.count)")
    }
}
