import Access
import Demo
import Enrolment
import Foundation
import Storage
import TestSupport
import Testing

/// The portal team: added by two, begun by two, and able to end accounts.
@Suite struct TeamTests {
    private static let form: StaffForm = {
        var form = StaffForm()
        form.role = "registrar"
        form.email = "ana.pinto@hul.example"
        form.honorific = "Mme"
        form.familyName = "Pinto"
        form.givenName = "Ana"
        form.mobile = "079 000 00 21"
        form.personNumber = "hul-2001"
        form.organisation = "Service de cybersanté"
        return form
    }()

    @Test func `A new member is proposed by one, approved by another, and chooses a password herself`()
        async throws
    {
        let desk = try await Desk()
        try await desk.enrolment.proposeStaff(Self.form, desk.first)
        let waiting = try #require(try await desk.enrolment.team(desk.second).proposed.first)
        #expect(
            await refusal {
                try await desk.enrolment.approveStaff(waiting.draft.id, seal: waiting.act.seal, desk.first)
            }
                == .samePerson)
        try await desk.enrolment.approveStaff(waiting.draft.id, seal: waiting.act.seal, desk.second)
        let link = try await desk.link(to: "ana.pinto@hul.example")
        #expect(try await desk.enrolment.awaitedConfirmation(link)?.needsPassword == true)
        #expect(
            await refusal {
                try await desk.enrolment.confirmEmail(
                    link, password: "court", again: "court", origin: Desk.origin)
            }
                == .password(.tooShort))
        try await desk.enrolment.confirmEmail(
            link, password: "lanterne-verte-jeudi", again: "lanterne-verte-jeudi", origin: Desk.origin)
        let answer = try await desk.portal.access.signIn(
            email: "ana.pinto@hul.example", password: "lanterne-verte-jeudi", origin: Desk.origin)
        guard case .codeExpected = answer else { return #expect(Bool(false), "\(answer)") }
    }

    @Test func `Of 64 approvals of a member at once one opens the account`() async throws {
        let desk = try await Desk()
        try await desk.enrolment.proposeStaff(Self.form, desk.first)
        let waiting = try #require(try await desk.enrolment.team(desk.second).proposed.first)
        let (won, _) = await desk.race { _ in
            try await desk.enrolment.approveStaff(waiting.draft.id, seal: waiting.act.seal, desk.second)
        }
        #expect(won == 1)
        #expect(try await desk.portal.rows("account WHERE email = 'ana.pinto@hul.example'") == 1)
    }

    @Test(arguments: ["HUL-1003\u{200B}", "НUL-1003", "HUL-1003é", " - "])
    func `A number that only looks like another is not taken`(_ number: String) async throws {
        let desk = try await Desk()
        var form = Self.form
        form.personNumber = number
        await #expect(throws: StaffMistakes.self) { try await desk.enrolment.proposeStaff(form, desk.first) }
    }

    @Test(arguments: ["HUL-1003", "hul 1003"])
    func `Nobody approves himself under another account`(_ number: String) async throws {
        let desk = try await Desk()
        var form = Self.form
        form.personNumber = number
        try await desk.enrolment.proposeStaff(form, desk.first)
        let waiting = try #require(try await desk.enrolment.team(desk.second).proposed.first)
        #expect(
            await refusal {
                try await desk.enrolment.approveStaff(waiting.draft.id, seal: waiting.act.seal, desk.second)
            }
                == .samePerson)
    }

    private static func person(_ number: Int) -> StaffForm {
        var form = form
        form.email = "personne\(number)@hul.example"
        form.mobile = "079 000 00 3\(number)"
        form.personNumber = "HUL-3\(number)"
        return form
    }

    @Test func `The first two administrators need two people, two mailboxes and two secrets`() async throws {
        let portal = try await TestPortal()
        let first = try await portal.enrolment.proposeFirstAdministrator(Self.person(1))
        #expect(try await portal.rows("account") == 0)
        #expect(
            await refusal {
                _ = try await portal.enrolment.approveFirstAdministrator(
                    first.proposal, secret: first.secret, second: Self.person(1))
            } == .samePerson)
        let second = try await portal.enrolment.approveFirstAdministrator(
            first.proposal, secret: first.secret, second: Self.person(2))
        #expect(first.secret != second.secret)
        try await portal.deliver()
        let mail = try #require(portal.messages.all.first { $0.to == "personne1@hul.example" })
        let start = try #require(mail.text.range(of: "/confirmer-email/"))
        let link = String(mail.text[start.upperBound...].prefix(64))
        #expect(try await portal.enrolment.awaitedConfirmation(link)?.needsSecret == true)
        let password = "lanterne-verte-jeudi"
        #expect(
            await refusal {
                try await portal.enrolment.confirmEmail(
                    link, password: password, again: password, secret: second.secret, origin: Desk.origin)
            } == .secretWrong)
        try await portal.enrolment.confirmEmail(
            link, password: password, again: password, secret: first.secret, origin: Desk.origin)
        #expect(try await portal.rows("account WHERE state = 'active' AND role = 'portalAdmin'") == 1)
        #expect(
            await refusal { _ = try await portal.enrolment.proposeFirstAdministrator(Self.person(3)) }
                == .notTheFirst)
    }

    @Test func `A wrong secret ends the proposal of the first administrators`() async throws {
        let portal = try await TestPortal()
        let first = try await portal.enrolment.proposeFirstAdministrator(Self.person(1))
        for expected in [EnrolmentRefusal.secretWrong, .noProposal] {
            #expect(
                await refusal {
                    _ = try await portal.enrolment.approveFirstAdministrator(
                        first.proposal, secret: "0000", second: Self.person(2))
                } == expected)
        }
        #expect(try await portal.rows("account") == 0)
    }

    @Test func `A suspended account is out at once, and its holder hears of it`() async throws {
        let desk = try await Desk()
        let favre = try await desk.portal.holder(DemoPeople.favre)
        #expect(
            await refusal {
                try await desk.enrolment.changeState(
                    of: favre.accountID, to: .suspended, reason: "", desk.first)
            } == .incomplete)
        try await desk.enrolment.changeState(
            of: favre.accountID, to: .suspended, reason: "Demande du cabinet", desk.first)
        await #expect(throws: AccessRefusal.sessionEnded) { try await desk.portal.access.openSessions(favre) }
        try await desk.portal.deliver()
        #expect(desk.portal.messages.all.first?.to == DemoPeople.favre.account.email)
        #expect(
            desk.portal.messages.all.first?.text.contains("cabinet") == false,
            "the reason stays with the team")
        try await desk.enrolment.changeState(of: favre.accountID, to: .active, reason: "Levée", desk.first)
        try await desk.enrolment.changeState(of: favre.accountID, to: .closed, reason: "Retraite", desk.first)
        #expect(
            await refusal {
                try await desk.enrolment.changeState(
                    of: favre.accountID, to: .active, reason: "Non", desk.first)
            } == .wrongState, "what is closed stays closed")
        #expect(
            await refusal {
                try await desk.enrolment.changeState(
                    of: desk.first.accountID, to: .suspended, reason: "x", desk.first)
            } == .samePerson)
    }

    @Test func `Closing an account ends its delegations on both sides, suspending it does not`() async throws
    {
        let desk = try await Desk()
        try await desk.portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre, DemoPeople.jeanneret])
        let open: SQLText = "delegation WHERE state <> 'ended'"
        #expect(try await desk.portal.rows(open) == 2)
        let favre = try await desk.portal.holder(DemoPeople.favre).accountID
        try await desk.enrolment.changeState(of: favre, to: .suspended, reason: "Absence", desk.first)
        #expect(try await desk.portal.rows(open) == 2)
        try await desk.enrolment.changeState(of: favre, to: .closed, reason: "Retraite", desk.first)
        #expect(try await desk.portal.rows(open) == 1)
        let rochat = try await desk.portal.holder(DemoPeople.rochat)
        try await desk.enrolment.changeState(
            of: rochat.accountID, to: .closed, reason: "Départ", desk.first)
        #expect(try await desk.portal.rows(open) == 0)
        await #expect(throws: AccessRefusal.sessionEnded) {
            _ = try await desk.portal.access.delegations(of: rochat)
        }
    }

    @Test func `Accounts are found by name, address and number`() async throws {
        let desk = try await Desk()
        func found(_ words: String) async throws -> [String] {
            try await desk.enrolment.listAccounts(words, state: nil, desk.first).rows.map(
                \.account.familyName)
        }
        #expect(try await found("favre") == ["Favre"])
        #expect(try await found("Claire Fav") == ["Favre"])
        #expect(try await found("paul.jeanneret@") == ["Jeanneret"])
        #expect(try await found("7601999000021") == ["Monnier"])
        #expect(try await found("%").isEmpty)
        #expect(try await desk.enrolment.listAccounts("", state: .suspended, desk.first).rows.isEmpty)
    }

    @Test func `The search of the trail is itself in the trail, and shows no patient`() async throws {
        let desk = try await Desk()
        let favre = try await desk.portal.holder(DemoPeople.favre)
        var filter = AuditFilter()
        filter.actorID = favre.accountID.rawValue
        let found = try await desk.portal.access.searchAudit(filter, before: nil, desk.first)
        #expect(found.events.contains { $0.event == "signInCode" && $0.actorName == "Dre Claire Favre" })
        #expect(try await desk.portal.events().last == "auditExported")
        #expect(try await desk.portal.events().contains("auditSearched"))
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            try await desk.portal.access.searchAudit(filter, before: nil, desk.registrar)
        }
        var pages = 0
        var next: Int64?
        var seen: Set<Int64> = []
        repeat {
            let page = try await desk.portal.access.searchAudit(AuditFilter(), before: next, desk.first)
            for event in page.events { #expect(seen.insert(event.id).inserted) }
            next = page.next
            pages += 1
        } while next != nil && pages < 50
        #expect(next == nil)
    }
}
