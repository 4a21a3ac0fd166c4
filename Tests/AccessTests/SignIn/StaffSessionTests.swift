import Access
import Demo
import TestSupport
import Testing

/// Who validates identities and keeps the portal has shorter sessions than who reads (D32).
@Suite struct StaffSessionTests {
    @Test(arguments: [(14 * 60 + 59, true), (15 * 60, false)])
    func `A quarter of an hour without a request ends a session of the portal team`(
        _ seconds: Int, _ isAlive: Bool
    )
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let token = try await signIn(DemoPeople.benali, at: portal)
        portal.time.advance(seconds: seconds)
        #expect(try await (portal.access.session(token: token, origin: Doctor.origin()) != nil) == isAlive)
    }

    @Test(arguments: [(8 * 3600 - 1, true), (8 * 3600, false)])
    func `Eight hours end it in any case`(_ seconds: Int, _ isAlive: Bool) async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let token = try await signIn(DemoPeople.benali, at: portal)
        var left = seconds
        while left > 0 {
            let step = min(left, 14 * 60)
            portal.time.advance(seconds: step)
            left -= step
            if left > 0 {
                #expect(try await portal.access.session(token: token, origin: Doctor.origin()) != nil)
            }
        }
        #expect(try await (portal.access.session(token: token, origin: Doctor.origin()) != nil) == isAlive)
    }

    @Test func `The portal team is in no space, and opens nothing clinical`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let token = try await signIn(DemoPeople.benali, at: portal)
        let found = try #require(try await portal.access.session(token: token, origin: Doctor.origin()))
        #expect(found.holder != nil && found.viewer == nil)
        #expect(try await portal.access.spaces(of: #require(found.holder)).isEmpty)
    }

    private func signIn(_ persona: Persona, at portal: TestPortal) async throws -> String {
        let origin = Doctor.origin()
        let answer = try await portal.access.signIn(
            email: persona.account.email, password: persona.password, origin: origin)
        guard case .codeExpected(let token, _) = answer else {
            throw TestFailure("no code expected: \(answer)")
        }
        let code = try await portal.newestCode(to: persona.account.mobile ?? "")
        guard
            case .signedIn(let session) = try await portal.access.signIn(
                code: code, token: token, origin: origin)
        else { throw TestFailure("not signed in") }
        return session
    }
}
