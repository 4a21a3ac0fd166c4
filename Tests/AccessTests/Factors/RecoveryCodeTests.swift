import Access
import Storage
import TestSupport
import Testing

/// The codes on paper (S8, AUT-9).
@Suite struct RecoveryCodeTests {
    private func doctor() async throws -> Doctor { try await Doctor(try await TestPortal()) }

    private func use(_ code: String, _ doctor: Doctor, _ token: String) async throws -> CodeAnswer {
        try await doctor.portal.access.signIn(
            code: code, with: .recoveryCode, token: token, origin: Doctor.origin())
    }

    @Test func `Ten are made with the first app, of eighty bits each, and stand nowhere in clear`()
        async throws
    {
        let doctor = try await doctor()
        let codes = try await doctor.enrolAppWithCodes().codes
        #expect(Set(codes).count == 10)
        for code in codes {
            #expect(code.utf8.count == 19 && code.split(separator: "-").count == 4, "\(code)")
            #expect(!code.utf8.contains { "ILOU".utf8.contains($0) })
        }
        let stored = try await doctor.portal.database.read {
            try $0.query("SELECT code_hash FROM recovery_code").map {
                try $0.get("code_hash", as: [UInt8].self)
            }
        }
        #expect(stored.count == 10 && stored.allSatisfy { $0.count == 32 })
    }

    @Test func `One opens in place of the app, once, and the holder is told`() async throws {
        let doctor = try await doctor()
        let codes = try await doctor.enrolAppWithCodes().codes
        doctor.portal.time.advance(minutes: 5)
        let (token, _) = try await doctor.expectCode()
        guard case .signedIn = try await use(codes[3], doctor, token) else {
            throw TestFailure("not signed in")
        }
        #expect(try await doctor.notices().last == "recoveryCodeUsed")
        let (again, _) = try await doctor.expectCode()
        guard case .wrong(triesLeft: 4) = try await use(codes[3], doctor, again) else {
            throw TestFailure("it opened twice")
        }
        #expect(try await doctor.portal.rows("recovery_code WHERE used_at IS NULL") == 9)
    }

    @Test func `It is read as people write`() async throws {
        let doctor = try await doctor()
        let codes = try await doctor.enrolAppWithCodes().codes
        doctor.portal.time.advance(minutes: 5)
        for (number, typed) in [
            codes[0].lowercased(), codes[1].replacing("-", with: ""),
            " \(codes[2].replacing("-", with: " ")) ",
            codes[3].replacing("0", with: "o").replacing("1", with: "l"),
        ].enumerated() {
            let (token, _) = try await doctor.expectCode()
            guard case .signedIn = try await use(typed, doctor, token) else {
                throw TestFailure("\(number): \(typed)")
            }
        }
    }

    @Test func `Sixty-four uses of one at once open exactly one session`() async throws {
        let doctor = try await doctor()
        let codes = try await doctor.enrolAppWithCodes().codes
        for round in 0..<3 {
            doctor.portal.time.advance(minutes: 5)
            var tokens: [String] = []
            for _ in 0..<(round == 0 ? 1 : 16) { tokens.append(try await doctor.expectCode().token) }
            let all = tokens
            let opened = try await together { number in
                let answer = try await doctor.portal.access.signIn(
                    code: codes[round], with: .recoveryCode, token: all[number % all.count],
                    origin: Doctor.origin())
                if case .signedIn = answer { return true }
                return false
            }
            #expect(opened == 1)
        }
    }

    @Test func `New ones void the old ones`() async throws {
        let doctor = try await doctor()
        let (token, _, old) = try await doctor.enrolAppWithCodes()
        let change = try await doctor.portal.access.renewRecoveryCodes(try await doctor.holder(token))
        #expect(change.recoveryCodes.count == 10 && Set(change.recoveryCodes).isDisjoint(with: old))
        doctor.portal.time.advance(minutes: 5)
        let (pending, _) = try await doctor.expectCode()
        guard case .wrong = try await use(old[0], doctor, pending) else {
            throw TestFailure("an old one opens")
        }
        guard case .signedIn = try await use(change.recoveryCodes[0], doctor, pending) else {
            throw TestFailure("a new one does not")
        }
        #expect(try await doctor.notices().contains("recoveryCodesMade"))
    }

    @Test func `They are of one account only`() async throws {
        let doctor = try await doctor()
        let codes = try await doctor.enrolAppWithCodes().codes
        _ = try await doctor.portal.access.createAccount(
            NewAccount(
                email: "luc@cabinet-lac.example", honorific: "Dr", familyName: "Aubert", givenName: "Luc",
                role: .practitioner, mobile: "+41790000002", codeChannel: .sms), password: Doctor.password)
        guard case .codeExpected(let token, _) = try await doctor.offer(email: "luc@cabinet-lac.example")
        else {
            throw TestFailure("no code expected")
        }
        guard case .wrong = try await use(codes[0], doctor, token) else {
            throw TestFailure("it opens another")
        }
    }
}
