import Access
import Demo
import Dispatches
import Enrolment
import Foundation
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// What the hospital's people had typed when their session ended: it comes back in the form it was typed into, and is
/// never sent by itself.
@Suite struct KeptDeskFormsTests {
    /// Sends a form after the session has ended, and comes back as the same person.
    private func sendLate(
        _ visitor: Visitor, _ persona: Persona, _ portal: TestPortal, _ address: String,
        _ fields: [String: String]
    ) async throws {
        portal.time.advance(minutes: 21)
        try await visitor.submit(address, fields)
        #expect(visitor.page.contains("Votre saisie est conservée"), "\(address)")
        try await visitor.signInAgain(persona, at: portal)
        #expect(visitor.address.hasSuffix("?saisie=1"), "\(visitor.address)")
        #expect(visitor.page.contains("Votre session avait pris fin."), "\(address)")
    }

    /// Whether a text stands once in the page, soon after the field with this identifier.
    private func stands(_ text: String, in field: String, _ visitor: Visitor) -> Bool {
        let parts = visitor.page.components(separatedBy: "id=\"\(field)\"")
        return parts.count == 2 && parts[1].prefix(400).contains(text)
            && visitor.page.components(separatedBy: text).count == 2
    }

    @Test func `The checklist and the reasons of a request come back, a control code does not`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await portal.enrolment.prepareSites()
        let origin = RequestOrigin(address: "192.0.2.77", userAgent: "test", requestID: "r", node: "test")
        let token = try await portal.enrolment.requestAccount(SeedEnrolment.aubert, origin: origin).token
        let id = try await portal.enrolment.follow(token).request.id.rawValue
        let address = "/admin/comptes/demandes/\(id)"
        try await portal.application.test(.router) { client in
            let moret = Visitor(client)
            try await moret.signIn(DemoPeople.moret, at: portal, to: address)
            try await sendLate(
                moret, DemoPeople.moret, portal, address + "/preuve",
                [
                    "piece": "passport", "numero": "X1234567", "valable": "31.05.2031", "photo": "1",
                    "lieu": "Guichet du port", "note": "Revient mardi avec l’original.",
                ])
            #expect(stands("X1234567", in: "numero", moret) && stands("31.05.2031", in: "valable", moret))
            #expect(stands("Guichet du port", in: "lieu", moret))
            #expect(stands("Revient mardi", in: "note", moret))

            try await sendLate(
                moret, DemoPeople.moret, portal, address + "/refuser", ["motif": "Diplôme non reconnu."])
            #expect(stands("Diplôme non reconnu.", in: "motif", moret))
            #expect(!moret.page.contains("X1234567"), "the checklist is replaced by what was typed last")
            try await sendLate(
                moret, DemoPeople.moret, portal, address + "/complement", ["complement": "Une copie lisible."]
            )
            #expect(stands("Une copie lisible.", in: "complement", moret))

            try await moret.open(address)
            try await moret.submit(address + "/code", [:])
            portal.time.advance(minutes: 21)
            try await moret.submit(address + "/reponse", ["code": "123456"])
            #expect(moret.page.contains("n’a pas été exécutée"))
        }
        let events = try await portal.events()
        for event in ["identityVerified", "requestRefused", "complementAsked"] {
            #expect(!events.contains(event), "\(event) by itself")
        }
    }

    @Test func `Of forms that share an address, only the one that was sent is filled`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.enrolment.prepareSites()
        let favre = try await portal.id(of: DemoPeople.favre).rawValue
        let service = try #require(
            try await portal.access.services(portal.holder(DemoPeople.benali)).first?.service.id.rawValue)
        let before = try await changes(portal)
        try await portal.application.test(.router) { client in
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/comptes/\(favre)")
            try await sendLate(
                benali, DemoPeople.benali, portal, "/admin/comptes/\(favre)/etat",
                ["etat": "closed", "motif": "Cesse son activité."])
            #expect(stands("Cesse son activité.", in: "motif-closed", benali))

            try await sendLate(
                benali, DemoPeople.benali, portal, "/admin/rendez-vous/creneaux",
                ["lieu": "video", "jour": "24.11.2026", "debut": "10:00", "fin": "11:05", "minutes": "20"])
            #expect(benali.address == "/admin/rendez-vous/lieux?saisie=1")
            #expect(stands("24.11.2026\"", in: "jour-video", benali))
            #expect(stands("11:05", in: "fin-video", benali))
            try await sendLate(
                benali, DemoPeople.benali, portal, "/admin/rendez-vous/lieux",
                ["id": "", "nom": "Pharmacie du port", "mode": "desk", "actif": "1"])
            #expect(stands("Pharmacie du port", in: "nom-nouveau", benali))

            try await sendLate(
                benali, DemoPeople.benali, portal, "/admin/services/\(service)/contact",
                ["telephone": "+41 22 000 00 99", "email": "", "horaires": "Le mardi"])
            #expect(stands("Le mardi", in: "horaires-\(service)", benali))
            try await sendLate(
                benali, DemoPeople.benali, portal, "/admin/services", ["nom": "Radiologie du port"])
            #expect(stands("Radiologie du port", in: "nom", benali))
            try await sendLate(
                benali, DemoPeople.benali, portal, "/admin/domaines",
                ["domaine": "cabinet-port.example", "source": "Liste de HIN", "securise": "oui"])
            #expect(stands("cabinet-port.example", in: "domaine", benali))
            #expect(stands("Liste de HIN", in: "source", benali))
        }
        #expect(try await changes(portal) == before, "nothing was done by itself")
    }

    private func changes(_ portal: TestPortal) async throws -> Int {
        try await portal.events().count { ["accountStateChanged", "configurationChanged"].contains($0) }
    }

    @Test func `The number that data protection looks for comes back, and is not looked for`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let vernay = Visitor(client)
            try await vernay.signIn(DemoPeople.vernay, at: portal, to: "/dpo/patients")
            try await sendLate(
                vernay, DemoPeople.vernay, portal, "/dpo/patients", ["numero": "000412033"])
            #expect(stands("000412033", in: "numero", vernay))
        }
        #expect(try await !portal.events().contains("patientAccessesRead"))
    }

    @Test func `A view that was being saved comes back with its filters`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            try await favre.submit("/documents/recherche", ["q": "morel", "vue": "nonlus"])
            try await favre.open("/documents/vues" + favre.address.drop { $0 != "?" })
            let filters = ["r": favre.hidden("r") ?? "", "vue": favre.hidden("vue") ?? ""]
            try await sendLate(
                favre, DemoPeople.favre, portal, "/documents/vues",
                filters.merging(["nom": "À relire", "defaut": "oui"]) { $1 })
            #expect(stands("À relire", in: "nom-nouvelle", favre))
            #expect(favre.page.contains("morel") && favre.hidden("vue") == "nonlus")
            #expect(try await portal.rows("saved_view") == 0)

            try await favre.submit(
                "/documents/vues", ["r": favre.hidden("r") ?? "", "vue": "nonlus", "nom": "À relire"])
            #expect(favre.page.contains("Vue enregistrée.") && favre.page.contains("morel"))
            #expect(try await portal.rows("kept_form") == 0)
        }
    }
}
