import Access
import Demo
import Storage
import TestSupport
import Testing

@testable import Directory

/// How Dre Favre wants to be served, and what the table of secured domains lets her have.
@Suite struct SavePreferencesTests {
    private func favre() async throws -> (TestPortal, Holder, PreferencesForm) {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let favre = try await portal.holder(DemoPeople.favre)
        for (domain, isSecured) in [
            ("hin.ch", true), ("amge.ch", true), ("hug.ch", true), ("gmail.com", false),
        ] {
            try await portal.directory.decide(
                domain: domain, isSecured: isSecured, provenance: "test", by: "test")
        }
        return (portal, favre, PreferencesForm(try await portal.directory.profile(favre)))
    }

    @Test func `All preferences are kept, and the trail names those that changed`() async throws {
        let (portal, favre, saved) = try await favre()
        var form = saved
        form.notificationEmail = "Autre@Cabinet-Lac.example"
        form.documentEmail = "favre@hin.ch"
        form.displayedTypes = ["373942005"]
        form.lifetimeDays = "45"
        form.notificationPolicy = "daily"
        form.displayedPatients = "months6"
        form.startPage = "patients"
        form.namesPatients = true
        form.language = "de"
        form.theme = "dark"
        form.hasShortcuts = false
        try await portal.directory.savePreferences(form, favre)
        var kept = PreferencesForm(try await portal.directory.profile(favre))
        #expect(kept.version == 1)
        kept.version = 0
        form.notificationEmail = "autre@cabinet-lac.example"
        #expect(kept == form)
        let arrival = try await portal.directory.arrival(favre)
        #expect(
            arrival.startPage == .patients && arrival.view.theme == "dark" && arrival.view.language == "de")
        let detail = try await portal.texts(
            "detail", "SELECT detail FROM audit_event WHERE event = 'profileChanged'")
        #expect(
            detail == [
                "section=preferences fields=notificationEmail,documentEmail,displayedTypes,lifetimeDays,"
                    + "notificationPolicy,displayedPatients,startPage,fileNames,language,theme,shortcuts"
            ])
    }

    /// The table of requirements 5.5.
    @Test(arguments: [
        ("cabinet.test@hin.ch", DomainStanding.secured), ("Cabinet.Test@HIN.CH", .secured),
        ("xxx@amge.ch", .secured),
        ("x@gmail.com", .notSecured), ("x@cabinet.example", .unknown), ("x@sous.hin.ch", .unknown),
    ])
    func `The mail for documents is in a secured domain`(_ address: String, _ standing: DomainStanding)
        async throws
    {
        let (portal, favre, saved) = try await favre()
        var form = saved
        #expect(try await portal.directory.standing(ofDocumentMail: address, favre) == standing)
        #expect(try await portal.rows("secured_domain_question") == 0, "looking asks nobody")
        form.documentEmail = address
        switch standing {
        case .secured:
            try await portal.directory.savePreferences(form, favre)
        case .notSecured:
            await #expect(throws: ProfileRefusal.invalid([FieldFault(.documentEmail, .notSecured)])) {
                try await portal.directory.savePreferences(form, favre)
            }
        case .unknown:
            for _ in 0..<2 {
                await #expect(throws: ProfileRefusal.invalid([FieldFault(.documentEmail, .unknownDomain)])) {
                    try await portal.directory.savePreferences(form, favre)
                }
            }
        }
        #expect(try await portal.rows("secured_domain_question") == (standing == .unknown ? 1 : 0))
        let kept = try await portal.directory.profile(favre).details.documentEmail
        #expect(kept == (standing == .secured ? EmailAddress.normalised(address) : ""))
    }

    @Test func `An answer of the team opens the way`() async throws {
        let (portal, favre, saved) = try await favre()
        var form = saved
        form.documentEmail = "favre@cabinet.example"
        await #expect(throws: ProfileRefusal.self) { try await portal.directory.savePreferences(form, favre) }
        try await portal.directory.decide(
            domain: "cabinet.example", isSecured: true, provenance: "HIN", by: "equipe")
        try await portal.directory.savePreferences(form, favre)
        #expect(try await portal.directory.profile(favre).details.documentEmail == "favre@cabinet.example")
    }

    @Test func `Another mail is told to the address of the sign-in, other changes are not`() async throws {
        let (portal, favre, saved) = try await favre()
        var form = saved
        form.lifetimeDays = "60"
        try await portal.directory.savePreferences(form, favre)
        try await portal.deliver()
        let address = DemoPeople.favre.account.email
        #expect(!portal.messages.all.contains { $0.to == address && $0.subject.contains("adresses d’envoi") })
        (form.notificationEmail, form.version) = ("autre@cabinet.example", 1)
        try await portal.directory.savePreferences(form, favre)
        try await portal.deliver()
        let told = portal.messages.all.filter { $0.subject.contains("adresses d’envoi") }
        #expect(told.map(\.to) == [address] && told.first?.text.contains("autre@") == false)
    }

    @Test func `Secured mail needs its address`() async throws {
        let (portal, favre, saved) = try await favre()
        var form = saved
        form.deliveryMode = "securedMail"
        await #expect(throws: ProfileRefusal.invalid([FieldFault(.documentEmail, .neededForMode)])) {
            try await portal.directory.savePreferences(form, favre)
        }
        form.documentEmail = "favre@hin.ch"
        try await portal.directory.savePreferences(form, favre)
        #expect(try await portal.directory.profile(favre).gaps == [.bySecuredMail])
    }

    @Test func `No documents at all must be confirmed, once`() async throws {
        let (portal, favre, saved) = try await favre()
        var form = saved
        form.deliveryMode = "none"
        await #expect(throws: ProfileRefusal.stopUnconfirmed) {
            try await portal.directory.savePreferences(form, favre)
        }
        form.isStopConfirmed = true
        try await portal.directory.savePreferences(form, favre)
        (form.isStopConfirmed, form.version, form.lifetimeDays) = (false, 1, "60")
        try await portal.directory.savePreferences(form, favre)
        #expect(try await portal.directory.profile(favre).gaps == [.noDocuments])
    }

    @Test func `Whatever is no answer of the form is refused`() async throws {
        let (portal, favre, saved) = try await favre()
        var form = saved
        (form.notificationPolicy, form.deliveryMode, form.startPage) = ("always", "fax", "/documents")
        (form.displayedPatients, form.language, form.theme, form.lifetimeDays) = ("some", "xx", "pink", "9")
        form.displayedTypes = ["'; DROP"]
        await #expect(
            throws: ProfileRefusal.invalid([
                FieldFault(.displayedTypes, .unknownChoice), FieldFault(.lifetimeDays, .outOfRange(30...365)),
                FieldFault(.notificationPolicy, .unknownChoice), FieldFault(.deliveryMode, .unknownChoice),
                FieldFault(.displayedPatients, .unknownChoice), FieldFault(.startPage, .unknownChoice),
                FieldFault(.language, .unknownChoice), FieldFault(.theme, .unknownChoice),
            ])
        ) { try await portal.directory.savePreferences(form, favre) }
    }

    @Test func `Colours and language are kept for people of any role`() async throws {
        let (portal, _, _) = try await favre()
        let rochat = try await portal.holder(DemoPeople.rochat)
        try await portal.directory.saveTheme("dark", rochat)
        try await portal.directory.saveLanguage("it", rochat)
        let view = try await portal.directory.arrival(rochat).view
        #expect(view.theme == "dark" && view.language == "it" && view.hasShortcuts)
        await #expect(throws: ProfileRefusal.self) { try await portal.directory.saveTheme("pink", rochat) }
    }
}
