import Access
import Storage
import TestSupport
import Testing

/// When a session ends, and that its token changes at each step (SES-2 to SES-6).
@Suite struct SessionTests {
    private func doctor() async throws -> Doctor { try await Doctor(try await TestPortal()) }

    @Test(arguments: [(20 * 60 - 1, true), (20 * 60, false), (20 * 60 + 1, false)])
    func `Twenty minutes without a request end a session`(_ seconds: Int, _ isAlive: Bool) async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.signIn()
        doctor.portal.time.advance(seconds: seconds)
        #expect(try await (doctor.found(token) != nil) == isAlive)
    }

    @Test(arguments: [(-1, true), (0, false), (1, false)])
    func `Twelve hours end it in any case`(_ seconds: Int, _ isAlive: Bool) async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.signIn()
        for _ in 0..<(12 * 4 - 1) {
            doctor.portal.time.advance(minutes: 15)
            #expect(try await doctor.found(token) != nil)
        }
        doctor.portal.time.advance(seconds: 15 * 60 + seconds)
        #expect(try await (doctor.found(token) != nil) == isAlive)
    }

    @Test(arguments: [(15 * 60 - 1, true), (15 * 60, false)])
    func `A sign-in waits a quarter of an hour for its code`(_ seconds: Int, _ isAlive: Bool) async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.expectCode()
        doctor.portal.time.advance(seconds: seconds)
        #expect(try await (doctor.found(token) != nil) == isAlive)
    }

    @Test func `Each step gives a new token and a new form token, and the old ones are dead`() async throws {
        let doctor = try await doctor()
        let (pending, _) = try await doctor.expectCode()
        let first = try #require(try await doctor.found(pending))
        #expect(first.viewer == nil, "the password alone opens nothing")
        let code = try await doctor.portal.newestCode(to: Doctor.mobile)
        guard case .signedIn(let token) = try await doctor.type(code, pending) else {
            throw TestFailure("not signed in")
        }
        #expect(try await doctor.found(pending) == nil)
        let second = try #require(try await doctor.found(token))
        let viewer = try #require(second.viewer)
        let changed = try await doctor.portal.access.changePassword(
            viewer.holder, current: Doctor.password, new: "Quatre-Mouettes-grises")
        #expect(try await doctor.found(token) == nil)
        let third = try #require(try await doctor.found(changed))
        #expect(third.session.id == second.session.id, "it is still this session")
        #expect(Set([pending, token, changed]).count == 3)
        #expect(Set([first, second, third].map(\.session.formToken)).count == 3)
        #expect(third.session.expiresAt == second.session.expiresAt, "and it does not live longer")
    }

    @Test func `No token is stored, only its hash`() async throws {
        let doctor = try await doctor()
        let (token, _) = try await doctor.signIn()
        #expect(try await doctor.portal.rows("session WHERE token_hash = \(Array(token.utf8))") == 0)
        #expect(try await doctor.portal.rows("session WHERE length(token_hash) = 32") == 1)
    }

    @Test func `Signing out everywhere ends every other session and keeps this one`() async throws {
        let doctor = try await doctor()
        var others: [(token: String, viewer: Viewer)] = []
        for _ in 0..<3 {
            others.append(try await doctor.signIn())
            doctor.portal.time.advance(minutes: 16)
            for other in others { _ = try await doctor.found(other.token) }
        }
        let (pending, _) = try await doctor.expectCode()
        doctor.portal.time.advance(minutes: 1)
        let (mine, viewer) = try await doctor.signIn()
        #expect(try await doctor.portal.access.openSessions(viewer.holder).count == 4)
        #expect(
            try await doctor.portal.access.endOtherSessions(viewer.holder) == 4, "the one that waits included"
        )
        for other in others {
            #expect(try await doctor.found(other.token) == nil)
            #expect(try await !doctor.portal.access.isAlive(other.viewer))
        }
        #expect(try await doctor.found(pending) == nil)
        #expect(try await doctor.found(mine) != nil)
        #expect(try await doctor.portal.access.openSessions(viewer.holder).map(\.id) == [viewer.sessionID])
    }

    @Test func `A change of the password ends every other session, and the old password opens nothing`()
        async throws
    {
        let doctor = try await doctor()
        let (other, _) = try await doctor.signIn()
        let (pending, _) = try await doctor.expectCode()
        doctor.portal.time.advance(minutes: 2)
        let (_, viewer) = try await doctor.signIn()
        let mine = try await doctor.portal.access.changePassword(
            viewer.holder, current: Doctor.password, new: "Quatre-Mouettes-grises")
        for token in [other, pending] { #expect(try await doctor.found(token) == nil) }
        #expect(try await doctor.found(mine) != nil)
        guard case .wrongPair = try await doctor.offer() else { throw TestFailure("the old one opens") }
        guard case .codeExpected = try await doctor.offer("Quatre-Mouettes-grises") else {
            throw TestFailure("the new one does not")
        }
    }

    @Test func `A wrong current password changes nothing, and five make wait`() async throws {
        let doctor = try await doctor()
        let (token, viewer) = try await doctor.signIn()
        for _ in 0..<5 {
            await #expect(throws: AccessRefusal.wrongCurrentPassword) {
                _ = try await doctor.portal.access.changePassword(
                    viewer.holder, current: "Pas-le-bon-mot", new: "Quatre-Mouettes-grises")
            }
        }
        await #expect(throws: AccessRefusal.tooMuchAtOnce) {
            _ = try await doctor.portal.access.changePassword(
                viewer.holder, current: Doctor.password, new: "Quatre-Mouettes-grises")
        }
        #expect(try await doctor.found(token) != nil)
        #expect(
            try await doctor.portal.refusals()
                == Array(repeating: "account.currentPassword", count: 5) + ["signIn.wait"])
        doctor.portal.time.advance(minutes: 1)
        _ = try await doctor.portal.access.changePassword(
            viewer.holder, current: Doctor.password, new: "Quatre-Mouettes-grises")
    }

    @Test func `Two changes of a password at once: one wins, and its session lives`() async throws {
        let doctor = try await doctor()
        let (_, viewer) = try await doctor.signIn()
        let news = ["Quatre-Mouettes-grises", "Sept-Goélands-blancs"]
        let won = try await withThrowingTaskGroup(of: String?.self) { group in
            for new in news {
                group.addTask {
                    do {
                        return try await doctor.portal.access.changePassword(
                            viewer.holder, current: Doctor.password, new: new)
                    } catch is AccessRefusal { return nil }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }.compactMap { $0 }
        #expect(won.count == 1)
        #expect(try await doctor.found(won[0]) != nil)
    }

    @Test func `Nobody ends another's session, and the attempt is an event`() async throws {
        let doctor = try await doctor()
        let (token, viewer) = try await doctor.signIn()
        let other = try await doctor.portal.access.createAccount(
            NewAccount(
                email: "luc@example.ch", honorific: "", familyName: "Aubert", givenName: "Luc",
                role: .practitioner, mobile: "+41790000002", codeChannel: .sms), password: Doctor.password)
        guard case .codeExpected(let pending, _) = try await doctor.offer(email: "luc@example.ch"),
            case .signedIn(let session) = try await doctor.type(
                try await doctor.portal.newestCode(to: "+41790000002"), pending),
            let stranger = try await doctor.found(session)?.viewer
        else { throw TestFailure("not signed in") }
        #expect(stranger.accountID == other)
        #expect(try await !doctor.portal.access.endSession(viewer.sessionID, stranger.holder))
        #expect(try await doctor.found(token) != nil)
        #expect(
            try await doctor.portal.rows(
                """
                audit_event WHERE event = 'sessionEnded' AND outcome = 'refused'
                  AND rule = 'session.notFound' AND actor_id = \(other) AND object_id = \(viewer.sessionID)
                """) == 1)
        // what is no identifier could be anything
        #expect(try await !doctor.portal.access.endSession(Session.ID(rawValue: "Jaquet"), stranger.holder))
        #expect(try await doctor.portal.rows("audit_event WHERE object_id = 'Jaquet'") == 0)
    }
}
