import Access
import Demo
import Directory
import Dispatches
import Documents
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// «Je ne reçois pas de document» and «pourquoi n’a-t-elle rien reçu ?»: both sides see why (goal 3).
@Suite struct MissingDocumentJourneyTests {
    @Test func `A doctor learns the one thing to do, and no patient is named`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            // a stranger reads the general text
            let stranger = Visitor(client)
            try await stranger.open("/aide/je-ne-recois-pas")
            #expect(stranger.status == .ok && !stranger.page.contains("Ce que nous venons de vérifier"))

            // Dr Jeanneret was never designated, and the hospital tried
            let viewer = try await portal.recordSystem()
            await #expect(throws: DispatchRefusal.notDesignated) {
                _ = try await portal.dispatches.publish(
                    Letter.command(master: "urn:oid:1.2.71", recipients: ["7601999000014"]), viewer)
            }
            let jeanneret = Visitor(client)
            try await jeanneret.signIn(DemoPeople.jeanneret, at: portal)
            try await jeanneret.open("/aide/je-ne-recois-pas")
            #expect(jeanneret.page.contains("Demandez à votre patiente ou patient de vous désigner"))
            #expect(jeanneret.page.contains("1 document n’a pas été envoyé, faute de désignation"))
            #expect(!jeanneret.page.contains("Jaquet") && !jeanneret.page.contains("Lettre de sortie"))

            // a refusal by the patient reads the same: that somebody said no is the patient's affair
            try await portal.deny(stay: "2026111207", patient: "000412033")
            await #expect(throws: DispatchRefusal.denied) {
                _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.72"), viewer)
            }
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            try await favre.open("/aide/je-ne-recois-pas")
            #expect(favre.page.contains("faute de désignation") && !favre.page.contains("a refusé"))

            // then a letter comes: it waits to be opened
            try await portal.designate(patient: "000412099", stay: "2026111299", gln: "7601099000013")
            _ = try await portal.dispatches.publish(
                Letter.command(master: "urn:oid:1.2.73", stay: "2026111299", patient: "000412099"), viewer)
            try await favre.open("/aide/je-ne-recois-pas")
            #expect(favre.page.contains("1 document vous attend"))

            // hidden by the types she displays, it is told too
            try await favre.open("/profil/preferences")
            try await favre.submit(
                "/profil/preferences",
                [
                    "notificationEmail": DemoPeople.favre.account.email, "documentEmail": "",
                    "lifetimeDays": "100", "notificationPolicy": "none", "deliveryMode": "portal",
                    "displayedPatients": "all", "displayedTypes-4241000179101": "1", "startPage": "home",
                    "language": "fr", "theme": "system", "shortcuts": "oui",
                    "version": favre.hidden("version") ?? "",
                ])
            try await favre.open("/aide/je-ne-recois-pas")
            #expect(favre.page.contains("1 document est caché par un filtre"))
            #expect(
                favre.page.contains("Aucune notification\u{A0}» est choisi")
                    || favre.page.contains("Aucune notification"))
        }
        #expect(try await portal.events().contains("diagnosisRead"))
    }

    @Test func `A delegate reads it for the doctor, but not how she is told`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.prefer("7601099000013", policy: Practitioner.NotificationPolicy.none)
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre])
        try await portal.application.test(.router) { client in
            let rochat = Visitor(client)
            try await rochat.signIn(DemoPeople.rochat, at: portal)
            try await rochat.open("/aide/je-ne-recois-pas")
            #expect(rochat.page.contains("Ce que nous venons de vérifier"))
            #expect(!rochat.page.contains("Dernière notification"))
            #expect(!rochat.page.contains("Les notifications sont désactivées"))
        }
    }

    @Test func `A letter that expired unread is said to have, with the way to ask for it again`() async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let letter = try await portal.publishLetter().document.id.rawValue
        portal.time.advance(days: try await portal.practitioner("7601099000013").lifetimeDays)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            try await favre.open("/aide/je-ne-recois-pas")
            #expect(favre.page.contains("1 document a expiré sans avoir été ouvert"))
            #expect(!favre.page.contains("Rien de ce que nous pouvons vérifier"))
            #expect(favre.page.contains("href=\"/documents/\(letter)\""))
            try await favre.open("/documents/\(letter)")
            #expect(favre.page.contains("Demander une nouvelle mise à disposition"))
        }
    }

    @Test func `The service is told the truth of what is gone, of who has no account, and of paper`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let published = try await portal.publishLetter(master: "urn:oid:1.2.91")
        _ = try await portal.dispatches.withdraw(
            .id(published.document.id), reason: WithdrawalReason(nil), portal.recordSystem())
        try await portal.prefer("7601999000014", delivery: Practitioner.DeliveryMode.none)
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/pourquoi")
            try await chappuis.submit(
                "/service/pourquoi", ["gln": "7601099000013", "document": "urn:oid:1.2.91"])
            #expect(chappuis.page.contains("Le document a été retiré par l’hôpital"))
            #expect(!chappuis.page.contains("Le document est bien arrivé"))
            // nothing goes to who has no account, and no paper leaves this hospital by the portal
            try await chappuis.submit("/service/pourquoi", ["cherche": "7601099000020"])
            #expect(chappuis.status == .unprocessableContent)
            #expect(chappuis.page.contains("tant que cette personne n’a pas de compte"))
            #expect(!chappuis.page.contains("par courrier"))
            try await chappuis.submit("/service/pourquoi", ["gln": "7601999000014"])
            #expect(chappuis.page.contains("Le portail ne peut rien lui transmettre"))
            #expect(!chappuis.page.contains("Envoyez le document par courrier"))
        }
        // where it does, that is the advice
        let other = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await other.movePeopleIn()
        try await other.prefer("7601999000014", delivery: Practitioner.DeliveryMode.none)
        try await other.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: other, to: "/service/pourquoi")
            try await chappuis.submit("/service/pourquoi", ["gln": "7601999000014"])
            #expect(chappuis.page.contains("Envoyez le document par courrier"))
            try await chappuis.submit("/service/pourquoi", ["cherche": "7601099000020"])
            #expect(chappuis.page.contains("peut partir par courrier"))
        }
    }

    @Test func `The service learns why, rule by rule, for a stay and for a document`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let viewer = try await portal.recordSystem()
        _ = try? await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.81", type: "787148009"), viewer)
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.82"), viewer)
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/pourquoi")

            // by name: whom is it about
            try await chappuis.submit("/service/pourquoi", ["cherche": "favre"])
            #expect(chappuis.page.contains("De qui s’agit-il") && chappuis.page.contains("7601099000013"))
            // a document that is not shared
            try await chappuis.submit(
                "/service/pourquoi", ["gln": "7601099000013", "document": "urn:oid:1.2.81"])
            #expect(chappuis.page.contains("Ce type de document n’est pas transmis"))
            #expect(chappuis.page.contains("Refusé une fois"))
            // one that arrived
            try await chappuis.submit(
                "/service/pourquoi", ["cherche": "7601 0990 0001 3", "document": "urn:oid:1.2.82"])
            #expect(chappuis.page.contains("Le document est bien arrivé"))
            // a stay for which nobody is designated
            try await chappuis.submit(
                "/service/pourquoi",
                ["gln": "7601999000014", "numero": "000412033", "sejour": "2026111207"])
            #expect(chappuis.page.contains("Enregistrez la désignation"))
            // one number alone says nothing
            try await chappuis.submit("/service/pourquoi", ["gln": "7601999000014", "numero": "000412033"])
            #expect(chappuis.status == .unprocessableContent)
            #expect(!chappuis.address.contains("000412033"), "no patient in an address")
        }
        let asked = try await portal.trail().filter { $0.event == "diagnosisRead" }
        #expect(
            asked.contains { $0.patientID != nil } && asked.allSatisfy { $0.actorRole == "serviceMember" })
    }
}
