import Access
import Demo
import Documents
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Portal

/// The search of `/service/envois`, as somebody of a service uses it.
@Suite struct SendingsSearchTests {
    /// Fifty-two letters about two patients, of whom one has a single one.
    private func shelf() async throws -> TestPortal {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        let morel = try await shelf.patient("000412099", "Morel", "Pascal", born: "1971-11-02", .male)
        for number in 0..<52 {
            portal.time.advance(seconds: 1)
            let name = String(repeating: "a", count: 30) + (number < 10 ? "0" : "") + String(number)
            try await shelf.add(name, about: number == 7 ? morel : jaquet)
        }
        return portal
    }

    @Test func `A search finds by name, its address says nothing, and paging keeps it`() async throws {
        let portal = try await shelf()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            #expect(chappuis.page.contains("52 envois"))
            #expect(chappuis.links("/service/envois/aaaa").count == 50)
            // When she looks for one patient
            try await chappuis.submit("/service/envois/recherche", ["q": "morel 2.11.71"])
            #expect(chappuis.address.hasPrefix("/service/envois?r=") && !chappuis.address.contains("morel"))
            #expect(chappuis.page.contains("1 envoi ") && chappuis.page.contains("Effacer les filtres"))
            #expect(chappuis.links("/service/envois/aaaa").count == 1)
            // and for the other, page after page
            try await chappuis.submit(
                "/service/envois/recherche", ["q": " HÉLÈNE ", "du": "20.11.2026", "au": "20.11.2026"])
            #expect(chappuis.page.contains("51 envois") && chappuis.page.contains("value=\"HÉLÈNE\""))
            #expect(chappuis.links("/service/envois/aaaa").count == 50)
            let next = try #require(chappuis.links("/service/envois?").first { $0.contains("avant=") })
            #expect(next.contains("r=") && next.contains("du=20.11.2026"))
            try await chappuis.open(next)
            #expect(chappuis.links("/service/envois/aaaa").count == 1)
            #expect(chappuis.page.contains("51 envois") && !chappuis.page.contains("Morel"))
            // Then nobody else reads her words from the address
            let other = Visitor(client)
            let member = try await portal.otherMember()
            try await other.signIn(member, at: portal, to: "/service/envois")
            try await other.open(next)
            #expect(other.status == .ok && !other.page.contains("HÉLÈNE"))
            // and a name in an address is not read
            try await chappuis.open("/service/envois?q=Morel")
            #expect(chappuis.page.contains("52 envois"))
        }
    }

    @Test func `Nothing found is not nothing sent, and a wrong period is said at its field`() async throws {
        let portal = try await shelf()
        try await portal.application.test(.router) { client in
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            try await chappuis.submit("/service/envois/recherche", ["q": "monnier"])
            #expect(chappuis.page.contains("Aucun envoi pour cette recherche"))
            #expect(!chappuis.page.contains("Aucun envoi pour l’instant"))
            #expect(chappuis.page.contains("0 envoi"))
            // by hand by herself: nothing yet
            try await chappuis.submit("/service/envois/recherche", ["par": "moi"])
            #expect(chappuis.address == "/service/envois?par=moi")
            #expect(chappuis.page.contains("Aucun envoi pour cette recherche"))
            // a state nobody knows narrows nothing
            try await chappuis.open("/service/envois?etat=inconnu")
            #expect(chappuis.page.contains("52 envois"))
            try await chappuis.submit("/service/envois/recherche", ["du": "demain", "etat": "disponible"])
            #expect(chappuis.page.contains("Il y a une erreur"))
            #expect(chappuis.page.contains("Saisissez une date, par exemple 20.11.2026."))
            #expect(chappuis.page.contains("value=\"demain\""), "what was typed stays")
            try await chappuis.submit(
                "/service/envois/recherche", ["du": "20.11.2026", "au": "19.11.2026"])
            #expect(chappuis.page.contains("avant le début de la période"))
        }
    }
}
