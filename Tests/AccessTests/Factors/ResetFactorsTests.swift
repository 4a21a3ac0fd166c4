import Access
import Storage
import TestSupport
import Testing

/// The telephone is lost: new proof of identity, four eyes, and a number that counts once a code came there (D34,
/// AUT-10, REC-1 to REC-4, S16).
@Suite struct ResetFactorsTests {
    /// Somebody of the portal team, signed in.
    private func member(
        _ portal: TestPortal, _ number: Int, role: Account.Role = .registrar, person: Int? = nil
    ) async throws -> (id: Account.ID, holder: Holder) {
        let email = "equipe\(number)@hul.example"
        let mobile = "+4179000100\(number)"
        let id = try await portal.access.createAccount(
            NewAccount(
                email: email, honorific: "", familyName: "Rochat", givenName: "Sandra", role: role,
                mobile: mobile, codeChannel: .sms), password: Doctor.password)
        try await portal.number(id, "HUL-\(person ?? number)")
        return (id, try await signIn(portal, email, mobile))
    }

    private func signIn(_ portal: TestPortal, _ email: String, _ mobile: String) async throws -> Holder {
        let answer = try await portal.access.signIn(
            email: email, password: Doctor.password, origin: Doctor.origin())
        guard case .codeExpected(let token, _) = answer else { throw TestFailure("\(answer)") }
        let second = try await portal.access.signIn(
            code: try await portal.newestCode(to: mobile), token: token, origin: Doctor.origin())
        guard case .signedIn(let session) = second,
            let holder = try await portal.access.session(token: session, origin: Doctor.origin())?.holder
        else { throw TestFailure("\(second)") }
        return holder
    }

    /// Without the day of waiting, which has a test of its own.
    private func portal() async throws -> TestPortal { try await TestPortal { $0.recoveryDelayHours = 0 } }

    @Test func `Two of the team take all factors away; nobody comes in before a new number is confirmed`()
        async throws
    {
        let portal = try await portal()
        let doctor = try await Doctor(portal)
        var key = SoftwareKey()
        let change = try await doctor.enrol(&key)
        let (session, _) = try await doctor.enrolApp(in: change.token)
        let first = try await member(portal, 1)
        let second = try await member(portal, 2, role: .portalAdmin)
        let access = portal.access
        let reset = try await access.proposeFactorReset(of: doctor.id, by: first.holder)
        #expect(try await access.openFactorResets(second.holder).map(\.reset.id) == [reset])
        await #expect(throws: FactorRefusal.samePerson) {
            try await access.approveFactorReset(reset, by: first.holder)
        }
        try await access.approveFactorReset(reset, by: second.holder)
        #expect(try await doctor.found(session) == nil)
        guard case .refused = try await doctor.signIn(with: key) else { throw TestFailure("the key opens") }
        guard case .noFactor = try await doctor.offer() else { throw TestFailure("there is a factor") }

        let number = "+41790000077"
        let waiting = try await access.beginNewMobile(of: doctor.id, number, by: first.holder)
        guard case .noFactor = try await doctor.offer() else { throw TestFailure("it counts already") }
        let code = try await portal.newestCode(to: number)
        await #expect(throws: FactorRefusal.nothingBegun) {
            _ = try await access.confirmNewMobile(waiting, code: code, by: second.holder)
        }
        #expect(try await access.confirmNewMobile(waiting, code: code, by: first.holder) == nil)
        let (token, sending) = try await doctor.expectCode()
        #expect(sending == .sent)
        guard case .signedIn = try await doctor.type(try await portal.newestCode(to: number), token) else {
            throw TestFailure("not signed in")
        }
        #expect(
            Set(try await doctor.notices())
                == ["factorAdded", "factorResetAsked", "factorsReset", "mobileChanged"])
    }

    @Test func `One person is not two, the one concerned is neither, and nobody else may`() async throws {
        let portal = try await portal()
        let doctor = try await Doctor(portal)
        let first = try await member(portal, 1)
        let second = try await member(portal, 2)
        let access = portal.access
        await #expect(throws: FactorRefusal.samePerson) {
            _ = try await access.proposeFactorReset(of: first.id, by: first.holder)
        }
        let reset = try await access.proposeFactorReset(of: second.id, by: first.holder)
        await #expect(throws: FactorRefusal.samePerson) {
            try await access.approveFactorReset(reset, by: second.holder)
        }
        // a second account of the first person is the first person
        let again = try await member(portal, 3, person: 1)
        let waiting = try await access.proposeFactorReset(of: doctor.id, by: first.holder)
        #expect(try await access.openFactorResets(again.holder).map(\.isOwn) == [true, true])
        await #expect(throws: FactorRefusal.samePerson) {
            try await access.approveFactorReset(waiting, by: again.holder)
        }
        await #expect(throws: FactorRefusal.samePerson) {
            _ = try await access.proposeFactorReset(of: first.id, by: again.holder)
        }
        for proposer in [first.id, again.id, doctor.id] {
            await #expect(throws: FactorRefusal.samePerson) {
                try await access.resetFactors(of: doctor.id, by: proposer, approvedBy: first.holder)
            }
        }
        let own = try await doctor.signInHolder()
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            _ = try await access.proposeFactorReset(of: first.id, by: own)
        }
        #expect(try await portal.rows("account WHERE mobile IS NULL") == 0)
    }

    @Test func `Who proposed must still be one of the team when another approves`() async throws {
        let portal = try await portal()
        let doctor = try await Doctor(portal)
        let first = try await member(portal, 1)
        let second = try await member(portal, 2)
        let reset = try await portal.access.proposeFactorReset(of: doctor.id, by: first.holder)
        try await portal.access.setState(.suspended, of: first.id)
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            try await portal.access.approveFactorReset(reset, by: second.holder)
        }
        #expect(try await portal.rows("account WHERE mobile IS NULL") == 0)
    }

    @Test func `Sixty-four approvals at once reset once`() async throws {
        let portal = try await portal()
        let doctor = try await Doctor(portal)
        let first = try await member(portal, 1)
        let second = try await member(portal, 2)
        let reset = try await portal.access.proposeFactorReset(of: doctor.id, by: first.holder)
        let done = try await together { _ in
            do {
                try await portal.access.approveFactorReset(reset, by: second.holder)
                return true
            } catch FactorRefusal.notFound { return false }
        }
        #expect(done == 1)
        #expect(try await portal.events().filter { $0 == "factorsReset" }.count == 1)
    }

    @Test func `The holder is told, has a day, and stops it`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        let first = try await member(portal, 1)
        let second = try await member(portal, 2)
        let access = portal.access
        let reset = try await access.proposeFactorReset(of: doctor.id, by: first.holder)
        #expect(try await doctor.notices() == ["factorResetAsked"])
        await #expect(throws: FactorRefusal.tooEarly) {
            try await access.approveFactorReset(reset, by: second.holder)
        }
        let own = try await doctor.signInHolder()
        #expect(try await access.ownFactorReset(own) == doctor.now.adding(hours: 24))
        #expect(try await access.stopFactorReset(of: doctor.id, by: own))
        #expect(try await !access.stopFactorReset(of: doctor.id, by: own))
        portal.time.advance(days: 1)
        let later = try await signIn(portal, "equipe2@hul.example", "+41790001002")
        await #expect(throws: FactorRefusal.notFound) {
            try await access.approveFactorReset(reset, by: later)
        }
    }

    @Test func `The telephone that the account had learns it too, before and after`() async throws {
        let portal = try await portal()
        let doctor = try await Doctor(portal)
        let first = try await member(portal, 1)
        let second = try await member(portal, 2)
        let reset = try await portal.access.proposeFactorReset(of: doctor.id, by: first.holder)
        try await portal.access.approveFactorReset(reset, by: second.holder)
        try await portal.deliver()
        let texts = portal.sentTexts(to: Doctor.mobile).filter { $0.contains("seconds facteurs") }
        #expect(texts.count == 2)
        #expect(texts.contains { $0.contains("le retrait de vos seconds facteurs a été demandé") })
        #expect(texts.contains { $0.contains("vos seconds facteurs ont été retirés") })
        #expect(texts.allSatisfy { $0.count <= 160 })
    }

    @Test func `A day passed, it can be approved, for one more day`() async throws {
        for (hours, isOpen) in [(24, true), (47, true), (48, false)] {
            let portal = try await TestPortal()
            let doctor = try await Doctor(portal)
            let first = try await member(portal, 1)
            _ = try await member(portal, 2)
            let reset = try await portal.access.proposeFactorReset(of: doctor.id, by: first.holder)
            portal.time.advance(minutes: hours * 60)
            let later = try await signIn(portal, "equipe2@hul.example", "+41790001002")
            if isOpen {
                try await portal.access.approveFactorReset(reset, by: later)
            } else {
                await #expect(throws: FactorRefusal.notFound) {
                    try await portal.access.approveFactorReset(reset, by: later)
                }
            }
        }
    }

    @Test func `One of the team alone changes nobody's number`() async throws {
        let portal = try await portal()
        let doctor = try await Doctor(portal)
        let first = try await member(portal, 1)
        await #expect(throws: FactorRefusal.alreadyEnrolled) {
            _ = try await portal.access.beginNewMobile(of: doctor.id, "+41790000077", by: first.holder)
        }
    }

    @Test func `One's own number changes with an app, not with a message to the old one`() async throws {
        let portal = try await portal()
        let doctor = try await Doctor(portal)
        let access = portal.access
        let weak = try await doctor.signInHolder()
        await #expect(throws: FactorRefusal.strongFactorNeeded) {
            _ = try await access.beginNewMobile(of: doctor.id, "+41790000077", by: weak)
        }
        portal.time.advance(minutes: 2)
        let (_, app) = try await doctor.enrolApp()
        portal.time.advance(minutes: 5)
        let (pending, _) = try await doctor.expectCode()
        guard case .signedIn(let token) = try await doctor.type(app.code(at: doctor.now), pending) else {
            throw TestFailure("not signed in")
        }
        let holder = try await doctor.holder(token)
        let waiting = try await access.beginNewMobile(of: doctor.id, "+41790000077", by: holder)
        for _ in 0..<4 {
            await #expect(throws: FactorRefusal.wrongCode) {
                _ = try await access.confirmNewMobile(waiting, code: "0000001", by: holder)
            }
        }
        let code = try await portal.newestCode(to: "+41790000077")
        let renewed = try #require(try await access.confirmNewMobile(waiting, code: code, by: holder))
        #expect(try await doctor.found(token) == nil)
        #expect(try await doctor.found(renewed)?.account.mobile == "+41790000077")
    }

    @Test func `Five wrong codes end a new number, and rubbish is no number`() async throws {
        let portal = try await portal()
        let doctor = try await Doctor(portal)
        try await portal.tamper("UPDATE account SET mobile = NULL")
        let first = try await member(portal, 1)
        let access = portal.access
        for rubbish in ["", "0790000077", "+41", "+4179000007a", "+41 790000077", "41790000077"] {
            await #expect(throws: FactorRefusal.mobile) {
                _ = try await access.beginNewMobile(of: doctor.id, rubbish, by: first.holder)
            }
        }
        let waiting = try await access.beginNewMobile(of: doctor.id, "+41790000077", by: first.holder)
        let code = try await portal.newestCode(to: "+41790000077")
        for _ in 0..<5 {
            await #expect(throws: FactorRefusal.wrongCode) {
                _ = try await access.confirmNewMobile(waiting, code: "0000001", by: first.holder)
            }
        }
        await #expect(throws: FactorRefusal.nothingBegun) {
            _ = try await access.confirmNewMobile(waiting, code: code, by: first.holder)
        }
    }
}
