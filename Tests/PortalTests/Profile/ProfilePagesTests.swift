import Access
import Demo
import Directory
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

@testable import Portal

/// Dre Favre keeps her profile through the pages.
@Suite struct ProfilePagesTests {
    private func favre(_ work: @escaping @Sendable (TestPortal, Visitor) async throws -> Void) async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.signIn(DemoPeople.favre, at: portal)
            try await work(portal, visitor)
        }
    }

    /// The fields of the page's form as a browser would send them.
    private func identity(_ visitor: Visitor, _ changes: [String: String] = [:]) -> [String: String] {
        [
            "honorific": "Dre", "familyName": "Favre", "givenName": "Claire", "contactEmail": "", "phone": "",
            "version": visitor.hidden("version") ?? "",
        ].merging(changes) { $1 }
    }

    @Test func `The four tabs have the labels of the requirements, and the menu leads there`() async throws {
        try await favre { _, visitor in
            try await visitor.open("/accueil")
            #expect(visitor.page.contains("Voir mon profil"))
            #expect(visitor.page.contains("Complétez votre profil"), "nothing was saved yet")
            try await visitor.open("/profil")
            for label in [
                "Informations personnelles", "Vos adresses", "Votre organisation / cabinet",
                "Préférences pour le portail", "Coordonnées\u{A0}:", "Titre", "Nom de famille*", "Prénom*",
                "Mail\u{A0}:",
                "Mail de contact direct", "Téléphone professionnel", "Type d’identifiant unique\u{A0}:",
                "Identifiant unique\u{A0}:", "7601099000013", "Votre / vos spécialité(s) médicale(s)",
                "Rétablir",
                "Sauvegarder",
            ] { #expect(visitor.page.contains(label), "\(label)") }
            try await visitor.open("/profil/preferences")
            for label in [
                "Préférences pour la transmission de documents", "Mail pour recevoir les notifications",
                "Mail pour recevoir les documents", "Préférences pour le portail d’échange",
                "Types de documents affichés", "Durée de vie d’un document (en jours)*",
                "Action lorsque des nouveaux documents sont mis à disposition dans le portail",
                "Une notification depuis le dernier login", "Une notification maximum par jour",
                "Aucune notification", "Mode d’envoi d’un document",
                "Documents envoyés dans le portail d’échange + notification",
                "Documents envoyés par mail sécurisé", "Ne pas envoyer les documents",
            ] { #expect(visitor.page.contains(label), "\(label)") }
            try await visitor.open("/profil/organisation")
            for label in [
                "Informations de votre organisation / cabinet", "Nom de l’organisation / cabinet",
                "Mail de l’organisation / cabinet", "Téléphone de l’organisation / cabinet",
            ] { #expect(visitor.page.contains(label), "\(label)") }
        }
    }

    @Test func `Each tab is saved, and shows what was saved`() async throws {
        try await favre { portal, visitor in
            try await visitor.open("/profil")
            try await visitor.submit(
                "/profil",
                identity(
                    visitor,
                    ["honorific": "Dr. Sc.", "phone": "0225550100", "specialities-394802001": "1"]))
            #expect(visitor.page.contains("Modifications enregistrées."))
            #expect(
                visitor.page.contains("value=\"+41 22 555 01 00\"")
                    && visitor.page.contains("Dr. Sc. Claire Favre"))
            try await visitor.open("/profil/organisation")
            try await visitor.submit(
                "/profil/organisation",
                [
                    "organizationName": "Cabinet du Quai", "organizationEmail": "info@quai.example",
                    "organizationPhone": "0033199000001", "version": visitor.hidden("version") ?? "",
                ])
            #expect(visitor.page.contains("Cabinet du Quai") && visitor.page.contains("+33 1 99 00 00 01"))
            try await visitor.open("/profil/adresses/nouvelle?genre=mailing")
            #expect(visitor.page.contains("value=\"mailing\" checked"))
            let address = [
                "kind": "mailing", "recipient": "", "street": "Rue des Tanneurs 12", "postalCode": "1205",
                "city": "Genève", "country": "CH", "version": visitor.hidden("version") ?? "",
            ]
            try await visitor.submit("/profil/adresses/nouvelle", address)
            #expect(visitor.page.contains("Adresse enregistrée.") && visitor.page.contains("1205 Genève. CH"))
            let edit = try #require(visitor.links("/profil/adresses/").first { !$0.contains("nouvelle") })
            try await visitor.open(edit)
            try await visitor.submit(
                edit,
                address.merging(["street": "Quai 1", "version": visitor.hidden("version") ?? ""]) { $1 })
            #expect(visitor.page.contains("Quai 1") && !visitor.page.contains("Tanneurs"))
            try await visitor.submit(edit + "/supprimer", ["version": visitor.hidden("version") ?? ""])
            #expect(visitor.page.contains("Adresse supprimée."))
            try await visitor.open("/accueil")
            #expect(!visitor.page.contains("Complétez votre profil"))
            #expect(try await portal.events().filter { $0 == "profileChanged" }.count == 5)
        }
    }

    @Test func `What is wrong is said at the field and in the summary, and what was typed stays`()
        async throws
    {
        try await favre { _, visitor in
            try await visitor.open("/profil")
            try await visitor.submit(
                "/profil",
                identity(
                    visitor, ["familyName": " ", "phone": "079-000-00-01", "honorific": "<script>x</script>"])
            )
            #expect(visitor.status == .unprocessableContent)
            #expect(visitor.page.contains("Il y a 2 erreurs"))
            #expect(visitor.page.contains("href=\"#familyName\"") && visitor.page.contains("href=\"#phone\""))
            #expect(visitor.page.contains("value=\"079-000-00-01\""))
            #expect(visitor.page.contains("value=\"&lt;script&gt;x&lt;/script&gt;\""))
            #expect(!visitor.page.contains("<script>x"))
            #expect(visitor.page.contains("<title>Erreur\u{A0}: "))
        }
    }

    @Test func `A form that is older than what is saved is told so and keeps what was typed`() async throws {
        try await favre { _, visitor in
            try await visitor.open("/profil/organisation")
            let old = visitor.hidden("version") ?? ""
            let form = ["organizationEmail": "", "organizationPhone": "", "version": old]
            try await visitor.submit(
                "/profil/organisation", form.merging(["organizationName": "Cabinet du Quai"]) { $1 })
            try await visitor.submit(
                "/profil/organisation", form.merging(["organizationName": "Cabinet du Mont"]) { $1 })
            #expect(visitor.status == .conflict)
            #expect(visitor.page.contains("modifiées entre-temps"))
            #expect(
                visitor.page.contains("value=\"Cabinet du Mont\"") && visitor.page.contains("Cabinet du Quai")
            )
            try await visitor.submit(
                "/profil/organisation",
                form.merging([
                    "organizationName": "Cabinet du Mont", "version": visitor.hidden("version") ?? "",
                ]) { $1 })
            #expect(visitor.status == .ok && visitor.page.contains("Modifications enregistrées."))
        }
    }

    /// Class 43 of the security document: fields that the form does not have.
    @Test func `Fields that do not belong to a form change nothing`() async throws {
        try await favre { portal, visitor in
            let before = try await portal.practitioner("7601099000013")
            try await visitor.open("/profil")
            let extra = [
                "email": "evil@example.org", "gln": "7601999000014", "role": "portalAdmin", "state": "closed",
                "mobile": "+41790000009", "account_id": "x", "accountID": "x", "lifetimeDays": "3650",
                "deliveryMode": "none", "notificationEmail": "evil@example.org", "source": "register",
                "isStopConfirmed": "1", "specialities-1": "1", "specialities": "394802001",
                "passwordHash": "x",
            ]
            try await visitor.submit("/profil", identity(visitor, extra))
            #expect(visitor.status == .ok)
            try await visitor.open("/profil/organisation")
            try await visitor.submit(
                "/profil/organisation",
                extra.merging(
                    [
                        "organizationName": before.practice, "organizationEmail": "", "organizationPhone": "",
                        "version": visitor.hidden("version") ?? "",
                    ]) { $1 })
            #expect(visitor.status == .ok)
            let after = try await portal.practitioner("7601099000013")
            #expect("\(before)" == "\(after)")
            #expect(
                try await portal.rows(
                    """
                    account WHERE email = 'claire.favre@cabinet-lac.example' AND role = 'practitioner'
                      AND state = 'active' AND mobile = '+41790000001'
                    """) == 1)
            #expect(try await portal.rows("practitioner_speciality") == 0)
        }
    }
}
