import Access
import Demo
import Dispatches
import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// Dre Favre searches, and keeps what she searches for as a view; no name stands in an address.
@Suite struct SearchJourneyTests {
    private func shelf() async throws -> TestPortal {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("1", "Jaquet", "Hélène", born: "1958-03-14", .female)
        let other = try await shelf.patient("2", "Jaquet", "Hélène", born: "1990-05-01", .female)
        let morel = try await shelf.patient("3", "Morel", "Pascal", born: "1971-11-02", .male)
        try await shelf.add("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa01", about: jaquet)
        try await shelf.add("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa02", about: other)
        try await shelf.add("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa03", about: morel, type: "4201000179104")
        return portal
    }

    @Test func `A search finds by name, date and type, and its address says nothing`() async throws {
        let portal = try await shelf()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            for (words, count) in [
                ("helene", 2), ("14.3.58", 1), ("imagerie morel", 1), ("imagerie helene", 0),
            ] {
                try await favre.submit("/documents/recherche", ["q": words])
                #expect(favre.address.hasPrefix("/documents?r="), "\(words)")
                #expect(!favre.address.contains(words.prefix(4)) && favre.page.contains("value=\"\(words)\""))
                #expect(favre.links("/documents/aaaaaaaa").count == count, "\(words)")
            }
            // the same length whatever was typed, and nothing for somebody else
            try await favre.submit("/documents/recherche", ["q": "x"])
            let short = favre.address.utf8.count
            try await favre.submit("/documents/recherche", ["q": String(repeating: "é", count: 60)])
            #expect(favre.address.utf8.count == short)
            try await favre.submit("/documents/recherche", ["q": "Jaquet"])
            let address = favre.address
            let other = Visitor(client)
            try await other.signIn(DemoPeople.jeanneret, at: portal, to: "/documents")
            try await other.open(address)
            #expect(other.status == .ok && !other.page.contains("Jaquet"))
            try await favre.open("/documents?q=Jaquet")
            #expect(favre.links("/documents/aaaaaaaa").count == 3, "a name in an address is not read")
        }
    }

    @Test func `Patients of one name are told apart`() async throws {
        let portal = try await shelf()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/patients")
            try await favre.submit("/patients/recherche", ["q": "jaq hel"])
            #expect(favre.address.hasPrefix("/patients?r="))
            #expect(favre.page.contains("2 patientes portent ce nom"))
            #expect(favre.links("/patients/").count == 2)
            try await favre.open(favre.links("/patients/")[0])
            #expect(favre.page.contains("2 patientes portent ce nom"))
        }
    }

    @Test func `A view is saved, opens first, and is shared or not`() async throws {
        let portal = try await shelf()
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre])
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            try await favre.submit("/documents/recherche", ["q": "morel", "vue": "nonlus"])
            try await favre.open(favre.links("/documents/vues")[0])
            let fields = ["r": favre.hidden("r") ?? "", "vue": favre.hidden("vue") ?? ""]
            try await favre.submit("/documents/vues", fields.merging(["nom": "  "]) { $1 })
            #expect(favre.status == .unprocessableContent && favre.page.contains("Donnez un nom"))
            try await favre.submit(
                "/documents/vues", fields.merging(["nom": "M. Morel", "defaut": "oui"]) { $1 })
            #expect(favre.page.contains("Vue enregistrée.") && favre.page.contains("morel"))
            try await favre.open("/documents")
            #expect(favre.address.hasPrefix("/documents?vue=nonlus&r="))
            #expect(favre.links("/documents/aaaaaaaa").count == 1)
            #expect(favre.page.contains("aria-current=\"true\">M. Morel</a>"))
            try await favre.open("/documents?vue=tous")
            #expect(favre.links("/documents/aaaaaaaa").count == 3)

            let rochat = Visitor(client)
            try await rochat.signIn(DemoPeople.rochat, at: portal, to: "/documents")
            if let principal = rochat.hidden("principal") {
                try await rochat.submit(
                    "/connexion/espace", ["principal": principal, "retour": "/documents"])
            }
            #expect(!rochat.page.contains("M. Morel"))
            try await favre.open("/documents/vues")
            let form = try #require(favre.actions("/supprimer").first)
            try await favre.submit(
                String(form.dropLast("/supprimer".count)), ["nom": "M. Morel", "partage": "oui"])
            try await rochat.open("/documents")
            #expect(rochat.page.contains(">M. Morel</a>") && !rochat.page.contains("Enregistrer cette vue"))
            try await rochat.open("/documents/vues")
            #expect(rochat.status == .forbidden)
            try await favre.submit(form, [:])
            #expect(favre.page.contains("Aucune vue enregistrée."))
            #expect(
                try await portal.texts("detail", "SELECT detail FROM audit_event WHERE event = 'viewSaved'")
                    .sorted() == ["changed", "new", "removed"])
        }
    }

    @Test func `The keys are switched on and off on their page`() async throws {
        let portal = try await shelf()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/raccourcis")
            #expect(favre.page.contains("Les raccourcis sont activés"))
            try await favre.submit("/raccourcis", ["raccourcis": "non"])
            #expect(favre.page.contains("Les raccourcis sont désactivés"))
            #expect(try await favre.open("/documents").contains("data-keys=\"off\""))
        }
    }
}
