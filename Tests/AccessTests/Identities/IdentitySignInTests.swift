import Access
import Demo
import Directory
import Storage
import TestSupport
import Testing

/// The rules of the core about identities from outside, without any provider: what a proved identity opens, and what
/// not (IDN-5; classes 9 and 10).
@Suite struct IdentitySignInTests {
    static let origin = RequestOrigin(address: "192.0.2.10", userAgent: "test", requestID: "r1", node: "test")
    static let browser = String(repeating: "b", count: 64)

    static func identity(
        _ subject: String, email: String = "", gln: String? = nil, issuer: String = "https://hin.example",
        kind: PersonKind = .personal
    ) throws -> ForeignIdentity {
        try ForeignIdentity(
            provider: .hin, issuer: issuer, subject: subject, email: email, givenName: "Claire",
            familyName: "Favre", gln: gln, level: .epdg, personCodes: [10], kind: kind)
    }

    @discardableResult
    static func signIn(
        _ portal: TestPortal, _ identity: ForeignIdentity, browser: String = browser
    ) async throws -> IdentityAnswer {
        let access = portal.access
        let secrets = try await access.beginIdentitySignIn(
            .hin, browser: browser, returnTo: "", origin: origin)
        let begun = try await access.takeIdentitySignIn(
            .hin, state: secrets.state, browser: browser, origin: origin)
        return try await access.signIn(identity, begun, known: .directory, origin: origin)
    }

    private func portal() async throws -> TestPortal {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        return portal
    }

    @Test func `The linked identity opens a session, and the trail says by what`() async throws {
        let portal = try await portal()
        let answer = try await Self.signIn(portal, try DemoHIN.favre())
        guard case .signedIn(let token, let account) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(account.displayName == "Dre Claire Favre")
        let found = try #require(try await portal.access.session(token: token, origin: Self.origin))
        #expect(found.session.authentication == "hin" && found.viewer != nil)
        let event = try #require(try await portal.trail.last { $0.event == "signInIdentity" })
        #expect(event.outcome == "success" && event.authentication == "hin" && event.detail == "hin level=20")
        let password = try await portal.signIn(DemoPeople.jeanneret)
        let theirs = try #require(try await portal.trail.last { $0.event == "signInCode" })
        #expect(theirs.authentication == "password+sms" && theirs.actorID == password.accountID.rawValue)
    }

    @Test func `The same address as an account, or another issuer's same subject, opens nothing`()
        async throws
    {
        let portal = try await portal()
        let favre = DemoPeople.favre.account.email
        for identity in [
            try Self.identity("stranger", email: favre),
            try Self.identity("cfavre", email: favre, issuer: "https://hin.example.evil.example"),
            try Self.identity("CFAVRE", email: favre),
            try Self.identity("cfavre ".trimmed + "x", email: favre),
        ] {
            guard case .unknown = try await Self.signIn(portal, identity) else {
                Issue.record("\(identity.subject) of \(identity.issuer) was somebody")
                return
            }
        }
        #expect(try await portal.rows("session") == 0)
        #expect(try await portal.rows("linked_identity") == 1, "nothing was linked")
    }

    @Test func `A new subject for a known GLN raises an alarm and waits`() async throws {
        let portal = try await portal()
        let identity = try Self.identity("other", gln: "7601999000014")
        guard case .waiting = try await Self.signIn(portal, identity) else {
            Issue.record("not waiting")
            return
        }
        guard case .waiting = try await Self.signIn(portal, identity) else {
            Issue.record("not waiting the second time")
            return
        }
        let alarms = try await portal.trail.filter { $0.event == "identityAlarm" }
        #expect(alarms.count == 1 && alarms[0].rule == "identity.newSubject")
        #expect(try await portal.rows("session") == 0)
    }

    @Test func `An identity that changes its GLN opens nothing any more`() async throws {
        let portal = try await portal()
        let changed = try Self.identity("cfavre", gln: "7601999000014")
        guard case .waiting = try await Self.signIn(portal, changed) else {
            Issue.record("not waiting")
            return
        }
        guard case .waiting = try await Self.signIn(portal, try DemoHIN.favre()) else {
            Issue.record("it opens again")
            return
        }
        let rules = try await portal.trail.filter { $0.event == "identityAlarm" }.map(\.rule)
        #expect(rules == ["identity.otherGLN"])
    }

    @Test func `A subject that another person got ends the sessions, shows who that is, and stays out`()
        async throws
    {
        let portal = try await portal()
        guard case .signedIn(let token, _) = try await Self.signIn(portal, try DemoHIN.favre()) else {
            Issue.record("not signed in")
            return
        }
        let other = try await portal.signIn(DemoPeople.jeanneret)
        let team = try await portal.holder(DemoPeople.benali)
        let berthoud = try ForeignIdentity(
            provider: .hin, issuer: DemoHIN.favre().issuer, subject: "cfavre", email: "luc@hin.example",
            givenName: "Luc", familyName: "Berthoud", gln: "7601999000045", level: .plus,
            personCodes: [10], kind: .personal)
        guard case .waiting = try await Self.signIn(portal, berthoud) else {
            Issue.record("not waiting")
            return
        }
        #expect(try await portal.access.session(token: token, origin: Self.origin) == nil)
        #expect(try await portal.access.isAlive(other), "nobody else's ends")
        let waiting = try #require(try await portal.access.waitingIdentities().first)
        #expect(waiting.displayName == "Luc Berthoud" && waiting.email == "luc@hin.example")
        #expect(waiting.gln == "7601999000045" && waiting.level == .plus)
        await #expect(throws: IdentityRefusal.otherGLN) {
            _ = try await portal.access.acceptIdentity(waiting.id, known: .directory, team)
        }
        #expect(try await portal.rows("linked_identity WHERE state = 'active'") == 0)
        // given back to the doctor it says so, and can be let in again
        guard case .waiting = try await Self.signIn(portal, try DemoHIN.favre()) else {
            Issue.record("it opens again by itself")
            return
        }
        let back = try #require(try await portal.access.waitingIdentities().first)
        #expect(back.displayName == "Claire Favre" && back.gln == "7601099000013")
    }

    @Test func `Teams and devices open nothing, and nothing is kept of them`() async throws {
        let portal = try await portal()
        for kind in [PersonKind.team, .device] {
            guard
                case .notPersonal(kind) = try await Self.signIn(
                    portal, try Self.identity("cfavre", kind: kind))
            else {
                Issue.record("\(kind) was a person")
                return
            }
        }
        #expect(try await portal.access.heldIdentity(browser: Self.browser) == nil)
        let rules = try await portal.trail.filter { $0.event == "signInIdentity" }.map(\.rule)
        #expect(rules == ["identity.team", "identity.device"])
    }

    @Test func `Only an active account is opened`() async throws {
        let portal = try await portal()
        let favre = try await portal.practitioner("7601099000013").accountID
        for state in [
            Account.State.suspended, .closed, .expired, .requested, .emailUnconfirmed, .proofingPending,
        ] {
            try await portal.access.setState(state, of: favre)
            guard case .notActive(state) = try await Self.signIn(portal, try DemoHIN.favre()) else {
                Issue.record("\(state) was let in")
                return
            }
        }
        #expect(try await portal.rows("session") == 0)
    }

    @Test func `Where the hospital wants a second factor, the identity alone opens nothing`() async throws {
        let portal = try await TestPortal { $0.identitySecondFactor = true }
        try await portal.movePeopleIn()
        guard case .codeExpected(let token, .sent) = try await Self.signIn(portal, try DemoHIN.favre()) else {
            Issue.record("no code expected")
            return
        }
        let waiting = try #require(try await portal.access.session(token: token, origin: Self.origin))
        #expect(waiting.viewer == nil)
        let code = try await portal.newestCode(to: DemoPeople.favre.account.mobile ?? "")
        guard
            case .signedIn(let signedIn) = try await portal.access.signIn(
                code: code, token: token, origin: Self.origin)
        else {
            Issue.record("the code was not taken")
            return
        }
        let found = try #require(try await portal.access.session(token: signedIn, origin: Self.origin))
        #expect(found.session.authentication == "hin+sms")
    }
}

extension String {
    fileprivate var trimmed: String { String(self.filter { $0 != " " }) }
}
