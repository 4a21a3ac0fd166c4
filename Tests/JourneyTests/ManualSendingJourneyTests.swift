import Access
import Demo
import Dispatches
import Documents
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// Somebody of a service sends a document by hand: from the patient's consent to the recall (DPI-04, D16, D36).
@Suite struct ManualSendingJourneyTests {
    /// The first step, about the patient of `Letter`.
    private static let patient = [
        "numero": "000412033", "nom": "Jaquet", "prenom": "Hélène", "naissance": "14.03.1958",
        "sejour": "2026111207", "type": "373942005", "cherche": "",
    ]
    private static let favre = "7601099000013"
    private static let jeanneret = "7601999000014"
    private static let consent = [
        "titre": "Lettre de sortie", "auteur": "Dr Marc Aebischer", "accord": "1", "accord-de": "patient",
        "accord-forme": "oral", "accord-date": "20.11.2026",
    ]

    /// The hidden fields of the page, as a browser sends them back.
    private func carried(_ visitor: Visitor) -> [String: String] {
        var fields: [String: String] = [:]
        for name in [
            "service", "numero", "nom", "prenom", "naissance", "sejour", "type", "cherche", "gln", "motif",
            "envoi",
        ] { fields[name] = visitor.values(name).first ?? "" }
        return fields
    }

    /// Through the three steps, to a designated recipient.
    private func send(_ visitor: Visitor, words: String = "Lettre") async throws -> String {
        try await visitor.open("/service/envois/nouveau")
        var first = Self.patient
        first["service"] = visitor.hidden("service")
        first["envoi"] = visitor.hidden("envoi")
        try await visitor.submit("/service/envois/nouveau", first)
        var second = carried(visitor)
        (second["gln"], second["vu"]) = (Self.favre, "1")
        try await visitor.submit("/service/envois/destinataire", second)
        try await visitor.upload(
            "/service/envois", Letter.pdf(words), fields: carried(visitor).merging(Self.consent) { $1 })
        return String(visitor.address.prefix { $0 != "?" })
    }

    @Test func `A letter goes out with the patient's word, is read, and is recalled with a reason`()
        async throws
    {
        // Given a patient who designated Dre Favre, and Mme Chappuis of the cardiology
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            let favre = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            #expect(chappuis.page.contains("Aucun envoi pour l’instant"))

            // When she names patient and stay, the designated come first, without a search
            try await chappuis.open("/service/envois/nouveau")
            var first = Self.patient
            first["service"] = chappuis.hidden("service")
            first["envoi"] = chappuis.hidden("envoi")
            try await chappuis.submit("/service/envois/nouveau", first)
            #expect(chappuis.page.contains("Désignés par la patiente ou le patient"))
            #expect(chappuis.page.contains("Dre Claire Favre") && !chappuis.page.contains("Jeanneret"))
            var second = carried(chappuis)
            second["gln"] = Self.favre
            try await chappuis.submit("/service/envois/destinataire", second)
            #expect(chappuis.page.contains("ne connaît pas encore ce numéro"), "one looks twice")
            second["vu"] = "1"
            try await chappuis.submit("/service/envois/destinataire", second)
            #expect(chappuis.page.contains("Étape 3 sur 3"), "nothing else is unusual")

            // Without the consent nothing goes
            let fields = carried(chappuis)
            var without = Self.consent
            without["accord"] = ""
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields.merging(without) { $1 })
            #expect(chappuis.status == .unprocessableContent && chappuis.page.contains("accord explicite"))
            #expect(chappuis.page.contains("choisissez-le à nouveau"), "no browser sends the file back")
            // nor a file that is no PDF
            try await chappuis.upload(
                "/service/envois", Array("MZ".utf8), fields: fields.merging(Self.consent) { $1 })
            #expect(chappuis.status == .unprocessableContent && chappuis.page.contains("n’est pas un PDF"))
            try await chappuis.upload(
                "/service/envois", Letter.pdf(), fields: fields.merging(Self.consent) { $1 })
            #expect(chappuis.status == .ok && chappuis.page.contains("Annuler l’envoi"))
            let sending = String(chappuis.address.prefix { $0 != "?" })
            // twice the same form is one sending
            try await chappuis.upload(
                "/service/envois", Letter.pdf(), fields: fields.merging(Self.consent) { $1 })
            #expect(String(chappuis.address.prefix { $0 != "?" }) == sending)

            // Then Dre Favre is told and reads it
            try await portal.deliver()
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            let letter = try #require(favre.links("/documents/").first { $0.utf8.count >= 43 })
            try await favre.open(letter)
            #expect(favre.status == .ok && favre.page.contains("Jaquet"))

            // And the service follows it: notified, opened by whom
            try await chappuis.open("/service/envois")
            #expect(chappuis.page.contains("Ouvert") && chappuis.page.contains("Dre Claire Favre"))
            try await chappuis.open(sending)
            #expect(chappuis.page.contains("recueilli par Mme Elsa Chappuis"))
            #expect(
                chappuis.page.contains("Document ouvert") && chappuis.page.contains("Rappeler le document"))
            // it was opened meanwhile: no more cancelling
            try await chappuis.submit("\(sending)/annuler", [:])
            #expect(chappuis.status == .conflict)
            // a recall needs its reason
            try await chappuis.open(sending)
            try await chappuis.submit("\(sending)/rappeler", ["motif": " "])
            #expect(chappuis.status == .unprocessableContent)
            try await chappuis.submit("\(sending)/rappeler", ["motif": "Adressée par erreur."])
            #expect(chappuis.page.contains("Document rappelé"))
            #expect(chappuis.page.contains("Document ouvert"), "the proof of who had opened it stays")

            // And the reader can open it no more, and sees why
            try await favre.open(letter)
            #expect(favre.status == .gone && !favre.page.contains("/pages/1"))
            #expect(favre.page.contains("Jaquet"), "who has read it is told which letter it was")
            #expect(favre.page.contains("Adressée par erreur."))
        }
        let events = try await portal.trail().filter { $0.outcome == "success" }.map(\.event)
        for event in ["consentRecorded", "recipientSearched", "documentPublished", "documentWithdrawn"] {
            #expect(events.contains(event), "\(event)")
        }
        let published = try #require(
            try await portal.trail().first { $0.event == "documentPublished" && $0.outcome == "success" })
        #expect(published.actorKind == "account" && published.actorRole == "serviceMember")
    }

    @Test func `Unread, a sending is cancelled and leaves its trace`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            let sending = try await send(chappuis)
            #expect(chappuis.page.contains("il disparaît de l’espace du destinataire. La trace reste."))
            try await chappuis.submit("\(sending)/annuler", [:])
            #expect(chappuis.page.contains("Envoi annulé") && chappuis.page.contains("plus être ouvert"))
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            #expect(favre.links("/documents/").allSatisfy { $0.utf8.count < 43 })
        }
        #expect(try await portal.events().contains("dispatchCancelled"))
    }

    @Test func `The reason of a recall outlives the session, and recalls nothing by itself`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            let sending = try await send(chappuis)
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            try await favre.open(try #require(favre.links("/documents/").first { $0.utf8.count >= 43 }))
            try await chappuis.open(sending)
            portal.time.advance(minutes: 21)
            try await chappuis.submit("\(sending)/rappeler", ["motif": "Adressée à une homonyme."])
            #expect(chappuis.page.contains("Votre saisie est conservée"))
            try await chappuis.signInAgain(DemoPeople.chappuis, at: portal)
            #expect(chappuis.address == "\(sending)?saisie=1")
            #expect(chappuis.page.contains("Adressée à une homonyme."))
            #expect(try await !portal.events().contains("documentWithdrawn"), "not by itself")

            try await chappuis.submit("\(sending)/rappeler", ["motif": "Adressée à une homonyme."])
            #expect(chappuis.page.contains("Document rappelé"))
            #expect(try await portal.rows("kept_form") == 0)
        }
    }

    @Test func `Who was not designated needs a reason, and a refusal by the patient wins over any consent`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois/nouveau")
            var first = Self.patient
            first["service"] = chappuis.hidden("service")
            first["envoi"] = chappuis.hidden("envoi")
            first["cherche"] = "jeanneret"
            try await chappuis.submit("/service/envois/nouveau", first)
            var second = carried(chappuis)
            second["gln"] = Self.jeanneret
            try await chappuis.submit("/service/envois/destinataire", second)
            #expect(chappuis.page.contains("n’a pas été désigné pour ce séjour"))
            var third = carried(chappuis)
            third["vu"] = "1"
            try await chappuis.submit("/service/envois/destinataire", third)
            #expect(chappuis.status == .unprocessableContent, "the reason is missing")
            // who leaves the page out gets no further
            third["motif"] = ""
            try await chappuis.upload(
                "/service/envois", Letter.pdf(), fields: third.merging(Self.consent) { $1 })
            #expect(chappuis.status == .unprocessableContent && chappuis.page.contains("motif"))
            try await chappuis.open("/service/envois/nouveau")
            third["motif"] = "Pédiatre de l’enfant, demandé par la mère."
            try await chappuis.submit("/service/envois/destinataire", third)
            #expect(chappuis.page.contains("repose sur cet accord seul"))
            try await chappuis.upload(
                "/service/envois", Letter.pdf(), fields: carried(chappuis).merging(Self.consent) { $1 })
            #expect(chappuis.page.contains("Pédiatre de l’enfant"))

            // When the patient refuses electronic sending of the stay
            try await portal.deny(stay: "2026111207", patient: "000412033")
            try await chappuis.open("/service/envois/nouveau")
            first["envoi"] = chappuis.hidden("envoi")
            try await chappuis.submit("/service/envois/nouveau", first)
            #expect(chappuis.page.contains("Aucun envoi électronique pour ce séjour"))
            third["envoi"] = first["envoi"]
            try await chappuis.upload(
                "/service/envois", Letter.pdf(), fields: third.merging(Self.consent) { $1 })
            #expect(chappuis.status == .unprocessableContent)
        }
        #expect(try await portal.refusals().contains("designation.denied"))
    }

    @Test func `Another service sees nothing of it, and who left the service neither`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let other = DemoPeople.staff("Chirurgie", "M.", "Ducret", "Jean", .serviceMember, "+41790000031")
        _ = try await portal.access.createAccount(other.account, password: other.password)
        try await portal.access.addService("Chirurgie", followsRecord: true, members: [other.account.email])
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            let sending = try await send(chappuis)
            let ducret = Visitor(client)
            try await ducret.signIn(other, at: portal, to: "/service/envois")
            #expect(ducret.status == .ok && !ducret.page.contains("Jaquet"))
            try await ducret.open(sending)
            #expect(ducret.status == .notFound)

            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/services")
            #expect(benali.page.contains("Mme Elsa Chappuis") && !benali.page.contains("Jaquet"))
            let id = try await portal.id(of: DemoPeople.chappuis).rawValue
            let form = try #require(
                benali.actions("/membres/retirer").first { benali.page.contains($0) })
            try await benali.submit(form, ["compte": id])
            try await chappuis.open(sending)
            #expect(chappuis.status == .forbidden || chappuis.status == .notFound)
        }
    }
}
