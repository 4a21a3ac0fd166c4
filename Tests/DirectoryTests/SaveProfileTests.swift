import Access
import Demo
import Storage
import TestSupport
import Testing

@testable import Directory

/// Dre Favre keeps her profile.
@Suite struct SaveProfileTests {
    private func favre() async throws -> (TestPortal, Holder) {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        return (portal, try await portal.holder(DemoPeople.favre))
    }

    @Test func `A profile that was never saved is untouched, with the defaults of the account`() async throws
    {
        let (portal, favre) = try await favre()
        let profile = try await portal.directory.profile(favre)
        #expect(profile.isUntouched && profile.gaps.isEmpty)
        #expect(profile.practitioner.lifetimeDays == 100)
        #expect(profile.details == ProfileDetails() && profile.addresses.isEmpty)
    }

    @Test func `Her person is saved, with an event that names fields and no values`() async throws {
        let (portal, favre) = try await favre()
        var form = IdentityForm(try await portal.directory.profile(favre))
        form.honorific = "Dr. Sc."
        form.contactEmail = "Direct@Cabinet-Lac.example"
        form.phone = "022 555 01 00"
        form.specialities = ["394802001", "419192003"]
        #expect(try await portal.directory.saveIdentity(form, favre) == false)
        let saved = try await portal.directory.profile(favre)
        #expect(saved.account.honorific == "Dr. Sc.")
        #expect(saved.details.contactEmail == "direct@cabinet-lac.example")
        #expect(saved.details.phone?.rawValue == "+41225550100")
        #expect(saved.specialities.map(\.code) == ["394802001", "419192003"])
        #expect(saved.practitioner.speciality == "Médecine générale, Médecine interne générale")
        #expect(!saved.isUntouched && saved.version(of: .identity) == 1)
        let details = try await portal.texts(
            "detail", "SELECT detail FROM audit_event WHERE event = 'profileChanged'")
        #expect(details == ["section=identity fields=honorific,contactEmail,phone,specialities"])
    }

    @Test func `A form that was opened before another saving is told so, and changes nothing`() async throws {
        let (portal, favre) = try await favre()
        var first = OrganizationForm(try await portal.directory.profile(favre))
        var second = first
        first.name = "Cabinet du Quai"
        second.name = "Cabinet du Mont"
        try await portal.directory.saveOrganization(first, favre)
        await #expect(throws: ProfileRefusal.stale(version: 1)) {
            try await portal.directory.saveOrganization(second, favre)
        }
        #expect(try await portal.directory.profile(favre).practitioner.practice == "Cabinet du Quai")
        second.version = 1
        try await portal.directory.saveOrganization(second, favre)
        #expect(try await portal.directory.profile(favre).practitioner.practice == "Cabinet du Mont")
        // each tab counts by itself
        try await portal.directory.saveIdentity(IdentityForm(portal.directory.profile(favre)), favre)
    }

    @Test func `Of sixty-four savings of one form at once, one is done`() async throws {
        let (portal, favre) = try await favre()
        let form = OrganizationForm(try await portal.directory.profile(favre))
        let done = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    var own = form
                    own.name = "Cabinet \(number)"
                    do {
                        try await portal.directory.saveOrganization(own, favre)
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 1)
        #expect(try await portal.directory.profile(favre).version(of: .organization) == 1)
    }

    @Test func `Everything that is wrong is told at once, and nothing is saved`() async throws {
        let (portal, favre) = try await favre()
        var form = IdentityForm(try await portal.directory.profile(favre))
        form.familyName = " "
        form.contactEmail = "nobody"
        form.phone = "079-000-00-01"
        form.specialities = ["1"]
        await #expect(
            throws: ProfileRefusal.invalid([
                FieldFault(.familyName, .missing), FieldFault(.contactEmail, .notAnAddress),
                FieldFault(.phone, .phonePunctuation), FieldFault(.specialities, .unknownChoice),
            ])
        ) { try await portal.directory.saveIdentity(form, favre) }
        #expect(try await portal.directory.profile(favre).isUntouched)
    }

    @Test func `There is one address for paper: another one takes its place`() async throws {
        let (portal, favre) = try await favre()
        var form = AddressForm()
        (form.kind, form.street, form.postalCode, form.city, form.country) = (
            "mailing", "Rue des Tanneurs 12", "1205", "Genève", "CH"
        )
        try await portal.directory.addAddress(form, favre)
        (form.street, form.version) = ("Quai du Lac 1", 1)
        try await portal.directory.addAddress(form, favre)
        let addresses = try await portal.directory.profile(favre).addresses
        #expect(addresses.map(\.kind) == [.mailing, .general])
        #expect(addresses.map(\.street) == ["Quai du Lac 1", "Rue des Tanneurs 12"])
        form.kind = "practice"
        form.version = 2
        try await portal.directory.changeAddress(addresses[0].id, form, favre)
        try await portal.directory.removeAddress(addresses[1].id, version: 3, favre)
        #expect(try await portal.directory.profile(favre).addresses.map(\.kind) == [.practice])
    }

    @Test func `Nobody changes another person's address, or one that a register keeps`() async throws {
        let (portal, favre) = try await favre()
        let jeanneret = try await portal.holder(DemoPeople.jeanneret)
        var form = AddressForm()
        (form.kind, form.street, form.postalCode, form.city, form.country) = (
            "practice", "Rue des Tanneurs 12", "1205", "Genève", "CH"
        )
        try await portal.directory.addAddress(form, favre)
        let id = try #require(try await portal.directory.profile(favre).addresses.first?.id)
        await #expect(throws: ProfileRefusal.notFound) {
            try await portal.directory.changeAddress(id, form, jeanneret)
        }
        await #expect(throws: ProfileRefusal.notFound) {
            try await portal.directory.removeAddress(id, version: 0, jeanneret)
        }
        try await portal.tamper("UPDATE postal_address SET source = 'register'")
        form.version = 1
        await #expect(throws: ProfileRefusal.notFound) {
            try await portal.directory.changeAddress(id, form, favre)
        }
        #expect(try await portal.directory.profile(favre).addresses.count == 1)
    }

    @Test func `Addresses have a limit`() async throws {
        let (portal, favre) = try await favre()
        var form = AddressForm()
        (form.kind, form.street, form.postalCode, form.city, form.country) = (
            "general", "Rue des Tanneurs 12", "1205", "Genève", "CH"
        )
        for number in 0..<ProfileRules.addresses {
            form.version = number
            try await portal.directory.addAddress(form, favre)
        }
        form.version = ProfileRules.addresses
        await #expect(throws: ProfileRefusal.tooManyAddresses) {
            try await portal.directory.addAddress(form, favre)
        }
    }

    @Test func `Who receives no documents has no profile`() async throws {
        let (portal, _) = try await favre()
        let rochat = try await portal.holder(DemoPeople.rochat)
        await #expect(throws: ProfileRefusal.notFound) { try await portal.directory.profile(rochat) }
        await #expect(throws: ProfileRefusal.notFound) {
            try await portal.directory.saveOrganization(OrganizationForm(), rochat)
        }
        #expect(try await portal.directory.profileIfAny(rochat) == nil)
    }

    @Test func `After the session's end nothing is saved`() async throws {
        let (portal, favre) = try await favre()
        let form = IdentityForm(try await portal.directory.profile(favre))
        try await portal.access.signOut(favre)
        await #expect(throws: AccessRefusal.sessionEnded) {
            try await portal.directory.saveIdentity(form, favre)
        }
    }
}
