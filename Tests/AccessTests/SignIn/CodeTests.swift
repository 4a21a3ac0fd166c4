import Access
import Demo
import Storage
import TestSupport
import Testing

/// The second step: how long a code lives, how often it may be typed and sent (S8, S10, S11, AUT-4).
@Suite struct CodeTests {
    private func doctor() async throws -> Doctor { try await Doctor(try await TestPortal()) }

    @Test(arguments: [(9 * 60 + 59, true), (10 * 60, false), (10 * 60 + 1, false)])
    func `A code lives ten minutes`(_ seconds: Int, _ isAlive: Bool) async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.expectCode()
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        doctor.portal.time.advance(seconds: seconds)
        switch try await doctor.type(code, token) {
        case .signedIn: #expect(isAlive)
        case .expired(newCode: .sent): #expect(!isAlive, "and another is on its way")
        case let other: Issue.record("\(other)")
        }
    }

    @Test func `A message that comes late is not sent any more`() async throws {
        let doctor = try await doctor()
        _ = try await doctor.expectCode()
        doctor.portal.time.advance(minutes: 2, seconds: 1)
        #expect(try await doctor.portal.newestCode(to: Doctor.mobile).isEmpty)
    }

    @Test func `The fifth wrong try kills the code, and the right one comes too late`() async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.expectCode()
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        let wrong = code == "000000" ? "111111" : "000000"
        for left in (0..<5).reversed() {
            guard case .wrong(left) = try await doctor.type(wrong, token) else {
                throw TestFailure("\(left) left")
            }
        }
        guard case .expired = try await doctor.type(code, token) else { throw TestFailure("it lives") }
        #expect(try await doctor.portal.rows("session WHERE stage = 'signedIn'") == 0)
    }

    @Test func `A code opens the sign-in it was sent for and no other`() async throws {
        let doctor = try await doctor()
        let (_, _) = try await doctor.expectCode()
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        let (other, _) = try await doctor.expectCode(from: "198.51.100.7")
        guard case .wrong = try await doctor.type(code, other) else { throw TestFailure("it opens another") }
    }

    @Test func `A code of an account that was suspended meanwhile opens nothing`() async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.expectCode()
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        try await doctor.portal.access.setState(.suspended, of: doctor.id)
        guard case .sessionEnded = try await doctor.type(code, token) else { throw TestFailure("it lives") }
        try await doctor.portal.access.setState(.active, of: doctor.id)
        guard case .sessionEnded = try await doctor.type(code, token) else { throw TestFailure("it revived") }
    }

    @Test func `Another code can be asked for after a minute, and then both open`() async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.expectCode()
        let first = try await doctor.portal.newestCode(to: Doctor.mobile)
        let start = doctor.portal.time.now
        doctor.portal.time.advance(seconds: 59)
        let early = try await doctor.portal.access.resendCode(token: token, origin: Doctor.origin())
        #expect(early == .wait(until: start.adding(seconds: 60)))
        doctor.portal.time.advance(seconds: 1)
        #expect(try await doctor.portal.access.resendCode(token: token, origin: Doctor.origin()) == .sent)
        #expect(try await doctor.portal.newestCode(to: Doctor.mobile) != "")
        guard case .signedIn = try await doctor.type(first, token) else { throw TestFailure("not the first") }
    }

    /// One code after another, as soon as the portal allows, for a day.
    @Test func `Five codes an hour and ten a day for an account, three texts in a quarter of an hour`()
        async throws
    {
        let doctor = try await doctor()
        let start = doctor.portal.time.now
        var sent: [Int] = []
        while doctor.portal.time.now < start.adding(hours: 23) {
            if try await doctor.expectCode().1 == .sent {
                sent.append(Int(doctor.portal.time.now.rawValue - start.rawValue) / 60_000)
            }
            doctor.portal.time.advance(minutes: 1)
        }
        #expect(sent.count == 10)
        for first in sent {
            #expect(sent.count { (first..<first + 15).contains($0) } <= 3, "\(sent)")
            #expect(sent.count { (first..<first + 60).contains($0) } <= 5, "\(sent)")
        }
    }

    /// The attacker of S10: he knows the password, has two hundred sign-ins open at once, and begins anew from one of
    /// five hundred networks as often as he likes.
    @Test func `Who knows the password gets fifty guesses a day, from wherever and however many at once`()
        async throws
    {
        let doctor = try await doctor()
        var guesses = 0
        for hour in 0..<23 {
            guesses += try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<(hour == 0 ? 200 : 20) {
                    let network = (hour * 20 + number) % 500
                    group.addTask {
                        try await self.guess(doctor, from: "198.51.\(network / 250).\(network % 250)")
                    }
                }
                return try await group.reduce(0, +)
            }
            doctor.portal.time.advance(minutes: 60)
        }
        #expect(guesses > 0)
        #expect(guesses <= 50)
        try await doctor.portal.deliver()
        #expect(doctor.portal.sentTexts(to: Doctor.mobile).count <= 10)
    }

    /// - Returns: how many codes were compared in one sign-in.
    private func guess(_ doctor: Doctor, from address: String) async throws -> Int {
        var looked = 0
        do {
            guard case .codeExpected(let token, _) = try await doctor.offer(from: address) else { return 0 }
            for number in 0..<8 {
                guard case .wrong = try await doctor.type("00000\(number)", token, from: address) else {
                    break
                }
                looked += 1
            }
        } catch let error as StorageError where error.isTemporary {
            // two hundred at once are in each other's way: he is told to come back
        }
        return looked
    }

    @Test func `A telephone with a new card gets no code, and its holder a mail that says what opens`()
        async throws
    {
        let doctor = try await doctor()
        let portal = doctor.portal
        portal.messages.exchangeCard(of: Doctor.mobile)
        let (token, _) = try await doctor.expectCode()
        #expect(try await portal.newestCode(to: Doctor.mobile).isEmpty)
        try await portal.deliver()
        let mails = portal.sentTexts(to: Doctor.email)
        #expect(mails.count == 1)
        #expect(mails.first?.contains("La carte SIM de votre numéro a été remplacée récemment.") == true)
        #expect(try await portal.refusals().contains("code.simChanged"))

        portal.time.advance(minutes: 1)
        guard case .sent? = try await portal.access.resendCode(token: token, origin: Doctor.origin()) else {
            throw TestFailure("none is sent")
        }
        try await portal.deliver()
        #expect(portal.sentTexts(to: Doctor.email).count == 1, "once a day")

        portal.messages.exchangeCard(of: Doctor.mobile, isNew: false)
        portal.time.advance(minutes: 1)
        _ = try await portal.access.resendCode(token: token, origin: Doctor.origin())
        let code = try await portal.newestCode(to: Doctor.mobile)
        guard case .signedIn = try await doctor.type(code, token) else { throw TestFailure("not signed in") }
    }

    @Test func `The installation's texts of an hour are counted together`() async throws {
        let portal = try await TestPortal { $0.smsPerHour = 2 }
        let doctor = try await Doctor(portal)
        for number in 1...3 {
            _ = try await portal.access.createAccount(
                NewAccount(
                    email: "m\(number)@example.ch", honorific: "", familyName: "Aubert", givenName: "Luc",
                    role: .practitioner, mobile: "+4179000010\(number)", codeChannel: .sms),
                password: Doctor.password)
        }
        var sent = 0
        for number in 1...3 {
            if case .codeExpected(_, .sent) = try await doctor.offer(email: "m\(number)@example.ch") {
                sent += 1
            }
        }
        #expect(sent == 2)
        portal.time.advance(minutes: 60)
        #expect(try await doctor.expectCode().1 == .sent)
    }

    @Test func `A code goes by e-mail to secured domains only`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        _ = try await portal.access.createAccount(
            NewAccount(
                email: "luc@hin.example", honorific: "", familyName: "Aubert", givenName: "Luc",
                role: .practitioner, mobile: nil, codeChannel: .email), password: Doctor.password)
        guard case .codeExpected(_, .wait) = try await doctor.offer(email: "luc@hin.example") else {
            throw TestFailure("sent to a domain nobody knows")
        }
        try await portal.tamper(
            "INSERT INTO secured_domain VALUES ('hin.example', \(true), 'HIN', 'test', \(portal.time.now))")
        guard case .codeExpected(_, .sent) = try await doctor.offer(email: "luc@hin.example") else {
            throw TestFailure("not sent to a secured domain")
        }
    }

    @Test func `Nothing that is stored tells a code`() async throws {
        let doctor = try await doctor()
        _ = try await doctor.expectCode()
        let stored = try await doctor.portal.database.read { transaction in
            let codes = try transaction.query("SELECT code_hash AS bytes FROM one_time_code")
            let jobs = try transaction.query("SELECT payload AS bytes FROM outbox")
            return try (codes + jobs).map { try $0.get("bytes", as: [UInt8].self) }
        }
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        #expect(stored.count == 2 && code.utf8.count == 6)
        for bytes in stored { #expect(!String(decoding: bytes, as: UTF8.self).contains(code)) }
    }
}
