import Access
import Storage
import TestSupport
import Testing

/// Those who decide who else gets in come with an app or a passkey (AUT-2, AUT-6).
@Suite struct StaffFactorsTests {
    private static let mobile = "+41790001009"
    private static let email = "equipe@hul.example"

    private func signIn(_ portal: TestPortal) async throws -> (token: String, step: SecondFactor?) {
        let answer = try await portal.access.signIn(
            email: Self.email, password: Doctor.password, origin: Doctor.origin())
        guard case .codeExpected(let token, _) = answer,
            let found = try await portal.access.session(token: token, origin: Doctor.origin())
        else { throw TestFailure("\(answer)") }
        return (token, try await portal.access.signInStep(of: found.session)?.factor)
    }

    private func holder(_ token: String, _ portal: TestPortal) async throws -> Holder {
        guard let holder = try await portal.access.session(token: token, origin: Doctor.origin())?.holder
        else { throw TestFailure("nobody") }
        return holder
    }

    @Test func `A code that was sent lets them enrol an app and nothing else, and is not asked for again`()
        async throws
    {
        let portal = try await TestPortal { $0.staffNeedsStrongFactors = true }
        let access = portal.access
        let id = try await access.createAccount(
            NewAccount(
                email: Self.email, honorific: "", familyName: "Rochat", givenName: "Sandra",
                role: .portalAdmin, mobile: Self.mobile, codeChannel: .sms), password: Doctor.password)
        try await portal.number(id, "HUL-1")
        let (pending, step) = try await signIn(portal)
        #expect(step == .sms)
        let answer = try await access.signIn(
            code: try await portal.newestCode(to: Self.mobile), token: pending, origin: Doctor.origin())
        guard case .signedIn(let token) = answer else { throw TestFailure("\(answer)") }
        let first = try await holder(token, portal)
        #expect(first.lacksStrongFactor)
        await #expect(throws: AccessRefusal.strongFactorNeeded) {
            _ = try await access.openFactorResets(first)
        }

        try await access.beginAuthenticator(first)
        let setup = try #require(try await access.authenticatorSetup(first))
        let change = try await access.confirmAuthenticator(
            first, code: AuthenticatorApp(setup.secret).code(at: portal.time.now))
        let now = try await holder(change.token, portal)
        #expect(!now.lacksStrongFactor && now.authentication == "password+sms+authenticator")
        #expect(try await access.openFactorResets(now).isEmpty)

        portal.time.advance(minutes: 2)
        let (later, asked) = try await signIn(portal)
        #expect(asked == .authenticator)
        #expect(try await access.choose(.sms, token: later, origin: Doctor.origin()) == nil)
    }

    @Test func `Professionals come with the code that was sent`() async throws {
        let portal = try await TestPortal { $0.staffNeedsStrongFactors = true }
        let doctor = try await Doctor(portal)
        #expect(try await !doctor.signInHolder().lacksStrongFactor)
    }
}
