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

/// From page to page of a sending by hand, and back.
@Suite struct SendingStepsTests {
    /// The first step, about the patient of `Letter`.
    private static let patient = [
        "numero": "000412033", "nom": "Jaquet", "prenom": "Hélène", "naissance": "14.03.1958",
        "sejour": "2026111207", "type": "373942005", "cherche": "",
    ]
    private static let favre = "7601099000013"
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

    @Test func `Going back shows what was typed, and after the sending what was sent`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois/nouveau")
            let form = chappuis.address
            var first = Self.patient
            first["service"] = chappuis.hidden("service")
            first["envoi"] = chappuis.hidden("envoi")
            try await chappuis.submit("/service/envois/nouveau", first)
            // Given a second step with an address of its own, from which the first can be corrected
            let choice = chappuis.address
            #expect(chappuis.page.contains("Étape 2 sur 3") && chappuis.links(form).contains(form))
            #expect(choice.hasPrefix(form) && choice != form)
            #expect(!choice.contains("Jaquet") && !choice.contains("000412033"))
            var second = carried(chappuis)
            (second["gln"], second["vu"]) = (Self.favre, "1")
            try await chappuis.submit("/service/envois/destinataire", second)
            let last = chappuis.address
            #expect(chappuis.page.contains("Étape 3 sur 3") && chappuis.links(form).contains(choice))
            // When the secretary goes back, and forward again
            try await chappuis.open(form)
            #expect(chappuis.page.contains("Étape 1 sur 3"))
            #expect(chappuis.values("nom").isEmpty && chappuis.page.contains("value=\"Jaquet\""))
            try await chappuis.open(choice)
            #expect(chappuis.page.contains("Étape 2 sur 3") && chappuis.page.contains("Dre Claire Favre"))
            // then mistakes stand on a page that can be opened again
            try await chappuis.open(last)
            let fields = carried(chappuis)
            var without = Self.consent
            without["accord"] = ""
            try await chappuis.upload("/service/envois", Letter.pdf(), fields: fields.merging(without) { $1 })
            #expect(chappuis.address == last && chappuis.page.contains("Dr Marc Aebischer"))
            // and nobody else's session opens it, with the very same cookies
            let other = Visitor(client)
            try await other.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            for slot in 1...3 {
                other.set(cookie: "__Host-envoi-\(slot)", chappuis.cookie("__Host-envoi-\(slot)") ?? "")
            }
            try await other.open(last)
            #expect(other.page.contains("n’est plus disponible") && !other.page.contains("Jaquet"))
            // And after the sending all of them lead to it; a new form is empty
            try await chappuis.upload(
                "/service/envois", Letter.pdf(), fields: fields.merging(Self.consent) { $1 })
            let sending = String(chappuis.address.prefix { $0 != "?" })
            #expect(chappuis.page.contains("Annuler l’envoi"))
            for address in [last, choice, form] {
                try await chappuis.open(address)
                #expect(chappuis.address == sending)
            }
            try await chappuis.open("/service/envois/nouveau")
            #expect(chappuis.page.contains("Étape 1 sur 3") && !chappuis.page.contains("Jaquet"))
        }
        #expect(try await portal.rows("document") == 1)
    }

    @Test func `Two forms at once do not mix`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            var addresses: [String] = []
            for name in ["Jaquet", "Monnier", "Aubert", "Ducret"] {
                try await chappuis.open("/service/envois/nouveau")
                var first = Self.patient
                first["nom"] = name
                first["service"] = chappuis.hidden("service")
                first["envoi"] = chappuis.hidden("envoi")
                try await chappuis.submit("/service/envois/nouveau", first)
                #expect(chappuis.page.contains(name))
                addresses.append(chappuis.address)
            }
            try await chappuis.open(addresses[2])
            #expect(chappuis.page.contains("Aubert") && !chappuis.page.contains("Ducret"))
            try await chappuis.open(addresses[3])
            #expect(chappuis.page.contains("Ducret") && !chappuis.page.contains("Aubert"))
        }
    }

    @Test func `A patient number of somebody else is said on the page that asks for it`() async throws {
        // Given a patient whom the portal knows
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.81"), portal.recordSystem())
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois/nouveau")
            var first = Self.patient
            first["service"] = chappuis.hidden("service")
            first["envoi"] = chappuis.hidden("envoi")
            (first["nom"], first["prenom"], first["naissance"]) = ("Monnier", "Luc", "02.05.1990")
            try await chappuis.submit("/service/envois/nouveau", first)
            #expect(chappuis.status == .unprocessableContent)
            #expect(chappuis.page.contains("Étape 1 sur 3"))
            #expect(chappuis.page.contains("connu pour une autre personne"))
            #expect(chappuis.page.contains("value=\"Monnier\""))
            // of whom the page says nothing
            #expect(!chappuis.page.contains("Jaquet"))
        }
        #expect(try await portal.refusals().contains("patient.otherIdentity"))
    }

    @Test(arguments: [
        ("numero", "zz", "Un numéro de patient a au moins un chiffre"),
        ("numero", "756.1234.5678.97", "C’est un numéro AVS"),
        ("sejour", "cardio", "Un numéro de séjour a au moins un chiffre"),
        ("nom", "1958", "Un nom a au moins une lettre"),
        ("naissance", "21.11.2026", "Cette date de naissance est dans le futur"),
        ("naissance", "31.02.1958", "Cette date n’existe pas"),
    ])
    func `What cannot be is refused at its field, and nothing typed is lost`(
        _ field: String, _ typed: String, _ sentence: String
    ) async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois/nouveau")
            var first = Self.patient
            first["service"] = chappuis.hidden("service")
            first["envoi"] = chappuis.hidden("envoi")
            first[field] = typed
            try await chappuis.submit("/service/envois/nouveau", first)
            #expect(chappuis.status == .unprocessableContent && chappuis.page.contains("Il y a une erreur"))
            #expect(chappuis.page.contains("Étape 1 sur 3") && chappuis.page.contains(sentence))
            #expect(chappuis.page.contains("href=\"#\(field)\""))
            for (name, value) in first
            where ["numero", "sejour", "nom", "prenom", "naissance"].contains(name) {
                #expect(chappuis.page.contains("value=\"\(value)\""), "\(name)")
            }
        }
        #expect(try await portal.rows("audit_event WHERE event = 'recipientSearched'") == 0)
    }

    @Test func `An upload that was mended is no reason why nothing came`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois/nouveau")
            // Given a file that was refused, and sent in a second form
            for file in [Array("PK docx".utf8), Letter.pdf()] {
                try await chappuis.open("/service/envois/nouveau")
                var first = Self.patient
                first["service"] = chappuis.hidden("service")
                first["envoi"] = chappuis.hidden("envoi")
                try await chappuis.submit("/service/envois/nouveau", first)
                var second = carried(chappuis)
                (second["gln"], second["vu"]) = (Self.favre, "1")
                try await chappuis.submit("/service/envois/destinataire", second)
                try await chappuis.upload(
                    "/service/envois", file, fields: carried(chappuis).merging(Self.consent) { $1 })
            }
            #expect(chappuis.page.contains("Annuler l’envoi"))
            let sending = String(chappuis.address.prefix { $0 != "?" })
            // When somebody asks why nothing came
            try await chappuis.open("/service/pourquoi")
            try await chappuis.submit(
                "/service/pourquoi",
                ["cherche": Self.favre, "numero": "000412033", "sejour": "2026111207", "document": ""])
            // Then the page tells what was sent, and no false cause
            #expect(chappuis.page.contains("Un document de ce séjour est bien parti"))
            #expect(chappuis.links(sending) == [sending])
            #expect(!chappuis.page.contains("Corrigez l’envoi"))
        }
        #expect(try await portal.rows("refused_delivery") == 0)
        #expect(try await portal.refusals().contains("pdf-header"), "the trail has it all the same")
    }

    @Test func `All that is wrong with a form is said at once`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois/nouveau")
            #expect(chappuis.page.contains("Numéro de patient*"))
            var first = Self.patient
            first["service"] = chappuis.hidden("service")
            first["envoi"] = chappuis.hidden("envoi")
            // an empty form gets the portal's summary, with the focus on it
            try await chappuis.submit("/service/envois/nouveau", ["envoi": first["envoi"] ?? ""])
            #expect(chappuis.status == .unprocessableContent && chappuis.page.contains("Il y a 6 erreurs"))
            try await chappuis.submit("/service/envois/nouveau", first)
            var second = carried(chappuis)
            (second["gln"], second["vu"]) = (Self.favre, "1")
            try await chappuis.submit("/service/envois/destinataire", second)
            // a wrong file is told together with the consent that is missing
            let fields = carried(chappuis).merging(Self.consent) { $1 }
            let without = fields.merging(["accord": ""]) { $1 }
            try await chappuis.upload("/service/envois", Array("PK docx".utf8), fields: without)
            #expect(chappuis.page.contains("Il y a 2 erreurs"))
            #expect(chappuis.page.contains("n’est pas un PDF") && chappuis.page.contains("accord explicite"))
            // an empty one has a sentence of its own
            try await chappuis.upload("/service/envois", [], fields: fields)
            #expect(chappuis.page.contains("Il y a une erreur") && chappuis.page.contains("fichier est vide"))
            // and one that is too large names the limit
            let large = [UInt8](repeating: 0x20, count: portal.dispatches.maximumManualBytes + 1)
            try await chappuis.upload("/service/envois", large, fields: fields)
            #expect(chappuis.page.contains("trop grand\u{A0}: 2 Mo au plus"))
        }
        #expect(try await portal.rows("document") == 0)
    }

    @Test func `The journal tells how far a letter got, and where the record system's are taken back`()
        async throws
    {
        // Given a letter of the record system's that goes on paper besides
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        var form = AddressForm()
        (form.kind, form.street, form.postalCode) = ("mailing", "Rue du Port 7", "1200")
        (form.city, form.country) = ("Ville du Lac", "CH")
        try await portal.directory.addAddress(form, portal.holder(DemoPeople.favre))
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.83"), portal.recordSystem()
        ).document.id
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        try await portal.dispatches.sendLetter(id, to: portal.account(Self.favre), chappuis)
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            #expect(visitor.page.contains("Disponible") && visitor.page.contains("Attend l’impression"))
            // When it is exported
            _ = try await portal.dispatches.exportPost(by: .member(portal.serviceMember()))
            try await visitor.open("/service/envois")
            #expect(visitor.page.contains("Exporté le"))
            try await visitor.open("/service/envois/\(id.rawValue)")
            #expect(visitor.page.contains("c’est là qu’il s’annule"))
        }
    }
}
