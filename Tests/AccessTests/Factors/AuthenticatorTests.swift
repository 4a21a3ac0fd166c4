import Access
import Storage
import TestSupport
import Testing

/// The app on the doctor's telephone (RFC 6238; S8, S10, AUT-4, AUT-5).
@Suite struct AuthenticatorTests {
    private func doctor() async throws -> Doctor { try await Doctor(try await TestPortal()) }

    @Test func `Its code is asked for at the next sign-in, and no message is sent`() async throws {
        let doctor = try await doctor()
        let (_, app) = try await doctor.enrolApp()
        doctor.portal.time.advance(minutes: 5)
        let messages = doctor.portal.sentTexts().count
        let (token, sending) = try await doctor.expectCode()
        #expect(sending == .notSent)
        let step = try await doctor.step(token)
        #expect(step.factor == .authenticator && step.target.isEmpty)
        #expect(step.others == [.sms, .recoveryCode])
        guard case .signedIn(let session) = try await doctor.type(app.code(at: doctor.now), token) else {
            throw TestFailure("not signed in")
        }
        #expect(try await doctor.found(session)?.holder != nil)
        _ = try await doctor.portal.newestCode(to: Doctor.mobile)
        #expect(doctor.portal.sentTexts().count == messages)
    }

    @Test(arguments: [(-90, false), (-30, true), (0, true), (30, true), (60, false)])
    func `The step before and the one after are taken as well`(_ seconds: Int, _ isTaken: Bool) async throws {
        let doctor = try await doctor()
        let (_, app) = try await doctor.enrolApp()
        doctor.portal.time.advance(minutes: 5)
        let (token, _) = try await doctor.expectCode()
        let answer = try await doctor.type(app.code(at: doctor.now.adding(seconds: seconds)), token)
        if case .signedIn = answer { #expect(isTaken) } else { #expect(!isTaken, "\(answer)") }
    }

    @Test func `A code that opened once opens no other sign-in, nor does an older one`() async throws {
        let doctor = try await doctor()
        let (_, app) = try await doctor.enrolApp()
        doctor.portal.time.advance(minutes: 5)
        let code = app.code(at: doctor.now)
        let older = app.code(at: doctor.now.adding(seconds: -30))
        guard case .signedIn = try await doctor.type(code, try await doctor.expectCode().token) else {
            throw TestFailure("not signed in")
        }
        for used in [code, older] {
            guard case .wrong = try await doctor.type(used, try await doctor.expectCode().token) else {
                throw TestFailure("it opened twice")
            }
        }
    }

    @Test func `Sixty-four uses of one code at once open exactly one session`() async throws {
        let doctor = try await doctor()
        let (_, app) = try await doctor.enrolApp()
        for round in 0..<3 {
            // the sixty-three others are failures, and make one wait
            doctor.portal.time.advance(minutes: 181)
            var tokens: [String] = []
            for _ in 0..<(round == 0 ? 1 : 4) { tokens.append(try await doctor.expectCode().token) }
            let code = app.code(at: doctor.now)
            let all = tokens
            let opened = try await together { number in
                if case .signedIn = try await doctor.type(code, all[number % all.count]) { return true }
                return false
            }
            #expect(opened == 1)
        }
    }

    @Test func `The fifth wrong try ends the sign-in`() async throws {
        let doctor = try await doctor()
        let (_, app) = try await doctor.enrolApp()
        doctor.portal.time.advance(minutes: 5)
        let (token, _) = try await doctor.expectCode()
        let wrong = app.code(at: doctor.now.adding(days: 1))
        for left in (1..<5).reversed() {
            guard case .wrong(left) = try await doctor.type(wrong, token) else {
                throw TestFailure("\(left) left")
            }
        }
        guard case .triesUsedUp = try await doctor.type(wrong, token),
            case .sessionEnded = try await doctor.type(app.code(at: doctor.now), token)
        else { throw TestFailure("it lives") }
    }

    @Test func `Who has the password gets sixteen guesses a day, however often he begins`() async throws {
        let doctor = try await doctor()
        let (_, app) = try await doctor.enrolApp()
        var guesses = 0
        for _ in 0..<(24 * 12) {
            doctor.portal.time.advance(minutes: 5)
            guard case .codeExpected(let token, _) = try await doctor.offer() else { continue }
            for _ in 0..<5 {
                let wrong = app.code(at: doctor.now.adding(days: 1))
                switch try await doctor.type(wrong, token) {
                case .wrong, .triesUsedUp: guesses += 1
                default: break
                }
            }
        }
        #expect((8...16).contains(guesses), "\(guesses)")
    }

    @Test func `Guesses at the app do not stop the other ways in`() async throws {
        let doctor = try await doctor()
        _ = try await doctor.enrolApp()
        doctor.portal.time.advance(minutes: 20)
        for _ in 0..<2 {
            let (token, _) = try await doctor.expectCode()
            for _ in 0..<5 { _ = try await doctor.type("000000", token) }
        }
        let (token, _) = try await doctor.expectCode()
        guard case .wait = try await doctor.type("000000", token) else { throw TestFailure("no wait") }
        #expect(
            try await doctor.portal.access.choose(.sms, token: token, origin: Doctor.origin()) == .sent)
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        guard case .signedIn = try await doctor.type(code, token) else { throw TestFailure("not signed in") }
    }

    @Test func `After a hundred failures in a row only a new proof of identity helps`() async throws {
        let doctor = try await doctor()
        let (_, app) = try await doctor.enrolApp()
        var failures = 0
        while failures < 100 {
            doctor.portal.time.advance(minutes: 181)
            let (token, _) = try await doctor.expectCode()
            for _ in 0..<5 {
                let wrong = app.code(at: doctor.now.adding(days: 1))
                switch try await doctor.type(wrong, token) {
                case .wrong, .triesUsedUp: failures += 1
                default: break
                }
            }
        }
        doctor.portal.time.advance(days: 2)
        let (token, _) = try await doctor.expectCode()
        guard case .newProofNeeded = try await doctor.type(app.code(at: doctor.now), token) else {
            throw TestFailure("it opens")
        }
        #expect(try await doctor.portal.refusals().last == "code.newProof")
    }

    @Test func `The secret is sealed, and never shown again`() async throws {
        let doctor = try await doctor()
        let holder = try await doctor.signInHolder()
        try await doctor.portal.access.beginAuthenticator(holder)
        let setup = try #require(try await doctor.portal.access.authenticatorSetup(holder))
        #expect(setup.secret.utf8.count == 32 && setup.email == Doctor.email)
        let stored = try await doctor.portal.database.read {
            try $0.query("SELECT secret FROM authenticator").map { try $0.get("secret", as: [UInt8].self) }
        }
        #expect(stored.count == 1 && stored[0].count == 20 + 12 + 16)
        let app = AuthenticatorApp(setup.secret)
        let change = try await doctor.portal.access.confirmAuthenticator(
            holder, code: app.code(at: doctor.now))
        let again = try #require(try await doctor.found(change.token)?.holder)
        #expect(try await doctor.portal.access.authenticatorSetup(again) == nil)
        await #expect(throws: FactorRefusal.alreadyEnrolled) {
            try await doctor.portal.access.beginAuthenticator(again)
        }
    }

    @Test func `Only the session that began sees the secret, for a quarter of an hour`() async throws {
        let doctor = try await doctor()
        let holder = try await doctor.signInHolder()
        doctor.portal.time.advance(minutes: 2)
        let other = try await doctor.signInHolder()
        try await doctor.portal.access.beginAuthenticator(holder)
        #expect(try await doctor.portal.access.authenticatorSetup(other) == nil)
        doctor.portal.time.advance(minutes: 15)
        #expect(try await doctor.portal.access.authenticatorSetup(holder) == nil)
        await #expect(throws: FactorRefusal.nothingBegun) {
            _ = try await doctor.portal.access.confirmAuthenticator(holder, code: "000000")
        }
    }

    @Test func `It does not count before a code of it was typed`() async throws {
        let doctor = try await doctor()
        let holder = try await doctor.signInHolder()
        try await doctor.portal.access.beginAuthenticator(holder)
        await #expect(throws: FactorRefusal.wrongCode) {
            _ = try await doctor.portal.access.confirmAuthenticator(holder, code: "000000")
        }
        doctor.portal.time.advance(minutes: 2)
        #expect(try await doctor.expectCode().1 == .sent)
    }

    @Test func `Adding it ends other sessions, renews this one and tells the holder`() async throws {
        let doctor = try await doctor()
        let (other, _) = try await doctor.signIn()
        doctor.portal.time.advance(minutes: 2)
        let (mine, _) = try await doctor.signIn()
        let (token, _) = try await doctor.enrolApp(in: mine)
        #expect(try await doctor.found(other) == nil)
        #expect(try await doctor.found(mine) == nil, "the old token of this session is dead")
        #expect(try await doctor.found(token)?.holder != nil)
        #expect(try await doctor.notices() == ["factorAdded"])
        #expect(try await doctor.portal.events().contains("factorAdded"))
    }

    @Test func `It is taken away with a fresh proof, and then a message is sent again`() async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.enrolApp()
        let holder = try #require(try await doctor.found(token)?.holder)
        doctor.portal.time.advance(minutes: 10)
        await #expect(throws: FactorRefusal.stepUp) {
            _ = try await doctor.portal.access.removeAuthenticator(holder)
        }
        let fresh = try await doctor.portal.access.proveAgain(holder, password: Doctor.password)
        #expect(try await doctor.found(token) == nil, "a proof gives a new token")
        let again = try #require(try await doctor.found(fresh)?.holder)
        _ = try await doctor.portal.access.removeAuthenticator(again)
        #expect(try await doctor.expectCode().1 == .sent)
        #expect(try await doctor.notices() == ["factorAdded", "factorRemoved"])
    }
}

/// How many of sixty-four at once came out true.
func together(_ work: @escaping @Sendable (_ number: Int) async throws -> Bool) async throws -> Int {
    try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<64 { group.addTask { try await work(number) } }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
}
