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

/// What a service puts on paper by its own decision, at the address that the directory has (PRO-22).
@Suite struct LetterByHandTests {
    private func giveAddress(_ portal: TestPortal) async throws {
        var form = AddressForm()
        (form.kind, form.street, form.postalCode) = ("mailing", "Rue du Port 7", "1200")
        (form.city, form.country) = ("Ville du Lac", "CH")
        try await portal.directory.addAddress(form, portal.holder(DemoPeople.favre))
    }

    @Test func `A document that was sent goes on paper too, once, and again after it was cancelled`()
        async throws
    {
        // Given a letter of the cardiology that Dre Favre does not read
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.71"), portal.recordSystem()
        ).document.id
        let favre = ["destinataire": try await portal.account("7601099000013").rawValue]
        let sending = "/service/envois/\(id.rawValue)"
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: sending)
            // without an address nothing is offered, and nothing is done
            #expect(chappuis.page.contains("aucune adresse postale connue"))
            try await chappuis.submit("\(sending)/courrier", favre)
            #expect(chappuis.status == .conflict && chappuis.page.contains("adresse postale"))

            // When Mme Chappuis asks for paper
            try await giveAddress(portal)
            try await chappuis.open(sending)
            #expect(chappuis.page.contains("Envoyer par courrier") && chappuis.page.contains("Rue du Port 7"))
            try await chappuis.submit("\(sending)/courrier", favre)
            #expect(chappuis.page.contains("Document mis au courrier"))
            #expect(chappuis.page.contains("Attend l’impression") && !chappuis.page.contains("Rue du Port 7"))
            // twice is once
            try await chappuis.submit("\(sending)/courrier", favre)
            #expect(chappuis.status == .conflict && chappuis.page.contains("déjà au courrier"))

            // Then it waits for the printers, and can be cancelled and asked for again
            try await chappuis.open("/service/courrier")
            #expect(chappuis.page.contains("Demandé par le service"))
            let cancel = try #require(chappuis.actions("/annuler").first)
            try await chappuis.submit(cancel, [:])
            #expect(chappuis.page.contains("Courrier annulé"))
            try await chappuis.open(sending)
            try await chappuis.submit("\(sending)/courrier", favre)
            #expect(chappuis.page.contains("Document mis au courrier"))
            // to nobody who was not a recipient
            let jeanneret = try await portal.account("7601999000014").rawValue
            try await chappuis.submit("\(sending)/courrier", ["destinataire": jeanneret])
            #expect(chappuis.status == .notFound)
        }
        #expect(try await portal.rows("post_item WHERE state = 'waiting' AND reason = 'asked'") == 1)
        let posted = try await portal.trail().filter { $0.event == "dispatchPosted" }
        #expect(posted.filter { $0.outcome == "success" }.count == 2)
        #expect(posted.allSatisfy { $0.actorKind == "account" })
        #expect(try await portal.refusals().contains("manual.alreadyPosted"))
        #expect(try await portal.dispatches.exportPost(by: .member(portal.serviceMember()))?.letters == 1)
    }

    /// The first step, about the patient of `Letter`.
    private static let patient = [
        "numero": "000412033", "nom": "Jaquet", "prenom": "Hélène", "naissance": "14.03.1958",
        "sejour": "2026111207", "type": "373942005", "cherche": "",
    ]
    private static let consent = [
        "titre": "Lettre de sortie", "auteur": "Dr Marc Aebischer", "accord": "1", "accord-de": "patient",
        "accord-forme": "oral", "accord-date": "20.11.2026",
    ]
    private static let stranger = "7601999000038"
    private static let register = """
        gln;family_name;given_name;profession;licence;street;postcode;locality
        \(stranger);Aubert;Julien;Physiothérapeute;valid;Rue des Tanneurs 21;1200;Ville du Lac

        """

    /// The hidden fields of the page, as a browser sends them back.
    private func carried(_ visitor: Visitor) -> [String: String] {
        var fields: [String: String] = [:]
        for name in [
            "service", "numero", "nom", "prenom", "naissance", "sejour", "type", "cherche", "gln", "voie",
            "motif", "envoi",
        ] { fields[name] = visitor.values(name).first ?? "" }
        return fields
    }

    private func begin(_ visitor: Visitor) async throws {
        try await visitor.open("/service/envois/nouveau")
        var first = Self.patient
        first["service"] = visitor.hidden("service")
        first["envoi"] = visitor.hidden("envoi")
        try await visitor.submit("/service/envois/nouveau", first)
    }

    @Test func `Who has no account gets it on paper, at the address of a register`() async throws {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            try await begin(chappuis)
            // Given somebody whom the portal cannot reach
            var choice = carried(chappuis)
            (choice["gln"], choice["voie"]) = (Self.stranger, "")
            try await chappuis.submit("/service/envois/destinataire", choice)
            #expect(chappuis.status == .unprocessableContent)
            #expect(chappuis.page.contains("Envoyer par courrier"))
            #expect(chappuis.page.contains("value=\"\(Self.stranger)\""), "who was refused is filled in")
            // nor on paper, while nobody knows where he is
            choice["voie"] = "courrier"
            try await chappuis.submit("/service/envois/destinataire", choice)
            #expect(chappuis.status == .unprocessableContent && chappuis.page.contains("ni les registres"))

            // When a register has his address
            _ = try await portal.directory.importRegister(.medreg, Array(Self.register.utf8))
            try await chappuis.submit("/service/envois/destinataire", choice)
            #expect(chappuis.page.contains("Julien Aubert n’a pas été désigné"))
            (choice["vu"], choice["motif"]) = ("1", "Physiothérapeute de la patiente, demandé par elle.")
            try await chappuis.submit("/service/envois/destinataire", choice)
            #expect(chappuis.page.contains("Étape 3 sur 3") && chappuis.page.contains("Rue des Tanneurs 21"))
            let fields = carried(chappuis).merging(Self.consent) { $1 }
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.page.contains("Document mis au courrier"))
            #expect(chappuis.page.contains("Julien Aubert") && chappuis.page.contains("Attend l’impression"))
            let sending = String(chappuis.address.prefix { $0 != "?" })
            // twice the same form is one letter
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(String(chappuis.address.prefix { $0 != "?" }) == sending)

            // Then the journal names him, and the printers get it
            try await chappuis.open("/service/envois")
            #expect(chappuis.page.contains("Julien Aubert"))
            let member = try await portal.serviceMember()
            #expect(try await portal.dispatches.exportPost(by: .member(member))?.letters == 1)
            try await chappuis.open(sending)
            #expect(chappuis.page.contains("Par courrier") && chappuis.page.contains("Rappeler le document"))
        }
        #expect(try await portal.rows("post_item WHERE account_id IS NULL AND reason = 'asked'") == 1)
        #expect(try await portal.rows("dispatch") == 0)
        #expect(try await portal.rows("document_reader") == 0, "nobody can read it here")
        #expect(try await portal.refusals().contains("manual.addressUnknown"))
        let events = try await portal.trail().filter { $0.outcome == "success" }.map(\.event)
        for event in ["consentRecorded", "documentPublished", "dispatchPosted"] {
            #expect(events.contains(event), "\(event)")
        }
    }

    @Test func `Who reads in the portal gets no paper by hand, and the portal is offered`()
        async throws
    {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        let favre = "7601099000013"
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            // Given Dre Favre, who reads in the portal, with an address on paper and without one
            for hasAddress in [false, true] {
                if hasAddress { try await giveAddress(portal) }
                try await begin(chappuis)
                var choice = carried(chappuis)
                (choice["gln"], choice["voie"]) = (favre, "courrier")
                // When Mme Chappuis asks for paper
                try await chappuis.submit("/service/envois/destinataire", choice)
                // Then she is told at once, and offered the portal by name
                #expect(chappuis.status == .unprocessableContent)
                #expect(chappuis.page.contains("reçoit ses documents par le portail"))
                #expect(chappuis.page.contains("Envoyer par le portail"))
                #expect(chappuis.page.contains("Dre Claire Favre"))
                // and who leaves the page out sends nothing either
                try await chappuis.upload(
                    "/service/envois", Letter.pdf(), fields: choice.merging(Self.consent) { $1 })
                #expect(chappuis.status == .unprocessableContent)
            }
            #expect(try await portal.rows("document") == 0)
            // When she takes the offer
            var offered = carried(chappuis)
            (offered["gln"], offered["vu"]) = (favre, "1")
            offered["voie"] = ""
            try await chappuis.submit("/service/envois/destinataire", offered)
            #expect(chappuis.page.contains("Étape 3 sur 3") && chappuis.page.contains("Par le portail"))
            try await chappuis.upload(
                "/service/envois", Letter.pdf(), fields: carried(chappuis).merging(Self.consent) { $1 })
            #expect(chappuis.page.contains("Par le portail") && chappuis.page.contains("Disponible"))
        }
        #expect(try await portal.rows("post_item") == 0)
        #expect(try await portal.refusals().contains("manual.readsInPortal"))
    }

    @Test func `Who wants nothing electronically gets paper when it is asked for`() async throws {
        // Given Dre Favre, who wants no documents in the portal, and an installation that refuses them then
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        try await giveAddress(portal)
        let favre = try await portal.holder(DemoPeople.favre)
        var preferences = PreferencesForm(try await portal.directory.profile(favre))
        (preferences.deliveryMode, preferences.isStopConfirmed) = ("none", true)
        try await portal.directory.savePreferences(preferences, favre)
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            try await begin(chappuis)
            // When Mme Chappuis asks for paper
            var choice = carried(chappuis)
            (choice["gln"], choice["voie"], choice["vu"]) = ("7601099000013", "courrier", "1")
            try await chappuis.submit("/service/envois/destinataire", choice)
            // Then each page names the way, and it waits for the printers
            let way = "Par courrier, à l’adresse Dre Claire Favre"
            #expect(chappuis.page.contains("Étape 3 sur 3") && chappuis.page.contains(way))
            try await chappuis.upload(
                "/service/envois", Letter.pdf(), fields: carried(chappuis).merging(Self.consent) { $1 })
            #expect(chappuis.page.contains("Document mis au courrier") && chappuis.page.contains(way))
            try await chappuis.open("/service/courrier")
            #expect(chappuis.page.contains("Demandé par le service"))
        }
        #expect(try await portal.rows("post_item WHERE state = 'waiting' AND reason = 'asked'") == 1)
        #expect(try await portal.rows("document_reader") == 0)
    }

    @Test func `A refusal by the patient keeps it from paper, too`() async throws {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        _ = try await portal.directory.importRegister(.medreg, Array(Self.register.utf8))
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            try await begin(chappuis)
            var fields = carried(chappuis).merging(Self.consent) { $1 }
            (fields["gln"], fields["voie"], fields["motif"]) = (Self.stranger, "courrier", "Demandé.")
            try await portal.deny(stay: "2026111207", patient: "000412033")
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
            #expect(chappuis.status == .unprocessableContent)
        }
        #expect(try await portal.refusals().contains("designation.denied"))
        #expect(try await portal.rows("document") == 0)
    }

    @Test func `Whom the patient refuses afterwards gets no paper, and neither does a closed account`()
        async throws
    {
        // Given a letter that Dre Favre was sent, and her address
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        try await giveAddress(portal)
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.72"), portal.recordSystem()
        ).document.id
        let favre = try await portal.account("7601099000013")
        let member = try await portal.holder(DemoPeople.chappuis)
        // When her account is blocked
        try await portal.tamper("UPDATE account SET state = 'suspended' WHERE id = \(favre)")
        await #expect(throws: ManualRefusal.addressUnknown) {
            try await portal.dispatches.sendLetter(id, to: favre, member)
        }
        try await portal.tamper("UPDATE account SET state = 'active' WHERE id = \(favre)")
        // or the patient refuses the whole stay
        try await portal.deny(stay: "2026111207", patient: "000412033")
        await #expect(throws: DispatchRefusal.denied) {
            try await portal.dispatches.sendLetter(id, to: favre, member)
        }
        #expect(try await portal.rows("post_item") == 0)
        #expect(try await portal.refusals().contains("designation.denied"))
    }
}
