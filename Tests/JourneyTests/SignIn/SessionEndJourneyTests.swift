import Access
import Demo
import Dispatches
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// A session that ends while a form is being filled: nothing typed is lost, and nobody else sees it (ui.md, complaint 1).
@Suite struct SessionEndJourneyTests {
    private static let typed = [
        "organizationName": "Cabinet du Lac et de la Gare",
        "organizationEmail": "accueil@cabinet-lac.example",
        "organizationPhone": "022 555 01 00",
    ]

    private func version(_ visitor: Visitor) -> [String: String] {
        ["version": visitor.hidden("version") ?? ""]
    }

    @Test func `What was typed is shown again after the same person signed in, and sent by her`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil/organisation")
            portal.time.advance(minutes: 21)
            try await favre.submit("/profil/organisation", Self.typed.merging(version(favre)) { $1 })
            #expect(favre.page.contains("Votre saisie est conservée"))
            #expect(favre.hidden("retour") == "/profil/organisation?saisie=1")

            try await favre.signInAgain(DemoPeople.favre, at: portal)
            #expect(favre.page.contains("Votre session avait pris fin."))
            #expect(favre.page.contains("value=\"Cabinet du Lac et de la Gare\""))
            try await favre.open("/profil/organisation")
            #expect(!favre.page.contains("Cabinet du Lac et de la Gare"), "nothing was sent on by itself")

            try await favre.open("/profil/organisation?saisie=1")
            try await favre.submit("/profil/organisation", Self.typed.merging(version(favre)) { $1 })
            #expect(favre.page.contains("Modifications enregistrées"))
            #expect(favre.page.contains("value=\"Cabinet du Lac et de la Gare\""))
            #expect(try await portal.rows("kept_form") == 0)
        }
    }

    @Test func `Another person in the same browser sees nothing of it, nor does anybody half an hour later`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let browser = Visitor(client)
            try await browser.signIn(DemoPeople.favre, at: portal, to: "/profil/organisation")
            portal.time.advance(minutes: 21)
            try await browser.submit("/profil/organisation", Self.typed.merging(version(browser)) { $1 })
            try await browser.signInAgain(DemoPeople.jeanneret, at: portal)
            #expect(browser.address == "/profil/organisation?saisie=1")
            #expect(!browser.page.contains("de la Gare") && !browser.page.contains("avait pris fin"))

            portal.time.advance(minutes: 31)
            try await browser.open("/profil/organisation?saisie=1")
            try await browser.signInAgain(DemoPeople.favre, at: portal)
            #expect(browser.address == "/profil/organisation?saisie=1")
            #expect(!browser.page.contains("de la Gare"))
        }
        try await portal.access.forgetOld()
        #expect(try await portal.rows("kept_form") == 0)
    }

    @Test func `Nothing is kept of a forged form, nor with a session that somebody ended`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil/organisation")
            let token = try #require(favre.hidden("_jeton"))
            portal.time.advance(minutes: 21)
            try await favre.submit("/profil/organisation", Self.typed.merging(["_jeton": "00"]) { $1 })
            #expect(favre.page.contains("n’a pas été exécutée"))
            #expect(favre.hidden("retour") == "/profil/organisation")

            let elsewhere = Visitor(client)
            try await elsewhere.signIn(DemoPeople.favre, at: portal, to: "/profil/securite")
            try await elsewhere.submit("/profil/securite/sessions/terminer-autres", [:])
            try await favre.submit("/profil/organisation", Self.typed.merging(["_jeton": token]) { $1 })
            #expect(favre.page.contains("n’a pas été exécutée"))
        }
        #expect(try await portal.rows("kept_form") == 0)
    }

    @Test func `The last step of a sending by hand comes back with its fields, but its file`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
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

            portal.time.advance(minutes: 21)
            fields["titre"] = "Lettre de sortie, complétée"
            for (name, value) in [
                ("auteur", "Dr Marc Aebischer"), ("accord", "1"), ("accord-de", "patient"),
                ("accord-forme", "oral"), ("accord-date", "19.11.2026"),
            ] { fields[name] = value }
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.page.contains("Votre saisie est conservée"))
            try await chappuis.signInAgain(DemoPeople.chappuis, at: portal)
            #expect(chappuis.page.contains("Étape 3 sur 3"))
            #expect(chappuis.page.contains("value=\"Lettre de sortie, complétée\""))
            #expect(chappuis.page.contains("value=\"19.11.2026\""))
            #expect(chappuis.page.contains("Choisissez à nouveau le fichier"))
            #expect(try await !portal.events().contains("documentPublished"), "it was not sent by itself")

            var again: [String: String] = fields
            again["envoi"] = chappuis.hidden("envoi")
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: again)
            #expect(chappuis.page.contains("Annuler l’envoi"))
        }
    }
}
