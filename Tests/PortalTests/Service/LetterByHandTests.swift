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
        let portal = try await TestPortal()
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
}
