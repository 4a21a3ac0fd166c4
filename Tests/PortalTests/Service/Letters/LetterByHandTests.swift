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
            try await LetterByHand.giveAddress(portal)
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
            #expect(chappuis.page.contains("Par le portail") && !chappuis.page.contains("n’ayant pas abouti"))
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

    @Test func `Who has no account gets it on paper, at the address of a register`() async throws {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            try await LetterByHand.begin(chappuis)
            // Given somebody whom the portal cannot reach
            var choice = LetterByHand.carried(chappuis)
            (choice["gln"], choice["voie"]) = (LetterByHand.stranger, "")
            try await chappuis.submit("/service/envois/destinataire", choice)
            #expect(chappuis.status == .unprocessableContent)
            #expect(chappuis.page.contains("Envoyer par courrier"))
            #expect(
                chappuis.page.contains("value=\"\(LetterByHand.stranger)\""), "who was refused is filled in")
            // nor on paper, while nobody knows where he is
            choice["voie"] = "courrier"
            try await chappuis.submit("/service/envois/destinataire", choice)
            #expect(chappuis.status == .unprocessableContent && chappuis.page.contains("ni les registres"))

            // When a register has his address
            _ = try await portal.directory.importRegister(.medreg, Array(LetterByHand.register.utf8))
            try await chappuis.submit("/service/envois/destinataire", choice)
            #expect(chappuis.page.contains("Julien Aubert n’a pas été désigné"))
            (choice["vu"], choice["motif"]) = ("1", "Physiothérapeute de la patiente, demandé par elle.")
            try await chappuis.submit("/service/envois/destinataire", choice)
            #expect(chappuis.page.contains("Étape 3 sur 3") && chappuis.page.contains("Rue des Tanneurs 21"))
            let fields = LetterByHand.carried(chappuis).merging(LetterByHand.consent) { $1 }
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
                if hasAddress { try await LetterByHand.giveAddress(portal) }
                try await LetterByHand.begin(chappuis)
                var choice = LetterByHand.carried(chappuis)
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
                    "/service/envois", Letter.pdf(), fields: choice.merging(LetterByHand.consent) { $1 })
                #expect(chappuis.status == .unprocessableContent)
            }
            #expect(try await portal.rows("document") == 0)
            // When she takes the offer
            var offered = LetterByHand.carried(chappuis)
            (offered["gln"], offered["vu"]) = (favre, "1")
            offered["voie"] = ""
            try await chappuis.submit("/service/envois/destinataire", offered)
            #expect(chappuis.page.contains("Étape 3 sur 3") && chappuis.page.contains("Par le portail"))
            try await chappuis.upload(
                "/service/envois", Letter.pdf(),
                fields: LetterByHand.carried(chappuis).merging(LetterByHand.consent) { $1 })
            #expect(chappuis.page.contains("Par le portail") && chappuis.page.contains("Disponible"))
        }
        #expect(try await portal.rows("post_item") == 0)
        #expect(try await portal.refusals().contains("manual.readsInPortal"))
    }

    @Test func `Who wants nothing electronically gets paper when it is asked for`() async throws {
        // Given Dre Favre, who wants no documents in the portal, and an installation that refuses them then
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        try await LetterByHand.giveAddress(portal)
        let favre = try await portal.holder(DemoPeople.favre)
        var preferences = PreferencesForm(try await portal.directory.profile(favre))
        (preferences.deliveryMode, preferences.isStopConfirmed) = ("none", true)
        try await portal.directory.savePreferences(preferences, favre)
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            try await LetterByHand.begin(chappuis)
            // When Mme Chappuis asks for paper
            var choice = LetterByHand.carried(chappuis)
            (choice["gln"], choice["voie"], choice["vu"]) = ("7601099000013", "courrier", "1")
            try await chappuis.submit("/service/envois/destinataire", choice)
            // Then each page names the way, and it waits for the printers
            let way = "Par courrier, à l’adresse Dre Claire Favre"
            #expect(chappuis.page.contains("Étape 3 sur 3") && chappuis.page.contains(way))
            try await chappuis.upload(
                "/service/envois", Letter.pdf(),
                fields: LetterByHand.carried(chappuis).merging(LetterByHand.consent) { $1 })
            #expect(chappuis.page.contains("Document mis au courrier") && chappuis.page.contains(way))
            try await chappuis.open("/service/courrier")
            #expect(chappuis.page.contains("Demandé par le service"))
        }
        #expect(try await portal.rows("post_item WHERE state = 'waiting' AND reason = 'asked'") == 1)
        #expect(try await portal.rows("document_reader") == 0)
    }

    @Test func `Cancelled, a letter alone leaves the queue; printed, it is said to be beyond recall`()
        async throws
    {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        _ = try await portal.directory.importRegister(.medreg, Array(LetterByHand.register.utf8))
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            func send() async throws -> String {
                try await LetterByHand.begin(chappuis)
                var fields = LetterByHand.carried(chappuis).merging(LetterByHand.consent) { $1 }
                (fields["gln"], fields["voie"], fields["motif"]) = (
                    LetterByHand.stranger, "courrier", "Demandé."
                )
                try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields)
                return String(chappuis.address.prefix { $0 != "?" })
            }
            // Given a letter to somebody who has no space here
            let waiting = try await send()
            #expect(chappuis.page.contains("elle quitte la file du courrier"))
            #expect(!chappuis.page.contains("l’espace du destinataire"))
            // When it is cancelled, it is out of the queue at once
            try await chappuis.submit("\(waiting)/annuler", [:])
            #expect(chappuis.page.contains("Envoi annulé"))
            #expect(chappuis.page.contains("elle ne sera pas imprimée"))
            #expect(!chappuis.page.contains("l’espace du destinataire"))
            #expect(try await portal.rows("post_item WHERE state = 'dropped'") == 1)

            // Given another that went to the printers
            let printed = try await send()
            let member = try await portal.serviceMember()
            #expect(try await portal.dispatches.exportPost(by: .member(member))?.letters == 1)
            try await chappuis.open(printed)
            #expect(chappuis.page.contains("remise à l’impression le 20.11.2026"))
            #expect(!chappuis.page.contains("Les lecteurs le voient"))
            try await chappuis.submit("\(printed)/rappeler", ["motif": "Adressée par erreur."])
            #expect(chappuis.page.contains("Cet envoi a été annulé"))
            #expect(chappuis.page.contains("elle ne peut pas être reprise ici"))
        }
    }
}
