import Access
import Foundation
import Storage
import TestSupport
import Testing

/// A forgotten password (REC-2, AUT-11, S7, S8).
@Suite struct PasswordLinkTests {
    private static let new = "Quatre-Mouettes-grises"

    private func doctor() async throws -> Doctor { try await Doctor(try await TestPortal()) }

    private func ask(_ doctor: Doctor, _ email: String = Doctor.email, from address: String = "192.0.2.10")
        async throws -> PasswordLinkAnswer
    {
        try await doctor.portal.access.askPasswordLink(email: email, origin: Doctor.origin(address))
    }

    /// The secret of the newest link in the doctor's mailbox.
    private func link(_ doctor: Doctor) async throws -> String {
        _ = try await ask(doctor)
        return try await doctor.portal.newestPasswordLink(to: Doctor.email)
    }

    private func reset(_ doctor: Doctor, _ token: String, _ new: String = Self.new) async throws
        -> PasswordResetAnswer
    {
        try await doctor.portal.access.resetPassword(token: token, new: new, origin: Doctor.origin())
    }

    @Test func `A link opens once; then the new password counts, and the code is asked for`() async throws {
        let doctor = try await doctor()
        let (session, _) = try await doctor.signIn()
        doctor.portal.time.advance(minutes: 2)
        let (pending, _) = try await doctor.expectCode()
        let token = try await link(doctor)
        #expect(try await doctor.portal.access.isOpenPasswordLink(token))
        #expect(try await doctor.portal.access.isOpenPasswordLink(token), "looking consumes nothing")
        #expect(try await reset(doctor, token) == .done)
        for old in [session, pending] { #expect(try await doctor.found(old) == nil) }
        guard case .wrongPair = try await doctor.offer() else { throw TestFailure("the old password opens") }
        guard case .codeExpected = try await doctor.offer(Self.new) else { throw TestFailure("no code") }
        #expect(try await reset(doctor, token) == .gone)
        #expect(try await !doctor.portal.access.isOpenPasswordLink(token))
        #expect(try await doctor.notices() == ["passwordReset"])
    }

    @Test func `Sixty-four uses of one link at once change the password once`() async throws {
        for _ in 0..<3 {
            let doctor = try await doctor()
            let token = try await link(doctor)
            let done = try await together { number in
                try await doctor.portal.access.resetPassword(
                    token: token, new: "Quatre-Mouettes-\(number)", origin: Doctor.origin()) == .done
            }
            #expect(done == 1)
        }
    }

    @Test(arguments: [(59 * 60 + 59, true), (60 * 60, false)])
    func `A link lives an hour`(_ seconds: Int, _ isAlive: Bool) async throws {
        let doctor = try await doctor()
        let token = try await link(doctor)
        doctor.portal.time.advance(seconds: seconds)
        #expect(try await doctor.portal.access.isOpenPasswordLink(token) == isAlive)
        #expect(try await reset(doctor, token) == (isAlive ? .done : .gone))
    }

    @Test func `A new link voids the old one, and a use voids all`() async throws {
        let doctor = try await doctor()
        let first = try await link(doctor)
        let second = try await link(doctor)
        #expect(first != second)
        #expect(try await reset(doctor, first) == .gone)
        #expect(try await reset(doctor, second) == .done)
        #expect(
            try await doctor.portal.rows("password_link WHERE used_at IS NULL AND voided_at IS NULL") == 0)
    }

    @Test func `Only a hash of it is stored`() async throws {
        let doctor = try await doctor()
        let token = try await link(doctor)
        #expect(token.utf8.count == 64)
        #expect(try await doctor.portal.rows("password_link WHERE token_hash = \(Array(token.utf8))") == 0)
        #expect(try await doctor.portal.rows("password_link WHERE length(token_hash) = 32") == 1)
    }

    @Test func `A weak password does not use the link up`() async throws {
        let doctor = try await doctor()
        let token = try await link(doctor)
        #expect(try await reset(doctor, token, "court") == .mistake(.tooShort))
        #expect(try await reset(doctor, token, "claire-favre-claire-favre") == .mistake(.personal))
        #expect(try await reset(doctor, token) == .done)
    }

    @Test func `Known and unknown addresses leave the same behind, and only the known one gets a mail`()
        async throws
    {
        let doctor = try await doctor()
        let portal = doctor.portal
        try await portal.access.setState(.suspended, of: doctor.id)
        for email in [Doctor.email, "personne@cabinet-lac.example"] {
            let jobs = try await portal.rows("outbox WHERE kind = 'passwordLink'")
            #expect(try await ask(doctor, email) == .taken)
            #expect(try await portal.rows("outbox WHERE kind = 'passwordLink'") == jobs + 1)
        }
        #expect(
            try await portal.newestPasswordLink(to: Doctor.email).isEmpty, "a suspended account gets none")
        try await portal.access.setState(.active, of: doctor.id)
        #expect(try await !link(doctor).isEmpty)
        #expect(portal.sentTexts().count == portal.sentTexts(to: Doctor.email).count)
    }

    @Test func `Three links an hour for an address, in silence, and thirty for a network`() async throws {
        let doctor = try await doctor()
        for _ in 0..<5 { #expect(try await ask(doctor) == .taken) }
        #expect(try await doctor.portal.rows("outbox WHERE kind = 'passwordLink'") == 3)
        for number in 0..<25 { #expect(try await ask(doctor, "m\(number)@example.ch") == .taken) }
        guard case .wait(let until) = try await ask(doctor, "m99@example.ch") else {
            throw TestFailure("no wait")
        }
        #expect(until > doctor.now && until <= doctor.now.adding(hours: 1))
        #expect(try await ask(doctor, "m99@example.ch", from: "198.51.100.7") == .taken)
    }

    @Test func `The link leads to the configured address, and names nobody`() async throws {
        let doctor = try await doctor()
        let token = try await link(doctor)
        let mail = try #require(doctor.portal.sentTexts(to: Doctor.email).first)
        #expect(mail.contains("https://portail.hul.example/mot-de-passe/\(token)"))
        #expect(!mail.contains("Favre") && !mail.contains("Claire"))
    }

    /// Who has the mailbox has the link and the codes that go there: one thing, not two.
    @Test func `After a link, codes by e-mail do not open what an app protects`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        try await portal.tamper("UPDATE account SET code_channel = 'email'")
        try await portal.tamper(
            "INSERT INTO secured_domain VALUES ('cabinet-lac.example', \(true), 'HIN', 'test', \(portal.time.now))"
        )
        let (pending, _) = try await doctor.expectCode()
        let code = try await portal.newestCode(to: Doctor.email)
        guard case .signedIn(let session) = try await doctor.type(code, pending) else {
            throw TestFailure("not signed in")
        }
        _ = try await doctor.enrolApp(in: session)
        portal.time.advance(minutes: 5)
        #expect(try await doctor.step(try await doctor.expectCode().token).others.contains(.email))
        #expect(try await reset(doctor, try await link(doctor)) == .done)
        guard case .codeExpected(let token, _) = try await doctor.offer(Self.new) else {
            throw TestFailure("no code")
        }
        let step = try await doctor.step(token)
        #expect(step.factor == .authenticator && !step.others.contains(.email))
        #expect(try await portal.access.choose(.email, token: token, origin: Doctor.origin()) == nil)
    }
}
