import Access
import Demo
import Dispatches
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// A session ends, its holder signs in again in another tab, and goes on in the first one: its form has the token of a
/// session that is over.
@Suite struct OtherTabJourneyTests {
    private static let typed = [
        "organizationName": "Cabinet du Lac et de la Gare",
        "organizationEmail": "accueil@cabinet-lac.example",
        "organizationPhone": "022 555 01 00",
    ]

    /// The form of a tab that stays open: what its hidden fields say.
    private func tab(_ visitor: Visitor) -> [String: String] {
        var fields = Self.typed
        for name in ["_jeton", "version"] { fields[name] = visitor.hidden(name) }
        return fields
    }

    @Test func `The form of the first tab comes back filled, and nothing was done`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil/organisation")
            let first = tab(favre)
            portal.time.advance(minutes: 21)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")

            try await favre.submit("/profil/organisation", first)
            #expect(favre.address == "/profil/organisation?saisie=1" && favre.status == .ok)
            #expect(favre.page.contains("Votre session avait pris fin."))
            #expect(favre.page.contains("value=\"Cabinet du Lac et de la Gare\""))
            try await favre.open("/profil/organisation")
            #expect(!favre.page.contains("Cabinet du Lac et de la Gare"), "nothing was done by itself")
            #expect(try await !portal.refusals().contains("form.forged"), "it was no stranger's")

            try await favre.open("/profil/organisation?saisie=1")
            try await favre.submit(
                "/profil/organisation",
                Self.typed.merging(["version": favre.hidden("version") ?? ""]) { $1 })
            #expect(favre.page.contains("Modifications enregistrées"))
            #expect(try await portal.rows("kept_form") == 0)
        }
    }

    @Test func `A form without text leads back to its page, which says that nothing was done`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil/securite")
            let token = try #require(favre.hidden("_jeton"))
            portal.time.advance(minutes: 21)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil/securite")
            let elsewhere = Visitor(client)
            try await elsewhere.signIn(DemoPeople.favre, at: portal, to: "/documents")

            try await favre.submit("/profil/securite/sessions/terminer-autres", ["_jeton": token])
            #expect(favre.address == "/profil/securite?fait=rien" && favre.status == .ok)
            #expect(favre.page.contains("Rien n’a été exécuté"))
            try await elsewhere.open("/documents")
            #expect(elsewhere.address == "/documents", "her other session was not ended")
        }
        #expect(try await portal.rows("kept_form") == 0)
    }

    @Test func `Not so for another account, nor with a session that somebody ended or that is alive`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let browser = Visitor(client)
            try await browser.signIn(DemoPeople.favre, at: portal, to: "/profil/organisation")
            let first = tab(browser)
            portal.time.advance(minutes: 21)
            try await browser.signIn(DemoPeople.jeanneret, at: portal, to: "/documents")
            try await browser.submit("/profil/organisation", first)
            #expect(browser.status == .forbidden && !browser.page.contains("de la Gare"))

            try await browser.open("/documents")
            try await browser.submit("/deconnexion", [:])
            try await browser.signIn(DemoPeople.favre, at: portal, to: "/profil/organisation")
            let second = tab(browser)
            try await browser.submit("/deconnexion", [:])
            try await browser.signIn(DemoPeople.favre, at: portal, to: "/documents")
            try await browser.submit("/profil/organisation", second)
            #expect(browser.status == .forbidden && !browser.page.contains("de la Gare"))

            let elsewhere = Visitor(client)
            try await elsewhere.signIn(DemoPeople.favre, at: portal, to: "/profil/organisation")
            try await browser.submit("/profil/organisation", tab(elsewhere))
            #expect(browser.status == .forbidden && !browser.page.contains("de la Gare"))
        }
        #expect(try await portal.rows("kept_form") == 0)
        #expect(try await portal.refusals().contains("form.forged"))
    }

    @Test func `A sending by hand from the first tab comes back at its step, and does not go`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois/nouveau")
            var fields = [
                "numero": "000412033", "nom": "Jaquet", "prenom": "Hélène", "naissance": "14.03.1958",
                "sejour": "2026111207", "type": "373942005", "cherche": "",
            ]
            for name in ["service", "envoi"] { fields[name] = chappuis.hidden(name) }
            try await chappuis.submit("/service/envois/nouveau", fields)
            (fields["gln"], fields["vu"]) = ("7601099000013", "1")
            try await chappuis.submit("/service/envois/destinataire", fields)
            #expect(chappuis.page.contains("Étape 3 sur 3"))
            let token = try #require(chappuis.hidden("_jeton"))

            portal.time.advance(minutes: 21)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            fields["titre"] = "Lettre de sortie, complétée"
            for (name, value) in [
                ("auteur", "Dr Marc Aebischer"), ("accord", "1"), ("accord-de", "patient"),
                ("accord-forme", "oral"), ("accord-date", "19.11.2026"),
            ] { fields[name] = value }
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields, token: token)
            #expect(chappuis.page.contains("Étape 3 sur 3"))
            #expect(chappuis.page.contains("value=\"Lettre de sortie, complétée\""))
            #expect(chappuis.page.contains("Choisissez à nouveau le fichier"))
            #expect(try await !portal.events().contains("documentPublished"), "it was not sent by itself")
        }
    }
}
