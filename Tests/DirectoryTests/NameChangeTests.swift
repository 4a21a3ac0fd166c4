import Access
import Demo
import Storage
import TestSupport
import Testing

@testable import Directory

/// Dre Favre marries: her new name was not proved yet.
@Suite struct NameChangeTests {
    private func portal() async throws -> (TestPortal, Holder, Holder) {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        return (portal, try await portal.holder(DemoPeople.favre), try await portal.holder(DemoPeople.benali))
    }

    private func ask(_ portal: TestPortal, _ holder: Holder, family: String) async throws -> Bool {
        var form = IdentityForm(try await portal.directory.profile(holder))
        form.familyName = family
        return try await portal.directory.saveIdentity(form, holder)
    }

    @Test func `Another name waits until the portal team agrees`() async throws {
        let (portal, favre, team) = try await portal()
        #expect(try await ask(portal, favre, family: "Favre-Monnier"))
        var profile = try await portal.directory.profile(favre)
        #expect(profile.account.familyName == "Favre" && profile.nameChange?.familyName == "Favre-Monnier")
        let cases = try await portal.directory.nameChanges(team)
        #expect(cases.count == 1 && cases[0].gln?.rawValue == "7601099000013" && !cases[0].isOwn)
        try await portal.directory.decideNameChange(cases[0].change.id, isApproved: true, team)
        profile = try await portal.directory.profile(favre)
        #expect(profile.account.familyName == "Favre-Monnier" && profile.nameChange == nil)
        await #expect(throws: ProfileRefusal.alreadyDecided) {
            try await portal.directory.decideNameChange(cases[0].change.id, isApproved: false, team)
        }
        let events = try await portal.events()
        #expect(events.contains("nameChangeRequested") && events.contains("nameChangeDecided"))
        let details = try await portal.texts(
            "detail", "SELECT detail FROM audit_event WHERE detail LIKE '%Monnier%'")
        #expect(details.isEmpty, "no name in the trail")
        try await portal.deliver()
        let mail = portal.messages.all.first { $0.subject.contains("Votre nom") }
        #expect(mail?.text.contains("a validé votre changement de nom") == true)
        #expect(mail?.text.contains("Monnier") == false)
    }

    @Test func `A refusal leaves the name as it was`() async throws {
        let (portal, favre, team) = try await portal()
        _ = try await ask(portal, favre, family: "Autre")
        let id = try #require(try await portal.directory.nameChanges(team).first?.change.id)
        try await portal.directory.decideNameChange(id, isApproved: false, team)
        let profile = try await portal.directory.profile(favre)
        #expect(profile.account.familyName == "Favre" && profile.nameChange == nil)
    }

    @Test func `The newest wish counts, and the proved name takes it back`() async throws {
        let (portal, favre, team) = try await portal()
        _ = try await ask(portal, favre, family: "Un")
        #expect(try await ask(portal, favre, family: "Deux"))
        #expect(try await ask(portal, favre, family: "Deux"), "the same wish again is the same request")
        #expect(try await portal.directory.nameChanges(team).map(\.change.familyName) == ["Deux"])
        #expect(try await portal.rows("name_change") == 2)
        #expect(try await ask(portal, favre, family: "Favre") == false)
        #expect(try await portal.directory.nameChanges(team).isEmpty)
    }

    @Test func `Only the portal team decides, and one decision of sixty-four counts`() async throws {
        let (portal, favre, team) = try await portal()
        _ = try await ask(portal, favre, family: "Autre")
        let id = try #require(try await portal.directory.nameChanges(team).first?.change.id)
        await #expect(throws: (any Error).self) { try await portal.directory.nameChanges(favre) }
        await #expect(throws: (any Error).self) {
            try await portal.directory.decideNameChange(id, isApproved: true, favre)
        }
        let done = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    do {
                        try await portal.directory.decideNameChange(
                            id, isApproved: number.isMultiple(of: 2), team)
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 1)
        await #expect(throws: ProfileRefusal.notFound) {
            try await portal.directory.decideNameChange(NameChange.ID(rawValue: "x"), isApproved: true, team)
        }
    }
}
