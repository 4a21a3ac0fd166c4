import Access
import Demo
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// Dre Favre puts an app and a key beside her telephone, loses things, and gets back in; all through the pages.
@Suite struct SecondFactorJourneyTests {
    /// Between the first `start` and the next `end` of a page.
    private func part(_ page: String, _ start: String, _ end: String) -> String {
        guard let from = page.range(of: start) else { return "" }
        let rest = page[from.upperBound...]
        return rest.range(of: end).map { String(rest[..<$0.lowerBound]) } ?? ""
    }

    /// Adds an app through the pages.
    /// - Returns: the app, and the codes that are shown.
    private func addApp(_ visitor: Visitor, _ portal: TestPortal) async throws -> (AuthenticatorApp, [String])
    {
        try await visitor.open("/profil/securite")
        #expect(visitor.links("/profil/securite/application").count == 1)
        try await visitor.open("/profil/securite/application")
        try await visitor.submit("/profil/securite/application", [:])
        #expect(visitor.page.contains("<svg") && visitor.page.contains("role=\"img\""))
        let secret = part(visitor.page, "<code>", "</code>")
        #expect(secret.split(separator: " ").count == 8)
        let app = AuthenticatorApp(secret)
        try await visitor.submit("/profil/securite/application/confirmer", ["code": "000000"])
        #expect(visitor.status == .unprocessableContent)
        try await visitor.submit(
            "/profil/securite/application/confirmer", ["code": app.code(at: portal.time.now)])
        #expect(visitor.status == .ok)
        let list = part(visitor.page, "<ol class=\"codes\">", "</ol>")
        let codes = list.components(separatedBy: "<code>").dropFirst().map { String($0.prefix { $0 != "<" }) }
        #expect(codes.count == 10)
        return (app, codes)
    }

    private func enterPassword(_ visitor: Visitor, _ password: String = DemoPeople.favre.password)
        async throws
    {
        try await visitor.open("/connexion")
        try await visitor.submit(
            "/connexion", ["email": DemoPeople.favre.account.email, "password": password])
    }

    @Test func `An app, its codes on paper, and another method`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let own = Visitor(client)
            try await own.signIn(DemoPeople.favre, at: portal)
            let (app, codes) = try await addApp(own, portal)
            try await own.open("/profil/securite")
            #expect(own.status == .ok, "the session goes on under its new token")
            #expect(own.page.contains("Il vous reste 10 codes de secours."))
            try await own.submit("/deconnexion", [:])

            portal.time.advance(minutes: 2)
            let visitor = Visitor(client)
            try await enterPassword(visitor)
            #expect(visitor.page.contains("Saisir le code de l’application"))
            try await visitor.submit("/connexion/code", ["code": app.code(at: portal.time.now)])
            #expect(visitor.page.contains("Se déconnecter"))

            let lost = Visitor(client)
            try await enterPassword(lost)
            try await lost.open("/connexion/code/renvoyer")
            #expect(lost.page.contains("Recevoir un code par SMS"))
            #expect(lost.links("/connexion/code/secours").count == 1)
            try await lost.submit("/connexion/code/methode", ["methode": "sms"])
            #expect(lost.page.contains("Envoyé par SMS"))
            let code = try await portal.newestCode(to: "+41790000001")
            try await lost.open("/connexion/code/secours")
            try await lost.submit("/connexion/code/secours", ["code": codes[0]])
            #expect(lost.page.contains("Se déconnecter"))
            #expect(try await portal.accountNotices().last == "recoveryCodeUsed")

            let thief = Visitor(client)
            try await enterPassword(thief)
            try await thief.open("/connexion/code/secours")
            try await thief.submit("/connexion/code/secours", ["code": codes[0]])
            #expect(thief.status == .unprocessableContent)
            #expect(thief.page.contains("Il vous reste 4 essais"))
            try await thief.open("/connexion/code")
            try await thief.submit("/connexion/code", ["code": code])
            #expect(thief.page.contains("Ce code ne correspond pas"), "it was sent for another sign-in")
        }
    }

    @Test func `Five wrong codes of the app end the sign-in, and the page says so`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let own = Visitor(client)
            try await own.signIn(DemoPeople.favre, at: portal)
            let (app, _) = try await addApp(own, portal)
            let visitor = Visitor(client)
            try await enterPassword(visitor)
            for _ in 0..<5 {
                try await visitor.submit(
                    "/connexion/code", ["code": app.code(at: portal.time.now.adding(days: 1))])
            }
            #expect(visitor.address == "/connexion?fin=essais")
            #expect(visitor.page.contains("Recommencez la connexion."))
            try await visitor.open("/connexion/code")
            #expect(visitor.address.hasPrefix("/connexion?"))
        }
    }

    @Test func `A key signs in from the sign-in page, and its page lists and removes it`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let own = Visitor(client)
            try await own.signIn(DemoPeople.favre, at: portal)
            try await own.open("/profil/securite/cles/nouvelle")
            var key = SoftwareKey()
            let options = try PageOptions(own.page)
            #expect(options.party == "portail.hul.example" && options.known == [])
            key.handle = options.handle ?? ""
            let made = key.registration(options.challenge)
            try await own.submit(
                "/profil/securite/cles/nouvelle",
                [
                    "name": "Ordinateur du cabinet", "clientData": made.clientData,
                    "attestationObject": made.attestationObject,
                ])
            #expect(own.page.contains("Vos codes de secours"))
            try await own.submit("/deconnexion", [:])

            let visitor = Visitor(client)
            try await visitor.open("/connexion?retour=/documents")
            var fields = try key.fields(try PageOptions(visitor.page).challenge)
            fields["retour"] = "/documents"
            try await visitor.submit("/connexion/cle", fields)
            #expect(visitor.address == "/documents")
            try await visitor.open("/profil/securite")
            #expect(visitor.page.contains("Ordinateur du cabinet"))

            let replay = Visitor(client)
            try await replay.open("/connexion")
            try await replay.submit("/connexion/cle", fields)
            #expect(replay.status == .unprocessableContent)
            #expect(replay.page.contains("trop longtemps"))

            let action = try #require(
                visitor.page.components(separatedBy: "action=\"").first { $0.contains("/retirer\"") })
            portal.time.advance(minutes: 11)
            try await visitor.submit(String(action.prefix { $0 != "\"" }), [:])
            #expect(visitor.address == "/profil/securite/verification?retour=/profil/securite")
            try await visitor.submit(
                "/profil/securite/verification",
                ["current": DemoPeople.favre.password, "retour": "/profil/securite"])
            #expect(visitor.address == "/profil/securite")
            try await visitor.submit(String(action.prefix { $0 != "\"" }), [:])
            #expect(visitor.page.contains("Retiré."))
            #expect(!visitor.page.contains("Ordinateur du cabinet"))
        }
    }

    @Test func `A forgotten password: the same answer for all, one link, a code as always`() async throws {
        let portal = try await TestPortal.inhabited()
        let new = "Quatre-Mouettes-grises"
        try await portal.application.test(.router) { client in
            let own = Visitor(client)
            try await own.signIn(DemoPeople.favre, at: portal)
            var answers: [String] = []
            for email in [DemoPeople.favre.account.email, "personne@cabinet-lac.example"] {
                let visitor = Visitor(client)
                try await visitor.open("/connexion")
                #expect(visitor.links("/mot-de-passe-oublie").count == 1)
                try await visitor.open("/mot-de-passe-oublie")
                try await visitor.submit("/mot-de-passe-oublie", ["email": email])
                answers.append(visitor.page.replacing(visitor.hidden("_jeton") ?? "?", with: ""))
            }
            #expect(answers[0] == answers[1])
            let link = try await portal.newestPasswordLink(to: DemoPeople.favre.account.email)
            let visitor = Visitor(client)
            for _ in 0..<3 { try await visitor.open("/mot-de-passe/\(link)") }
            try await visitor.submit("/mot-de-passe/\(link)", ["new": "court", "confirmation": "court"])
            #expect(visitor.status == .unprocessableContent)
            try await visitor.submit("/mot-de-passe/\(link)", ["new": new, "confirmation": new])
            #expect(visitor.address == "/connexion?fait=mot-de-passe")
            try await visitor.open("/mot-de-passe/\(link)")
            #expect(visitor.status == .gone)
            try await own.open("/documents")
            #expect(own.address.hasPrefix("/connexion"), "her sessions have ended")
            portal.time.advance(minutes: 2)
            try await enterPassword(visitor, new)
            #expect(visitor.page.contains("Saisir le code reçu"))
        }
    }

    @Test func `The holder stops what the team prepares, from her own page`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let own = Visitor(client)
            try await own.signIn(DemoPeople.favre, at: portal)
            let account = try await portal.account("7601099000013")
            try await portal.tamper(
                """
                INSERT INTO factor_reset (id, account_id, proposed_by, proposed_at, expires_at)
                SELECT 'r1', \(account), id, \(portal.time.now), \(portal.time.now.adding(days: 2)) FROM account
                WHERE id <> \(account) LIMIT 1
                """)
            try await own.open("/profil/securite")
            #expect(own.page.contains("Arrêter cette demande"))
            try await own.submit("/profil/securite/demande/arreter", [:])
            #expect(own.page.contains("Demande arrêtée."))
        }
    }
}

/// What a page hands to the browser's keys.
private struct PageOptions: Decodable {
    let challenge: String
    let party: String
    let handle: String?
    let known: [String]?

    init(_ page: String) throws {
        // others on the page have options that are no JSON
        guard let start = page.range(of: "data-options=\"{") else { throw TestFailure("no options") }
        let json = "{" + page[start.upperBound...].prefix { $0 != "\"" }.replacing("&quot;", with: "\"")
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }
}
