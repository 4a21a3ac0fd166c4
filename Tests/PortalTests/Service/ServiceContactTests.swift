import Access
import Demo
import Dispatches
import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

/// How a service is reached: written by the portal team, read by the readers of its documents.
@Suite struct ServiceContactTests {
    @Test func `The team writes a service's contact, and its readers find it`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601099000013")
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1", recipients: ["7601099000013"]),
            portal.recordSystem())
        let document = "/documents/\(published.document.id.rawValue)"
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: document)
            #expect(favre.page.contains("tel:+41220000020") && favre.page.contains("Contacter le service"))

            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/services")
            let form = try #require(benali.actions("/contact").first { $0.hasPrefix("/admin/services/") })
            try await benali.submit(form, ["telephone": "à midi", "email": "", "horaires": ""])
            #expect(benali.status == .unprocessableContent && benali.page.contains("Saisissez un numéro"))
            try await benali.submit(form, ["telephone": "", "email": "", "horaires": ""])
            try await favre.open(document)
            #expect(favre.page.contains("ne connaît pas de contact direct"))
            try await benali.submit(
                form,
                ["telephone": "022 000 00 20", "email": "cardio@hul.example", "horaires": "de 8 h à 17 h"])
            #expect(benali.page.contains("Services enregistrés.") && benali.page.contains("022 000 00 20"))

            for address in [document, "/contact"] {
                try await favre.open(address)
                #expect(favre.page.contains("tel:0220000020") && favre.page.contains("cardio@hul.example"))
            }
            #expect(favre.page.contains("Contact HUL") && favre.page.contains("Pour une urgence vitale"))
            #expect(favre.page.contains("ne se font pas encore ici"))
        }
        #expect(try await portal.events().contains("configurationChanged"))
    }

    @Test func `The operator writes it by the name of the service`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let favre = try await portal.holder(DemoPeople.favre)
        try await portal.access.addService("Chirurgie", followsRecord: true, members: [])
        #expect(try await portal.access.contact(ofService: "Chirurgie", favre) == nil)
        try await portal.access.setContact(
            phone: "+41 22 000 00 30", email: "", hours: "", ofService: "Chirurgie")
        #expect(try await portal.access.reachableServices(favre).map(\.name) == ["Cardiologie", "Chirurgie"])
        #expect(try await portal.access.contact(ofService: "Chirurgie", favre)?.phone == "+41 22 000 00 30")
        await #expect(throws: ServiceRefusal.notFound) {
            try await portal.access.setContact(phone: "", email: "", hours: "", ofService: "Inconnu")
        }
        await #expect(throws: ServiceRefusal.badEmail) {
            try await portal.access.setContact(phone: "", email: "a", hours: "", ofService: "Cardiologie")
        }
    }
}
