import Access
import Storage
import TestSupport
import Testing

/// Passkeys: what opens the portal in one step, and every answer that does not (AUT-2, AUT-8, S8, S10).
@Suite struct PasskeyTests {
    private func doctor() async throws -> Doctor { try await Doctor(try await TestPortal()) }

    private func enrolled(_ algorithm: SoftwareKey.Algorithm = .es256, count: UInt32 = 0) async throws -> (
        Doctor, SoftwareKey
    ) {
        let doctor = try await doctor()
        var key = SoftwareKey(algorithm)
        key.count = count
        _ = try await doctor.enrol(&key)
        return (doctor, key)
    }

    private func refusal(_ doctor: Doctor, _ key: SoftwareKey) async throws -> String? {
        guard case .refused = try await doctor.signIn(with: key) else { return nil }
        return try await doctor.portal.refusals().last
    }

    @Test(arguments: [SoftwareKey.Algorithm.es256, .edDSA])
    func `A key signs in, in one step and without a password`(_ algorithm: SoftwareKey.Algorithm) async throws
    {
        let (doctor, key) = try await enrolled(algorithm)
        guard case .signedIn(let token, let account) = try await doctor.signIn(with: key) else {
            throw TestFailure("not signed in")
        }
        #expect(account.id == doctor.id)
        #expect(try await doctor.found(token)?.holder?.accountID == doctor.id)
        #expect(try await doctor.portal.events().last { $0.hasPrefix("signIn") } == "signInPasskey")
    }

    @Test func `An algorithm that was not asked for is not enrolled`() async throws {
        let doctor = try await doctor()
        var key = SoftwareKey(.unknown)
        await #expect(throws: FactorRefusal.passkey(.algorithm)) { _ = try await doctor.enrol(&key) }
        #expect(try await doctor.portal.rows("passkey") == 0)
    }

    @Test func `A key of another site, or for another site, is not enrolled`() async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.signIn()
        var foreign = SoftwareKey()
        foreign.party = "portail.evil.example"
        await #expect(throws: FactorRefusal.passkey(.relyingParty)) {
            _ = try await doctor.enrol(&foreign, in: token)
        }
        var phished = SoftwareKey()
        phished.origin = "https://portail.hul.example.evil.example"
        await #expect(throws: FactorRefusal.passkey(.origin)) {
            _ = try await doctor.enrol(&phished, in: token)
        }
        var framed = SoftwareKey()
        framed.isCrossOrigin = true
        await #expect(throws: FactorRefusal.passkey(.origin)) {
            _ = try await doctor.enrol(&framed, in: token)
        }
        var unverified = SoftwareKey()
        unverified.flags = 0x01
        await #expect(throws: FactorRefusal.passkey(.userVerification)) {
            _ = try await doctor.enrol(&unverified, in: token)
        }
        #expect(try await doctor.portal.rows("passkey") == 0)
    }

    @Test func `Another site's answer does not sign in`() async throws {
        let (doctor, enrolled) = try await enrolled()
        var key = enrolled
        key.origin = "http://portail.hul.example"
        #expect(try await refusal(doctor, key) == "passkey.origin")
        key.origin = "https://portail.hul.example:8443"
        #expect(try await refusal(doctor, key) == "passkey.origin")
        key.origin = "https://portail.hul.example"
        key.party = "hul.example"
        #expect(try await refusal(doctor, key) == "passkey.signature", "the hash of the relying party")
        key.party = "portail.hul.example"
        key.clientDataType = "webauthn.create"
        #expect(try await refusal(doctor, key) == "passkey.unreadable")
    }

    @Test func `A key that did not ask who is there does not sign in`() async throws {
        let (doctor, enrolled) = try await enrolled()
        var key = enrolled
        for flags: UInt8 in [0x00, 0x01, 0x04] {
            key.flags = flags
            #expect(try await refusal(doctor, key) == "passkey.userVerification")
        }
    }

    @Test func `A challenge of another browser, an old one and one of ours for something else are stale`()
        async throws
    {
        let (doctor, key) = try await enrolled()
        let access = doctor.portal.access
        let other = access.passkeyRequest(binding: "another browser").challenge
        guard case .stale = try await doctor.signIn(with: key, challenge: other) else {
            throw TestFailure("another browser's")
        }
        let old = access.passkeyRequest(binding: Doctor.binding).challenge
        doctor.portal.time.advance(minutes: 15)
        guard case .stale = try await doctor.signIn(with: key, challenge: old) else {
            throw TestFailure("old")
        }
        guard case .signedIn(let token, _) = try await doctor.signIn(with: key) else {
            throw TestFailure("not signed in")
        }
        let enrolment = try await access.offerPasskey(
            try await doctor.holder(token), binding: Doctor.binding)
        for forged in [enrolment.request.challenge, "", "AAAA", String(old.dropLast(2)) + "AA"] {
            guard case .stale = try await doctor.signIn(with: key, challenge: forged) else {
                throw TestFailure(forged)
            }
        }
    }

    @Test func `A challenge is answered once, also sixty-four times at once`() async throws {
        for algorithm in [SoftwareKey.Algorithm.es256, .edDSA] {
            let (doctor, key) = try await enrolled(algorithm)
            let challenge = doctor.portal.access.passkeyRequest(binding: Doctor.binding).challenge
            let opened = try await together { _ in
                if case .signedIn = try await doctor.signIn(with: key, challenge: challenge) { return true }
                return false
            }
            #expect(opened == 1)
            guard case .stale = try await doctor.signIn(with: key, challenge: challenge) else {
                throw TestFailure("twice")
            }
        }
    }

    @Test func `A counter that does not grow betrays a copy`() async throws {
        let (doctor, enrolled) = try await enrolled(count: 7)
        var key = enrolled
        key.count = 8
        guard case .signedIn = try await doctor.signIn(with: key) else { throw TestFailure("not signed in") }
        for count: UInt32 in [8, 7, 0] {
            key.count = count
            #expect(try await refusal(doctor, key) == "passkey.counter")
        }
        key.count = 9
        guard case .signedIn = try await doctor.signIn(with: key) else { throw TestFailure("not signed in") }
    }

    @Test func `A key opens its own account only`() async throws {
        let (doctor, enrolled) = try await enrolled()
        var key = enrolled
        let right = key.handle
        let other = try await doctor.portal.access.createAccount(
            NewAccount(
                email: "luc.aubert@cabinet-lac.example", honorific: "Dr", familyName: "Aubert",
                givenName: "Luc", role: .practitioner, mobile: "+41790000002", codeChannel: .sms),
            password: Doctor.password)
        // the key says it is the other's: a page that swapped what the browser answered
        key.handle = Base64URL.encode(Array(other.rawValue.utf8))
        #expect(try await refusal(doctor, key) == "passkey.otherAccount")
        key.handle = ""
        #expect(try await refusal(doctor, key) == "passkey.otherAccount")
        key.handle = right
        // the row belongs to another now, as somebody at the database could have it
        try await doctor.portal.tamper("UPDATE passkey SET account_id = \(other)")
        #expect(try await refusal(doctor, key) == "passkey.otherAccount")
    }

    @Test func `A signature of another key, and a key that nobody knows, open nothing`() async throws {
        let (doctor, key) = try await enrolled()
        var stranger = SoftwareKey()
        stranger.handle = key.handle
        #expect(try await refusal(doctor, stranger) == "passkey.unknownCredential")
        let challenge = doctor.portal.access.passkeyRequest(binding: Doctor.binding).challenge
        var mixed = try stranger.fields(challenge)
        mixed["id"] = try key.fields(challenge)["id"]
        let assertion = try #require(
            PasskeyAssertion(
                credentialID: mixed["id"] ?? "", clientData: mixed["clientData"] ?? "",
                authenticatorData: mixed["authenticatorData"] ?? "", signature: mixed["signature"] ?? "",
                handle: mixed["handle"] ?? ""))
        let answer = try await doctor.portal.access.signIn(
            passkey: assertion, binding: Doctor.binding, origin: Doctor.origin())
        guard case .refused = answer else { throw TestFailure("\(answer)") }
        #expect(try await doctor.portal.refusals().last == "passkey.signature")
    }

    @Test func `A holder of a key comes in while her password is being guessed`() async throws {
        let (doctor, key) = try await enrolled()
        doctor.portal.time.advance(days: 31)
        for number in 0..<40 { _ = try await doctor.offer("Pas-le-bon-mot", from: "198.51.100.\(number)") }
        guard case .wait = try await doctor.offer(from: "203.0.113.9") else { throw TestFailure("no wait") }
        guard case .signedIn = try await doctor.signIn(with: key) else { throw TestFailure("locked out") }
        guard case .codeExpected = try await doctor.offer(from: "203.0.113.9") else {
            throw TestFailure("a whole sign-in ends the row of failures")
        }
    }

    @Test(arguments: [Account.State.suspended, .closed])
    func `A key of an account that was stopped opens nothing`(_ state: Account.State) async throws {
        let (doctor, key) = try await enrolled()
        try await doctor.portal.access.setState(state, of: doctor.id)
        guard case .notActive(state) = try await doctor.signIn(with: key) else {
            throw TestFailure("it opens")
        }
    }

    @Test func `A key that may leave its device is refused to the portal team, and not to the doctor`()
        async throws
    {
        let doctor = try await doctor()
        var key = SoftwareKey()
        key.sync()
        _ = try await doctor.enrol(&key)
        guard case .signedIn(let token, _) = try await doctor.signIn(with: key) else {
            throw TestFailure("not signed in")
        }
        let own = try await doctor.portal.access.ownFactors(try await doctor.holder(token))
        #expect(own.passkeys.map(\.isBackupEligible) == [true])
        // she joins the team
        try await doctor.portal.tamper("UPDATE account SET role = 'portalAdmin'")
        #expect(try await refusal(doctor, key) == "passkey.backupEligible")
        doctor.portal.time.advance(minutes: 5)
        var second = SoftwareKey()
        second.sync()
        await #expect(throws: FactorRefusal.backupEligible) { _ = try await doctor.enrol(&second) }
        second = SoftwareKey()
        doctor.portal.time.advance(minutes: 16)
        _ = try await doctor.enrol(&second)
        guard case .signedIn = try await doctor.signIn(with: second) else {
            throw TestFailure("not signed in")
        }
    }

    @Test func `A key is enrolled once, named, listed and taken away`() async throws {
        let doctor = try await doctor()
        var key = SoftwareKey()
        let change = try await doctor.enrol(&key)
        #expect(change.recoveryCodes.count == 10, "made together with the first key")
        await #expect(throws: FactorRefusal.alreadyEnrolled) {
            _ = try await doctor.enrol(&key, in: change.token)
        }
        var second = SoftwareKey()
        await #expect(throws: FactorRefusal.name) {
            _ = try await doctor.enrol(&second, in: change.token, name: "  \u{7} ")
        }
        doctor.portal.time.advance(seconds: 1)
        let more = try await doctor.enrol(&second, in: change.token, name: " Téléphone ")
        #expect(more.recoveryCodes.isEmpty)
        let holder = try await doctor.holder(more.token)
        let keys = try await doctor.portal.access.ownFactors(holder).passkeys
        #expect(keys.map(\.name) == ["Ordinateur du cabinet", "Téléphone"])
        await #expect(throws: FactorRefusal.notFound) {
            _ = try await doctor.portal.access.removePasskey(.init(rawValue: "x"), holder)
        }
        _ = try await doctor.portal.access.removePasskey(keys[0].id, holder)
        #expect(try await refusal(doctor, key) == "passkey.unknownCredential")
        guard case .signedIn = try await doctor.signIn(with: second) else {
            throw TestFailure("not signed in")
        }
    }

    @Test func `Adding a key needs a proof of the last ten minutes`() async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.signIn()
        doctor.portal.time.advance(minutes: 10)
        var key = SoftwareKey()
        await #expect(throws: FactorRefusal.stepUp) { _ = try await doctor.enrol(&key, in: token) }
    }
}
