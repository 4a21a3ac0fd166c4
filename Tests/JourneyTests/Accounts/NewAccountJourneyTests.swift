import Access
import Demo
import Directory
import Enrolment
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// A physiotherapist asks for an account, shows his passport in a video call, and signs in for the first time.
@Suite struct NewAccountJourneyTests {
    private static let applicant = SeedEnrolment.aubert
    private static let passport = Letter.pdf("PASSEPORT")

    private static var form: [String: String] {
        [
            "titre": applicant.honorific, "nom": applicant.familyName, "prenom": applicant.givenName,
            "email": applicant.email, "telephone": applicant.mobile, "password": applicant.password,
            "confirmation": applicant.password, "canal": "sms", "profession": "physiotherapist",
            "type": "gln",
            "identifiant": applicant.identifier, "cabinet": applicant.practice,
            "specialites": applicant.specialities,
        ]
    }

    @Test func `From « Créer un compte » to the first sign-in, which leads to the profile`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.enrolment.prepareSites()
        try await portal.application.test(.router) { client in
            // the team offers a time
            let moret = Visitor(client)
            try await moret.signIn(DemoPeople.moret, at: portal, to: "/admin/rendez-vous/lieux")
            try await moret.submit(
                "/admin/rendez-vous/creneaux",
                ["lieu": "video", "jour": "24.11.2026", "debut": "10:00", "fin": "11:00", "minutes": "20"])
            #expect(moret.page.contains("Dates ajoutées."))

            // he asks, and chooses it
            let aubert = Visitor(client)
            try await aubert.open("/connexion")
            #expect(aubert.links("/creer-un-compte") == ["/creer-un-compte"])
            try await aubert.open("/creer-un-compte")
            try await aubert.submit("/creer-un-compte", Self.form)
            #expect(aubert.address == "/creer-un-compte/envoye")
            #expect(aubert.page.contains("Demande envoyée"))
            #expect(aubert.page.contains("Le compte n’est pas utilisable avant la validation"))
            let follow = try #require(aubert.actions("/rendez-vous").first)
            let slots = aubert.page.components(separatedBy: "name=\"creneau-video\" value=\"").dropFirst()
                .map { String($0.prefix(32)) }
            #expect(slots.count == 3)
            try await aubert.submit(follow, ["lieu": "video", "creneau-video": slots[1]])
            #expect(aubert.page.contains("Rendez-vous enregistré"))
            #expect(aubert.page.contains("Mardi 24 novembre à 10:20"))
            try await aubert.upload(follow.replacing("/rendez-vous", with: "/piece"), Self.passport)
            #expect(aubert.page.contains("Copie reçue."))

            // nothing of it opens anything
            let eager = Visitor(client)
            try await eager.open("/connexion")
            try await eager.submit(
                "/connexion", ["email": Self.applicant.email, "password": Self.applicant.password])
            #expect(eager.page.contains("pas encore actif. Rendez-vous le 24.11.2026"))
            #expect(eager.links("/creer-un-compte/suivi/").count == 1)
            #expect(eager.cookie("__Host-session") == nil)
            try await eager.open("/connexion")
            try await eager.submit("/connexion", ["email": Self.applicant.email, "password": "autre-phrase"])
            #expect(eager.page.contains("ne correspond pas") && eager.links("/creer-un-compte/suivi/") == [])

            // the call: control SMS, checklist
            let registrar = Visitor(client)
            try await registrar.signIn(DemoPeople.moret, at: portal, to: "/admin/comptes/demandes")
            let caseAddress = try #require(
                registrar.links("/admin/comptes/demandes/").first { $0.utf8.count > 40 })
            try await registrar.open(caseAddress)
            #expect(registrar.page.contains("M. Julien Aubert"))
            try await registrar.submit(caseAddress + "/code", [:])
            try await portal.deliver()
            let sms = try #require(portal.messages.all.first { $0.to == "+41790000011" }?.text)
            let code = String(
                decoding: sms.utf8.filter { (0x30...0x39).contains($0) }.prefix(6), as: UTF8.self)
            try await registrar.submit(caseAddress + "/reponse", ["code": code])
            #expect(registrar.page.contains("Code confirmé"))
            let copy = try #require(registrar.links(caseAddress + "/piece/").first)
            try await registrar.open(copy)
            #expect(registrar.bytes == Self.passport)
            #expect(registrar.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            try await registrar.open(caseAddress)
            var check = [
                "piece": "passport", "numero": "X1234567", "valable": "31.05.2031", "naissance": "02.03.1984",
                "sexe": "male", "controle": "sms", "lieu": "Visioconférence",
                "registre": "GLN vérifié au registre en ligne.",
            ]
            try await registrar.submit(caseAddress + "/preuve", check)
            #expect(registrar.status == .unprocessableContent)
            #expect(registrar.page.contains("Comparez la photo avec la personne."))
            check["photo"] = "1"
            try await registrar.submit(caseAddress + "/preuve", check)
            #expect(registrar.page.contains("Une seconde personne doit activer le compte"))
            #expect(!registrar.page.contains("Activer le compte"), "who checks identities does not activate")

            // another person activates
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: caseAddress)
            let seal = try #require(benali.hidden("empreinte"))
            try await benali.submit(caseAddress + "/approuver", ["empreinte": seal])
            #expect(benali.page.contains("Compte activé."))

            // he confirms the address: opening the link changes nothing, the button does
            try await portal.deliver()
            let mail = try #require(
                portal.messages.all.first {
                    $0.to == Self.applicant.email && $0.text.contains("/confirmer-email/")
                })
            let start = try #require(mail.text.range(of: "/confirmer-email/"))
            let link = "/confirmer-email/" + mail.text[start.upperBound...].prefix(64)
            for _ in 0..<2 { try await aubert.open(link) }
            #expect(aubert.page.contains("Confirmer mon adresse"))
            try await aubert.submit(link, [:])
            #expect(aubert.page.contains("Votre compte est actif."))
            try await aubert.open(link)
            #expect(aubert.status == .gone)

            // the first sign-in leads to the profile
            try await aubert.open("/connexion")
            try await aubert.submit(
                "/connexion", ["email": Self.applicant.email, "password": Self.applicant.password])
            try await aubert.submit(
                "/connexion/code", ["code": try await portal.newestCode(to: "+41790000011")])
            #expect(aubert.address.hasPrefix("/profil"), "\(aubert.address)")
        }
        let names = ["Aubert", "Julien", "julien.aubert"]
        for mail in portal.messages.all {
            for name in names { #expect(!mail.subject.contains(name) && !mail.text.contains(name)) }
        }
    }

    @Test func `Whoever asks, with whatever address, gets the same answer`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            var pages: [String] = []
            for email in [DemoPeople.favre.account.email, "qui.que.ce.soit@physio-lac.example"] {
                let visitor = Visitor(client)
                try await visitor.open("/creer-un-compte")
                var form = Self.form
                form["email"] = email
                try await visitor.submit("/creer-un-compte", form)
                #expect(visitor.status == .ok)
                // what differs from visit to visit: masked tokens and the link
                pages.append(
                    visitor.page.replacing(#/[0-9a-f]{64,}/#, with: "…").replacing(email, with: "…"))
            }
            #expect(pages[0] == pages[1])
        }
    }

    @Test func `A form that was wrong comes back with what was typed, but for the passwords`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.open("/creer-un-compte")
            var form = Self.form
            form["telephone"] = "079-000-00-11"
            form["identifiant"] = "7601999000039"
            try await visitor.submit("/creer-un-compte", form)
            #expect(visitor.status == .unprocessableContent)
            #expect(visitor.page.contains("avec ou sans espaces mais sans"))
            #expect(visitor.page.contains("Ce GLN n’est pas juste"))
            #expect(visitor.page.contains("value=\"julien.aubert@physio-lac.example\""))
            #expect(!visitor.page.contains(Self.applicant.password))
        }
    }

    @Test func `The registers are asked whether it is you, so often a network, and fill in nothing`()
        async throws
    {
        let portal = try await TestPortal(enrolment: { $0.lookUpsPerNetworkPerHour = 3 })
        try await portal.movePeopleIn()
        let extract = """
            gln;family_name;given_name;profession;licence;locality
            7601999000038;Aubert;Julien;Physiothérapeute;valid;Ville du Lac

            """
        _ = try await portal.directory.importRegister(.nareg, Array(extract.utf8))
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.open("/creer-un-compte")
            var form = Self.form
            form["nom"] = ""
            try await visitor.submit("/creer-un-compte/registre", form)
            #expect(
                visitor.page.contains("Julien Aubert, Physiothérapeute, Ville du Lac (NAREG)"))
            #expect(!visitor.page.contains("value=\"Aubert\""))
            #expect(visitor.page.contains("value=\"7601999000038\""))
            form["identifiant"] = "7601999000052"
            try await visitor.submit("/creer-un-compte/registre", form)
            #expect(visitor.page.contains("Aucun registre ne connaît ce GLN."))
            form["identifiant"] = "7601999000039"
            try await visitor.submit("/creer-un-compte/registre", form)
            #expect(visitor.page.contains("Ce GLN n’est pas juste"))
            form["identifiant"] = "7601099000013"
            try await visitor.submit("/creer-un-compte/registre", form)
            let known = visitor.page
            #expect(known.contains("Aucun registre ne connaît ce GLN."), "nobody learns who has an account")
            try await visitor.submit("/creer-un-compte/registre", form)
            #expect(visitor.page.contains("Trop de recherches depuis votre réseau."))
        }
        #expect(try await portal.refusals() == ["request.tooMany"])
    }

    @Test func `A file without the form's token, or of another kind, is not kept`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.open("/creer-un-compte")
            try await visitor.submit("/creer-un-compte", Self.form)
            let place = try #require(visitor.actions("/piece").first)
            let page = visitor.page
            try await visitor.upload(place, Self.passport, token: "0")
            #expect(visitor.status == .forbidden)
            #expect(page.contains(place))
            try await visitor.open("/creer-un-compte/envoye")
            try await visitor.upload(place, Array("<svg onload=alert(1)>".utf8))
            #expect(visitor.page.contains("Seuls les fichiers PDF, JPEG et PNG sont acceptés."))
            try await visitor.open("/creer-un-compte/envoye")
            try await visitor.upload(place, Self.passport + [UInt8](repeating: 0x20, count: 10 << 20))
            #expect(visitor.page.contains("Ce fichier dépasse 10 Mo."))
        }
        #expect(try await portal.rows("identity_copy") == 0)
    }
}
