import Access
import Demo
import TestSupport
import Testing

/// An attacker who knows the password and guesses codes, and one who uses a code twice (security.md, S8 and
/// S10).
@Suite struct GuessedCodeJourneyTests {
    private static let origin = RequestOrigin(
        address: "198.51.100.7", userAgent: "", requestID: "", node: "test")

    private static func expectCode(_ portal: TestPortal) async throws -> (token: String, CodeSending) {
        let answer = try await portal.access.signIn(
            email: DemoPeople.favre.account.email, password: DemoPeople.favre.password, origin: origin)
        guard case .codeExpected(let token, let sending) = answer else { throw TestFailure("\(answer)") }
        return (token, sending)
    }

    @Test func `Sixty-four uses of one code at once open exactly one session`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        for _ in 0..<3 {
            let (token, _) = try await Self.expectCode(portal)
            let code = try await portal.newestCode(to: "+41790000001")
            let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        let answer = try await portal.access.signIn(
                            code: code, token: token, origin: Self.origin)
                        if case .signedIn = answer { return true }
                        return false
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(opened == 1)
            portal.time.advance(minutes: 16)
        }
    }

    @Test func `Five guesses kill a code, and starting again does not give more`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        var guesses = 0
        var sent = 0
        for _ in 0..<40 {
            let answer = try await portal.access.signIn(
                email: DemoPeople.favre.account.email, password: DemoPeople.favre.password,
                origin: Self.origin)
            guard case .codeExpected(let token, let sending) = answer else {
                portal.time.advance(minutes: 6)  // the sign-in itself makes him wait
                continue
            }
            if sending == .sent { sent += 1 }
            for _ in 0..<8 {
                if case .wrong = try await portal.access.signIn(
                    code: "000000", token: token, origin: Self.origin)
                {
                    guesses += 1
                }
            }
        }
        #expect(sent <= 10, "codes in a day")
        #expect(guesses <= 50, "guesses in a day")
    }

    @Test func `A session ends when nobody moves for twenty minutes, and after twelve hours in any case`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let (token, _) = try await Self.expectCode(portal)
        let code = try await portal.newestCode(to: "+41790000001")
        guard
            case .signedIn(let session) = try await portal.access.signIn(
                code: code, token: token, origin: Self.origin)
        else { throw TestFailure("not signed in") }
        #expect(
            try await portal.access.session(token: token, origin: Self.origin) == nil, "the old token is dead"
        )
        portal.time.advance(minutes: 19, seconds: 59)
        #expect(try await portal.access.session(token: session, origin: Self.origin) != nil)
        portal.time.advance(minutes: 20, seconds: 1)
        #expect(try await portal.access.session(token: session, origin: Self.origin) == nil)

        let again = try await portal.signIn(DemoPeople.jeanneret)
        for _ in 0..<47 {
            portal.time.advance(minutes: 15)
            #expect(try await portal.access.isAlive(again))
        }
        portal.time.advance(minutes: 15, seconds: 1)
        #expect(try await portal.access.isAlive(again) == false, "twelve hours are over")
    }

    @Test func `A wrong password and an unknown address get the same answer, and the same wait`() async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        for email in [DemoPeople.favre.account.email, "nobody@cabinet-lac.example"] {
            for attempt in 1...6 {
                let answer = try await portal.access.signIn(
                    email: email, password: "Pas-le-bon-mot", origin: Self.origin)
                switch answer {
                case .wrongPair: #expect(attempt <= 5)
                case .wait(let until):
                    #expect(attempt == 6)
                    #expect(until == portal.time.now.adding(minutes: 1))
                default: Issue.record("\(answer)")
                }
            }
        }
    }
}
