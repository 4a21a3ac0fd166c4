import Access
import Demo
import Directory
import Enrolment
import Storage
import TestSupport
import Testing

/// Asking for an account: nothing usable, and nobody learns who has one.
@Suite struct RequestAccountTests {
    @Test func `A request opens nothing: its password signs nobody in`() async throws {
        let desk = try await Desk()
        let accounts = try await desk.portal.rows("account")
        _ = try await desk.request()
        #expect(try await desk.portal.rows("account") == accounts)
        let answer = try await desk.portal.access.signIn(
            email: Applicants.physiotherapist.email, password: Applicants.physiotherapist.password,
            origin: Desk.origin)
        guard case .wrongPair = answer else { return #expect(Bool(false), "\(answer)") }
        let stored = try await desk.portal.texts("password_hash", "SELECT password_hash FROM account_request")
        #expect(stored.first?.hasPrefix("$argon2id$") == true)
    }

    @Test func `Who has asked and knows the password learns that the account waits; nobody else does`()
        async throws
    {
        let desk = try await Desk()
        let (token, _) = try await desk.request()
        func answer(_ email: String, _ password: String) async throws -> String {
            let answer = try await desk.portal.access.signIn(
                email: email, password: password, among: desk.enrolment.pendingRequests, origin: Desk.origin)
            return switch answer {
            case .requestPending(let link): link
            case .wrongPair: "wrong"
            case .codeExpected: "code"
            default: "\(answer)"
            }
        }
        let person = Applicants.physiotherapist
        #expect(try await answer(person.email, person.password) == token)
        #expect(try await answer(person.email, "autre-phrase-de-passe") == "wrong")
        #expect(try await answer("personne@physio-du-lac.example", person.password) == "wrong")
        // somebody asks with the address of an account: he reads the same as anybody, else he would know of the account
        let known = Applicants.with {
            $0.email = DemoPeople.favre.account.email
            ($0.password, $0.passwordAgain) = ("horloge-bleue-mardi", "horloge-bleue-mardi")
        }
        let (other, _) = try await desk.request(known)
        #expect(try await answer(known.email, known.password) == other)
        #expect(try await answer(known.email, "autre-phrase-de-passe") == "wrong")
        #expect(try await answer(known.email, DemoPeople.favre.password) == "code", "its holder signs in")
        try await desk.enrolment.withdraw(other, origin: Desk.origin)
        #expect(try await answer(known.email, known.password) == "wrong")
        try await desk.enrolment.withdraw(token, origin: Desk.origin)
        #expect(try await answer(person.email, person.password) == "wrong")
        #expect(
            try await desk.portal.texts(
                "rule",
                "SELECT rule FROM audit_event WHERE event = 'signInPassword' AND rule IS NOT NULL ORDER BY id"
            )
                == ["signIn.notActive", "signIn.wrongPair", "signIn.wrongPair", "signIn.notActive"]
                + Array(repeating: "signIn.wrongPair", count: 3))
    }

    @Test func `An address with an account is answered the same, and only its holder hears of it`()
        async throws
    {
        let desk = try await Desk()
        let known = Applicants.with { $0.email = DemoPeople.favre.account.email }
        let (token, id) = try await desk.request(known)
        let (other, _) = try await desk.request()
        #expect(token.utf8.count == other.utf8.count)
        let mine = try await desk.enrolment.follow(token)
        let theirs = try await desk.enrolment.follow(other)
        #expect(mine.request.state == theirs.request.state && mine.sites.count == theirs.sites.count)
        try await desk.portal.deliver()
        let mail = desk.portal.messages.all.first { $0.to == DemoPeople.favre.account.email }
        #expect(mail?.subject == "Vous avez déjà un compte Mon Espace Pro")
        #expect(mail?.text.contains("suivi") == false, "the link of the request is the applicant's alone")
        #expect(try await desk.enrolment.review(id, desk.registrar).holdsAddress, "the team sees it")
    }

    @Test func `Known and unknown addresses cost the same statements and one hash`() async throws {
        let desk = try await Desk()
        let known = Applicants.with { $0.email = DemoPeople.favre.account.email }
        _ = try await desk.request(known)
        let first = try await desk.portal.events().suffix(1)
        let jobs = try await desk.portal.rows("outbox WHERE kind = 'enrolmentMail'")
        _ = try await desk.request()
        #expect(try await desk.portal.events().suffix(1) == first)
        #expect(try await desk.portal.rows("outbox WHERE kind = 'enrolmentMail'") == jobs + 1)
        #expect(jobs == 1)
    }

    @Test func `One network and one address can ask only so often, whoever has an account`() async throws {
        for email in [DemoPeople.favre.account.email, "personne@cabinet-lac.example"] {
            let desk = try await Desk()
            for _ in 0..<3 { _ = try await desk.request(Applicants.with { $0.email = email }) }
            let fourth = await refusal { _ = try await desk.request(Applicants.with { $0.email = email }) }
            #expect(fourth == .tooMany)
            desk.portal.time.advance(days: 1)
            _ = try await desk.request(Applicants.with { $0.email = email })
        }
        let desk = try await Desk(enrolment: { $0.requestsPerNetworkPerHour = 2 })
        for number in 0..<2 {
            _ = try await desk.request(Applicants.with { $0.email = "a\(number)@lac.example" })
        }
        #expect(await refusal { _ = try await desk.request() } == .tooMany)
        #expect(try await desk.portal.rows("account_request") == 2)
    }

    @Test func `A code by e-mail to an unknown domain is doubted at once and asked of the team`() async throws
    {
        let desk = try await Desk()
        let (token, _) = try await desk.request(Applicants.with { $0.codeChannel = "email" })
        #expect(try await desk.enrolment.follow(token).mailDoubt == .unknown)
        let asked = try await desk.portal.directory.mailDomains(desk.first)
        #expect(asked.questions.map(\.domain) == ["physio-lac.example"])
        try await desk.portal.directory.decide(
            domain: "physio-lac.example", isSecured: false, provenance: "HIN", desk.first)
        #expect(try await desk.enrolment.follow(token).mailDoubt == .notSecured)
        #expect(try await desk.portal.directory.mailDomains(desk.first).questions.isEmpty)
        try await desk.enrolment.choose(.sms, token, origin: Desk.origin)
        #expect(try await desk.enrolment.follow(token).mailDoubt == nil)
    }

    @Test
    func `The link of a request is the applicant's: it can be guessed by nobody and read from no table`()
        async throws
    {
        let desk = try await Desk()
        let (token, id) = try await desk.request()
        #expect(await refusal { _ = try await desk.enrolment.follow(id.rawValue) } == .notFound)
        let stranger = String(repeating: "0", count: 64)
        #expect(await refusal { _ = try await desk.enrolment.follow(stranger) } == .notFound)
        #expect(try await desk.portal.rows("account_request WHERE id = \(token)") == 0)
    }

    @Test func `Of 64 who take the same time one gets it`() async throws {
        let desk = try await Desk(enrolment: { $0.requestsPerNetworkPerHour = 100 })
        let start = desk.portal.time.now.adding(days: 1)
        try await desk.enrolment.addSlots([start], minutes: 20, at: .init(rawValue: "video"))
        var tokens: [String] = []
        for number in 0..<64 {
            tokens.append(
                try await desk.request(Applicants.with { $0.email = "a\(number)@lac.example" }).token)
        }
        let offered = try await desk.enrolment.follow(tokens[0]).sites.first {
            $0.site.id.rawValue == "video"
        }
        let slot = try #require(offered?.slots.first)
        let (won, refused) = await desk.race { [tokens] number in
            try await desk.enrolment.chooseAppointment(
                tokens[number], site: slot.siteID, slot: slot.id, origin: Desk.origin)
        }
        #expect(won == 1)
        #expect(refused.allSatisfy { $0 == .slotTaken })
    }

    @Test func `An appointment is confirmed once by mail, and changed five times a day at most`() async throws
    {
        let desk = try await Desk()
        let start = desk.portal.time.now.adding(days: 3)
        try await desk.enrolment.addSlots(
            (0..<6).map { start.adding(minutes: $0 * 20) }, minutes: 20, at: .init(rawValue: "video"))
        let (token, _) = try await desk.request()
        let offered = try await desk.enrolment.follow(token).sites.first { $0.site.id.rawValue == "video" }
        let slots = try #require(offered?.slots)
        try #require(slots.count == 6)
        func choose(_ slot: ValidationSlot) async throws {
            try await desk.enrolment.chooseAppointment(
                token, site: slot.siteID, slot: slot.id, origin: Desk.origin)
        }
        func mails() async throws -> Int {
            try await desk.portal.rows("outbox WHERE kind = 'enrolmentMail'")
        }
        let before = try await mails()
        for _ in 0..<20 { try await choose(slots[0]) }
        #expect(try await mails() == before + 1, "the same choice says nothing again")
        for slot in slots[1..<5] { try await choose(slot) }
        for _ in 0..<3 { #expect(await refusal { try await choose(slots[5]) } == .tooManyChanges) }
        try await choose(slots[4])
        #expect(try await mails() == before + 5)
        #expect(try await desk.enrolment.follow(token).appointment?.slotID == slots[4].id)
        desk.portal.time.advance(days: 1)
        try await choose(slots[5])
        #expect(try await mails() == before + 6)
    }
}
