import Access
import Demo
import Directory
import Foundation
import Storage
import TestSupport
import Testing

/// A sign-in belongs to the browser that began it, and counts once, however many try at the same time (S8, class 9).
@Suite struct IdentityStateTests {
    private static let origin = IdentitySignInTests.origin
    private static let browser = IdentitySignInTests.browser
    private static let thief = String(repeating: "c", count: 64)

    private func begin(_ portal: TestPortal, browser: String = browser) async throws -> SignInSecrets {
        try await portal.access.beginIdentitySignIn(
            .hin, browser: browser, returnTo: "/documents", origin: Self.origin)
    }

    private func take(
        _ portal: TestPortal, _ state: String, browser: String = browser,
        provider: IdentityProviderName = .hin
    ) async throws -> BegunIdentitySignIn? {
        do {
            return try await portal.access.takeIdentitySignIn(
                provider, state: state, browser: browser, origin: Self.origin)
        } catch IdentityRefusal.unknownState { return nil }
    }

    @Test func `Another browser finishes nothing, and spoils nothing`() async throws {
        let portal = try await TestPortal()
        let secrets = try await begin(portal)
        #expect(try await take(portal, secrets.state, browser: Self.thief) == nil)
        #expect(try await take(portal, secrets.state, browser: "") == nil)
        #expect(try await take(portal, secrets.state, provider: .oidc) == nil, "begun with another provider")
        for state in ["", "x", secrets.state + "0", secrets.state.uppercased() + "A"] {
            #expect(try await take(portal, state) == nil)
        }
        let begun = try #require(try await take(portal, secrets.state))
        #expect(begun.secrets.nonce == secrets.nonce && begun.secrets.verifier == secrets.verifier)
        #expect(begun.secrets.returnTo == "/documents")
        #expect(try await take(portal, secrets.state) == nil, "once")
    }

    @Test func `A sign-in begun by somebody else is of no use to him when the victim's browser is led back`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let his = try await begin(portal, browser: Self.thief)
        #expect(try await take(portal, his.state) == nil, "the victim's browser has another cookie")
        #expect(try await portal.rows("session") == 0)
    }

    @Test func `It lives ten minutes`() async throws {
        let portal = try await TestPortal()
        let (first, second) = (try await begin(portal), try await begin(portal))
        portal.time.advance(minutes: 9, seconds: 59)
        #expect(try await take(portal, first.state) != nil)
        portal.time.advance(seconds: 1)
        #expect(try await take(portal, second.state) == nil)
        try await portal.access.forgetOld()
        portal.time.advance(minutes: 1)
        try await portal.access.forgetOld()
        #expect(try await portal.rows("identity_sign_in") == 0)
    }

    @Test func `Of 64 returns at once one is taken`() async throws {
        let portal = try await TestPortal()
        let secrets = try await begin(portal)
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 { group.addTask { try await self.take(portal, secrets.state) != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
    }

    @Test func `Of 64 wishes for an account with the same identity one is taken`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await IdentitySignInTests.signIn(
            portal, try IdentitySignInTests.identity("new", gln: "7601999000045"))
        #expect(
            try await portal.access.heldIdentity(browser: Self.thief) == nil, "another browser holds nothing")
        let held = try #require(try await portal.access.heldIdentity(browser: Self.browser))
        #expect(held.subject == "new")
        let now = portal.time.now
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    do {
                        try await portal.database.write { transaction in
                            let held = try portal.access.takeHeldIdentity(
                                browser: Self.browser, in: transaction, at: now)
                            try transaction.link(held, toRequest: "request-\(number)", at: now)
                        }
                        return true
                    } catch let refusal as IdentityRefusal {
                        #expect(refusal == .nothingHeld)
                        return false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
        #expect(try await portal.rows("linked_identity WHERE state = 'requested'") == 1)
        guard
            case .requested = try await IdentitySignInTests.signIn(
                portal, try IdentitySignInTests.identity("new", gln: "7601999000045"))
        else {
            Issue.record("it opens before the request is decided")
            return
        }
    }

    @Test func `What a browser holds is worth nothing once its provider is switched off`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await IdentitySignInTests.signIn(
            portal, try IdentitySignInTests.identity("new", gln: "7601999000045"))
        try await portal.access.switchProvider(.hin, isOn: false)
        let now = portal.time.now
        let ask: @Sendable () async throws -> Void = {
            try await portal.database.write { transaction in
                let held = try portal.access.takeHeldIdentity(
                    browser: Self.browser, in: transaction, at: now)
                try transaction.link(held, toRequest: "request", at: now)
            }
        }
        await #expect(throws: IdentityRefusal.switchedOff) { try await ask() }
        #expect(try await portal.rows("linked_identity WHERE state = 'requested'") == 0)
        try await portal.access.switchProvider(.hin, isOn: true)
        try await ask()
        let isProof = { @Sendable in
            try await portal.database.read { try $0.linkedIdentity(ofRequest: "request")?.provesPerson }
        }
        #expect(try await isProof() == true)
        try await portal.access.switchProvider(.hin, isOn: false)
        #expect(try await isProof() == false, "the whole check of a document")
        let favre = try await portal.practitioner("7601099000013").accountID
        await #expect(throws: IdentityRefusal.switchedOff) {
            try await portal.database.write {
                _ = try $0.activateIdentity(ofRequest: "request", for: favre, at: now)
            }
        }
        #expect(try await portal.rows("linked_identity WHERE state = 'requested'") == 1)
    }

    @Test func `Of 64 first visits with the same claim one alarm is raised`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let identity = try IdentitySignInTests.identity("other", gln: "7601999000014")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let browser = String(repeating: "0", count: 62) + String(10 + number)
                    guard
                        case .waiting = try await IdentitySignInTests.signIn(
                            portal, identity, browser: browser)
                    else { throw TestFailure("not waiting") }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await portal.rows("linked_identity WHERE state = 'waiting'") == 1)
        #expect(try await portal.trail.filter { $0.event == "identityAlarm" }.count == 1)
    }

    @Test func `One network does not begin without end`() async throws {
        let portal = try await TestPortal { $0.identitySignInsPerNetwork = 3 }
        for _ in 0..<3 { _ = try await begin(portal) }
        await #expect(throws: IdentityRefusal.tooMany) { try await begin(portal) }
        portal.time.advance(minutes: 11)
        _ = try await begin(portal)
    }

    @Test func `Nothing of it lies open in the database`() async throws {
        let portal = try await TestPortal()
        let secrets = try await begin(portal)
        try await IdentitySignInTests.signIn(portal, try IdentitySignInTests.identity("visible-name"))
        let rows = try await portal.database.read { transaction in
            try transaction.query("SELECT * FROM identity_sign_in").flatMap { row -> [[UInt8]] in
                [try row.get("browser_hash"), try row.get("state_hash"), try row.get("secrets")]
                    + (try row.get("held", as: [UInt8]?.self).map { [$0] } ?? [])
            }
        }
        for value in rows {
            for secret in [secrets.state, secrets.nonce, secrets.verifier, Self.browser, "visible-name"] {
                #expect(!String(decoding: value, as: UTF8.self).contains(secret))
            }
        }
    }

    @Test func `The switch ends the sessions of its provider at once, and only those`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let other = try await portal.signIn(DemoPeople.jeanneret)
        guard case .signedIn(let token, _) = try await IdentitySignInTests.signIn(portal, try DemoHIN.favre())
        else {
            Issue.record("not signed in")
            return
        }
        let begun = try await begin(portal)
        try await portal.access.switchProvider(.hin, isOn: false)
        #expect(try await portal.access.session(token: token, origin: Self.origin) == nil)
        #expect(try await portal.access.isAlive(other), "a password's session goes on")
        await #expect(throws: IdentityRefusal.switchedOff) { try await begin(portal) }
        let taken = try #require(try await take(portal, begun.state))
        await #expect(throws: IdentityRefusal.switchedOff) {
            try await portal.access.signIn(
                try DemoHIN.favre(), taken, known: GLNLookup { _, _ in nil }, origin: Self.origin)
        }
        try await portal.access.switchProvider(.hin, isOn: true)
        guard case .signedIn = try await IdentitySignInTests.signIn(portal, try DemoHIN.favre()) else {
            Issue.record("not switched on again")
            return
        }
    }
}
