import Access
import Demo
import Directory
import Dispatches
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

@testable import Portal

/// Dre Favre says how she wants to be served.
@Suite struct PreferencesPagesTests {
    private func favre(_ work: @escaping @Sendable (TestPortal, Visitor) async throws -> Void) async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.signIn(DemoPeople.favre, at: portal)
            try await work(portal, visitor)
        }
    }

    /// The fields of the page's form as a browser would send them.
    private func preferences(_ visitor: Visitor, _ changes: [String: String] = [:]) -> [String: String] {
        [
            "notificationEmail": "claire.favre@cabinet-lac.example", "documentEmail": "",
            "lifetimeDays": "100",
            "notificationPolicy": "sinceLastSignIn", "deliveryMode": "portal", "displayedPatients": "all",
            "startPage": "home", "language": "fr", "theme": "system", "shortcuts": "oui",
            "version": visitor.hidden("version") ?? "",
        ].merging(changes) { $1 }
    }

    @Test func `Preferences refuse what is not secured, and ask the team about what is unknown`() async throws
    {
        try await favre { portal, visitor in
            try await portal.directory.decide(
                domain: "gmail.com", isSecured: false, provenance: "test", by: "test")
            try await visitor.open("/profil/preferences")
            try await visitor.submit(
                "/profil/preferences",
                preferences(visitor, ["documentEmail": "x@gmail.com", "lifetimeDays": "9"]))
            #expect(visitor.status == .unprocessableContent)
            #expect(visitor.page.contains("Cette adresse n’est pas sécurisée par HIN."))
            #expect(visitor.page.contains("entre 30 et 365"))
            try await visitor.submit(
                "/profil/preferences", preferences(visitor, ["documentEmail": "x@cabinet.example"]))
            #expect(visitor.page.contains("La question est posée à l’équipe du portail"))
            #expect(try await portal.rows("secured_domain_question WHERE domain = 'cabinet.example'") == 1)
            try await visitor.submit(
                "/profil/preferences", preferences(visitor, ["documentEmail": "claire@hin.example"]))
            #expect(visitor.page.contains("Préférences enregistrées."))
            #expect(visitor.page.contains("value=\"claire@hin.example\""))
        }
    }

    @Test func `The address is looked up while it is typed, and by a button without script`() async throws {
        try await favre { portal, visitor in
            try await visitor.open("/profil/preferences")
            try await visitor.submit(
                "/profil/preferences/adresse", preferences(visitor, ["documentEmail": "claire@hin.example"]))
            #expect(visitor.status == .ok && visitor.page.contains("Adresse sécurisée par HIN."))
            #expect(visitor.page.contains("value=\"claire@hin.example\""))
            try await visitor.submit(
                "/profil/preferences/adresse", preferences(visitor, ["documentEmail": "nobody"]))
            #expect(visitor.status == .unprocessableContent)
            #expect(try await portal.rows("secured_domain_question") == 0)
        }
    }

    @Test func `No documents at all passes by a page of its own, on which nothing typed is lost`()
        async throws
    {
        try await favre { portal, visitor in
            try await visitor.open("/profil/preferences")
            let typed = preferences(
                visitor, ["deliveryMode": "none", "lifetimeDays": "77", "displayedTypes-373942005": "1"])
            try await visitor.submit("/profil/preferences", typed)
            #expect(visitor.page.contains("Ne plus recevoir de documents"))
            #expect(try await portal.practitioner("7601099000013").deliveryMode == .portal)
            try await visitor.submit("/profil/preferences", typed.merging(["retour": "1"]) { $1 })
            #expect(visitor.page.contains("value=\"77\"") && visitor.page.contains("1 type choisi"))
            try await visitor.submit("/profil/preferences", typed.merging(["confirme": "1"]) { $1 })
            #expect(try await portal.practitioner("7601099000013").deliveryMode == .none)
            #expect(visitor.page.contains("Vous ne recevrez ni document ni notification"))
            try await visitor.open("/accueil")
            #expect(visitor.page.contains("Vous ne recevrez ni document ni notification"))
        }
    }

    @Test func `One begins on the page of one's choice, with one's own colours, on any device`() async throws
    {
        try await favre { portal, visitor in
            try await visitor.open("/profil/preferences")
            try await visitor.submit(
                "/profil/preferences",
                preferences(
                    visitor,
                    ["startPage": "patients", "theme": "dark", "shortcuts": "non", "fileNames": "patient"]))
            #expect(visitor.page.contains("selected=\"\">Inclure le nom du patient"))
            #expect(visitor.page.contains("data-theme=\"dark\""))
            portal.time.advance(minutes: 20)
            try await portal.application.test(.router) { client in
                let elsewhere = Visitor(client)
                try await elsewhere.signIn(DemoPeople.favre, at: portal, to: "/connexion")
                #expect(elsewhere.address == "/patients")
                #expect(elsewhere.page.contains("data-theme=\"dark\""))
                try await elsewhere.open("/documents")
                #expect(elsewhere.page.contains("data-keys=\"off\""))
                try await elsewhere.open("/")
                #expect(elsewhere.address == "/patients")
            }
            portal.time.advance(minutes: 20)
            try await portal.application.test(.router) { client in
                let linked = Visitor(client)
                try await linked.signIn(DemoPeople.favre, at: portal, to: "/documents?vue=nonlus")
                #expect(linked.address == "/documents?vue=nonlus", "a link wins over the start page")
            }
        }
    }

    @Test func `Types that are not displayed are counted on the page, with a way to see them`() async throws {
        try await favre { portal, visitor in
            _ = try await portal.dispatches.publish(
                Letter.command(master: "urn:oid:2.999.1"), portal.recordSystem())
            try await visitor.open("/profil/preferences")
            try await visitor.submit(
                "/profil/preferences", preferences(visitor, ["displayedTypes-4201000179104": "1"]))
            for address in ["/accueil", "/documents"] {
                try await visitor.open(address)
                #expect(
                    visitor.page.contains("1 document d’un autre type ou patient n’est pas affiché."),
                    "\(address)")
                #expect(!visitor.page.contains("Jaquet"))
            }
            try await visitor.open("/documents?affichage=tout")
            #expect(visitor.page.contains("Jaquet"))
            try await visitor.open("/patients")
            #expect(visitor.page.contains("1 patiente ou patient n’est pas affiché"))
            try await visitor.open("/patients?affichage=tout")
            #expect(visitor.page.contains("Jaquet"))
        }
    }
}
