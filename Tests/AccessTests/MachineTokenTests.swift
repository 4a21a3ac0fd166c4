import Access
import Storage
import TestSupport
import Testing

/// A hospital system's assertions count once, its tokens live five minutes.
@Suite struct MachineTokenTests {
    private let client = Client(
        id: Client.ID(rawValue: "dpi"), name: "DPI", jwks: "{\"keys\":[]}",
        scopes: Scope.parse("system/DocumentReference.cr"))

    private func portal() async throws -> TestPortal {
        let portal = try await TestPortal()
        try await portal.access.registerClient(client)
        return portal
    }

    private func token(
        _ portal: TestPortal, jti: String? = nil, asking scopes: String = "system/DocumentReference.cr",
        of other: Client? = nil
    ) async throws -> IssuedToken? {
        let expires = portal.time.now.adding(minutes: 5)
        return try await portal.access.issueToken(
            to: other ?? client, asking: Scope.parse(scopes), assertion: jti.map { ($0, expires) },
            origin: Doctor.origin())
    }

    @Test(arguments: [(299, true), (300, false), (301, false)])
    func `A token lives five minutes`(_ seconds: Int, _ isAlive: Bool) async throws {
        let portal = try await portal()
        let issued = try #require(try await token(portal))
        #expect(issued.lifetime == 300)
        portal.time.advance(seconds: seconds)
        let machine = try await portal.access.machine(token: issued.token, origin: Doctor.origin())
        #expect((machine != nil) == isAlive)
    }

    @Test func `Sixty-four uses of one assertion give one token`() async throws {
        let portal = try await portal()
        let issued = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 { group.addTask { try await token(portal, jti: "j1") != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(issued == 1)
        #expect(try await portal.rows("access_token") == 1)
        #expect(try await portal.rows("audit_event WHERE event = 'tokenIssued'") == 1)
    }

    @Test func `An assertion stays used as long as any clock might take it, and belongs to its client`()
        async throws
    {
        let portal = try await portal()
        _ = try #require(try await token(portal, jti: "j1"))
        portal.time.advance(minutes: 14, seconds: 59)
        try await portal.access.forgetOld()
        #expect(try await token(portal, jti: "j1") == nil)
        let other = Client(id: Client.ID(rawValue: "labo"), name: "Labo", jwks: "{}", scopes: client.scopes)
        try await portal.access.registerClient(other)
        #expect(try await token(portal, jti: "j1", of: other) != nil)
    }

    @Test func `A suspended client's tokens open nothing, from the next request on`() async throws {
        let portal = try await portal()
        let issued = try #require(try await token(portal))
        try await portal.tamper("UPDATE client SET state = 'suspended'")
        #expect(try await portal.access.machine(token: issued.token, origin: Doctor.origin()) == nil)
        #expect(try await portal.access.client(client.id) == nil)
    }

    @Test func `Nobody gets more than is registered, and nothing means no token`() async throws {
        let portal = try await portal()
        let issued = try #require(
            try await token(portal, asking: "system/DocumentReference.cruds system/Patient.r"))
        #expect(issued.scopes == Scope.parse("system/DocumentReference.cr"))
        #expect(try await token(portal, asking: "system/Patient.r") == nil)
        #expect(try await token(portal, asking: "") == nil)
        #expect(try await portal.rows("access_token WHERE token_hash = \(Array(issued.token.utf8))") == 0)
    }
}
