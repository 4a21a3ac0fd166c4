import Access
import Demo
import Enrolment
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// A doctor without an account asks for one with what HIN says of him (ACC-10, ACC-11, D03).
extension HINJourneyTests {
    @Test func `Who has no account asks for one with HIN’s data, and HIN opens it once two people agreed`()
        async throws
    {
        try await atPlace { place in
            let portal = place.portal
            let berthoud = place.visitor()
            try await berthoud.open("/creer-un-compte")
            #expect(berthoud.page.contains("Créer mon compte avec HIN"))
            try await place.come(as: "lberthoud", berthoud)
            try await berthoud.submit("/connexion/hin/compte", ["mobile": "022 000 00 10"])
            #expect(berthoud.status == .unprocessableContent && berthoud.page.contains("Luc Berthoud"))
            try await berthoud.submit("/connexion/hin/compte", ["mobile": "079 000 00 45"])
            #expect(berthoud.address == "/creer-un-compte/envoye")
            #expect(try await portal.rows("account_request WHERE password_hash IS NULL") == 1)

            // it opens nothing yet, and is asked for once
            let again = place.visitor()
            try await place.come(as: "lberthoud", again)
            #expect(again.page.contains("Votre demande de compte est en cours de vérification."))
            #expect(again.cookie("__Host-session") == nil)
            try await berthoud.open("/connexion/hin/compte")
            #expect(berthoud.status == .gone)

            // the validator reads the level, and asks for no document
            let moret = place.visitor()
            try await moret.signIn(DemoPeople.moret, at: portal, to: "/admin/comptes/demandes")
            let address = try #require(
                moret.links("/admin/comptes/demandes/").first { $0.utf8.count > 40 })
            try await moret.open(address)
            #expect(moret.page.contains("DEP (le plus élevé)") && moret.page.contains("7601999000045"))
            #expect(!moret.page.contains("Type de pièce"))
            // switched off, HIN proves nothing
            try await portal.access.switchProvider(.hin, isOn: false)
            try await moret.open(address)
            #expect(moret.page.contains("Type de pièce") && moret.page.contains("Ce fournisseur est fermé"))
            try await portal.access.switchProvider(.hin, isOn: true)
            try await moret.open(address)
            try await moret.submit(address + "/preuve", ["controle": "call", "lieu": "Téléphone"])
            #expect(moret.status == .unprocessableContent, "the answer to the call is missing")
            try await moret.submit(
                address + "/preuve",
                [
                    "controle": "call", "appel": "A dit son nom.", "lieu": "Téléphone",
                    "registre": "GLN vérifié au registre en ligne.",
                ])
            #expect(moret.page.contains("Vérifiée par HIN, niveau DEP"))

            let benali = place.visitor()
            try await benali.signIn(DemoPeople.benali, at: portal, to: address)
            let seal = try #require(benali.hidden("empreinte"))
            try await portal.access.switchProvider(.hin, isOn: false)
            try await benali.submit(address + "/approuver", ["empreinte": seal])
            #expect(benali.status == .serviceUnavailable)
            #expect(try await portal.rows("linked_identity WHERE state = 'requested'") == 1)
            try await portal.access.switchProvider(.hin, isOn: true)
            try await benali.open(address)
            try await benali.submit(address + "/approuver", ["empreinte": seal])
            #expect(benali.page.contains("Compte activé."))
            try await place.come(as: "lberthoud", again)
            #expect(again.page.contains("pas encore actif"), "the address is to be confirmed")

            try await portal.deliver()
            let mail = try #require(portal.messages.all.first { $0.text.contains("/confirmer-email/") })
            let start = try #require(mail.text.range(of: "/confirmer-email/"))
            let link = "/confirmer-email/" + mail.text[start.upperBound...].prefix(64)
            try await berthoud.open(link)
            #expect(berthoud.hidden("_jeton") != nil && !berthoud.page.contains("type=\"password\""))
            try await berthoud.submit(link, [:])
            #expect(berthoud.page.contains("Votre compte est actif."))

            try await place.come(as: "lberthoud", again)
            #expect(again.cookie("__Host-session") != nil && again.page.contains("Luc Berthoud"))
        }
    }

    @Test func `A request that was refused shuts the identity out, one that was withdrawn does not`()
        async throws
    {
        try await atPlace { place in
            let portal = place.portal
            for isRefused in [false, true] {
                let berthoud = place.visitor()
                try await place.come(as: "lberthoud", berthoud)
                try await berthoud.submit("/connexion/hin/compte", ["mobile": "079 000 00 45"])
                if isRefused {
                    let holder = try await portal.holder(DemoPeople.benali)
                    let queue = try await portal.enrolment.listRequests(holder)
                    let id = try #require(queue.rows.first?.request.id)
                    try await portal.enrolment.refuse(id, reason: "Pas de cabinet.", holder)
                } else {
                    let form = try #require(berthoud.actions("/retirer").first)
                    try await berthoud.submit(form, [:])
                }
                portal.time.advance(minutes: 1)
            }
            let berthoud = place.visitor()
            try await place.come(as: "lberthoud", berthoud)
            #expect(berthoud.status == .forbidden && !berthoud.page.contains("Créer mon compte avec HIN"))
        }
    }
}
