import Access
import Storage
import TestSupport
import Testing

/// What nothing needs any more is deleted, and nothing before its time.
@Suite struct ForgetOldTests {
    /// Sessions, codes, a failed sign-in, counters, a token, an assertion, an ended job.
    private func leavings() async throws -> TestPortal {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        _ = try await doctor.signIn()
        _ = try await doctor.offer("Pas-le-bon-mot")
        let client = Client(
            id: Client.ID(rawValue: "dpi"), name: "DPI", jwks: "{\"keys\":[]}",
            scopes: Scope.parse("system/Consent.c"))
        try await portal.access.registerClient(client)
        let expires = portal.time.now.adding(minutes: 5)
        _ = try await portal.access.issueToken(
            to: client, asking: client.scopes, assertion: ("j1", expires), origin: Doctor.origin())
        return portal
    }

    private static let tables = [
        "session", "one_time_code", "sign_in_guard", "throttle", "access_token", "client_assertion", "outbox",
    ]

    private func counts(_ portal: TestPortal) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for (table, query) in zip(
            Self.tables,
            [
                "session", "one_time_code", "sign_in_guard", "throttle", "access_token", "client_assertion",
                "outbox",
            ] as [SQLText])
        { counts[table] = try await portal.rows(query) }
        return counts
    }

    @Test(arguments: [
        (
            0,
            [
                "session", "one_time_code", "sign_in_guard", "throttle", "access_token", "client_assertion",
                "outbox",
            ]
        ),
        (10, ["session", "one_time_code", "sign_in_guard", "throttle", "client_assertion", "outbox"]),
        (16, ["session", "one_time_code", "sign_in_guard", "throttle", "outbox"]),
        (25 * 60, ["session", "one_time_code", "sign_in_guard", "outbox"]),
        (29 * 24 * 60, ["session", "one_time_code", "sign_in_guard", "outbox"]), (31 * 24 * 60, []),
    ])
    func `Each thing is kept as long as it is of use`(_ minutes: Int, _ left: [String]) async throws {
        let portal = try await leavings()
        #expect(try await counts(portal).allSatisfy { $0.value > 0 }, "there is something to forget")
        portal.time.advance(minutes: minutes)
        try await portal.access.forgetOld()
        let kept = try await counts(portal).filter { $0.value > 0 }.keys.sorted()
        #expect(kept == left.sorted())
    }

    @Test func `Events are never forgotten`() async throws {
        let portal = try await leavings()
        let events = try await portal.rows("audit_event")
        portal.time.advance(days: 4000)
        try await portal.access.forgetOld()
        #expect(try await portal.rows("audit_event") == events)
    }
}
