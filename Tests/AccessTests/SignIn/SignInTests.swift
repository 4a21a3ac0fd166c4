import Access
import Storage
import TestSupport
import Testing

/// What changes while a password is being looked at, and what a sign-in leaves behind.
@Suite struct SignInTests {
    /// The right password, and something that happens after it was looked at and before the session begins.
    private func signIn(_ doctor: Doctor, meanwhile: @escaping @Sendable () async throws -> Void)
        async throws -> PasswordAnswer
    {
        let portal = doctor.portal
        var rules = AccessRules()
        rules.passwordCost = Argon2.Cost(memoryKiB: 64, passes: 1)
        // the first write counts the try
        let access = AccessActions(
            database: InterruptedDatabase(portal.database, before: 2, meanwhile), keyring: portal.keyring,
            clock: portal.time.clock, rules: rules, node: "test")
        return try await access.signIn(
            email: Doctor.email, password: Doctor.password, origin: Doctor.origin())
    }

    @Test func `Nothing happens meanwhile: a session begins`() async throws {
        let doctor = try await Doctor(try await TestPortal())
        guard case .codeExpected = try await signIn(doctor, meanwhile: {}) else { throw TestFailure("none") }
    }

    @Test func `A password that was changed while it was looked at opens nothing`() async throws {
        let doctor = try await Doctor(try await TestPortal())
        let answer = try await signIn(doctor) {
            try await doctor.portal.tamper("UPDATE account SET password_hash = password_hash || 'x'")
        }
        guard case .wrongPair = answer else { throw TestFailure("\(answer)") }
        #expect(try await doctor.portal.rows("session") == 0)
        #expect(try await doctor.portal.rows("one_time_code") == 0)
        #expect(try await doctor.portal.refusals() == ["signIn.passwordChanged"])
    }

    @Test(arguments: [Account.State.suspended, .closed, .expired, .proofingPending])
    func `An account that was stopped while its password was looked at opens nothing`(_ state: Account.State)
        async throws
    {
        let doctor = try await Doctor(try await TestPortal())
        let answer = try await signIn(doctor) {
            try await doctor.portal.access.setState(state, of: doctor.id)
        }
        guard case .notActive(state) = answer else { throw TestFailure("\(answer)") }
        #expect(try await doctor.portal.rows("session") == 0)
        #expect(try await doctor.portal.refusals() == ["signIn.notActive"])
    }

    @Test func `A sign-in that begins anew ends the one that waited for its code in this browser`()
        async throws
    {
        let doctor = try await Doctor(try await TestPortal())
        let (first, _) = try await doctor.expectCode()
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        let answer = try await doctor.portal.access.signIn(
            email: Doctor.email, password: Doctor.password, replacing: first, origin: Doctor.origin())
        guard case .codeExpected = answer else { throw TestFailure("\(answer)") }
        guard case .sessionEnded = try await doctor.type(code, first) else {
            throw TestFailure("the first one lives")
        }
        #expect(try await doctor.portal.rows("session WHERE ended_at IS NULL") == 1)
    }

    @Test func `A sign-in that is given up is over, and a signed-in session is not given up that way`()
        async throws
    {
        let doctor = try await Doctor(try await TestPortal())
        let (pending, _) = try await doctor.expectCode()
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        try await doctor.portal.access.abandonSignIn(token: pending, origin: Doctor.origin())
        guard case .sessionEnded = try await doctor.type(code, pending) else { throw TestFailure("it lives") }
        #expect(try await doctor.portal.events().filter { $0 == "sessionEnded" }.count == 1)
        doctor.portal.time.advance(minutes: 2)
        let (token, _) = try await doctor.signIn()
        try await doctor.portal.access.abandonSignIn(token: token, origin: Doctor.origin())
        #expect(try await doctor.found(token)?.viewer != nil)
    }
}
