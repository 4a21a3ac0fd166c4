import Access
import Demo
import Dispatches
import Documents
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

/// The life of a letter as its reader sees it: the date, the warning, the extension, the end, and the way to get it again.
@Suite struct ExpiryJourneyTests {
    @Test func `A letter comes near its end, is extended once, expires, and is asked for again`() async throws
    {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3"), try await portal.recordSystem())
        let path = "/documents/\(published.document.id.rawValue)"
        try await portal.deliver()
        try await portal.application.test(.router) { client in
            // Three days before its end the list and the page say so
            portal.time.advance(days: 97)
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            #expect(favre.page.contains("Expire dans 3 jours"))
            try await favre.open(path)
            #expect(favre.page.contains("Expire dans 3 jours"))
            #expect(favre.page.contains("disponible jusqu’au 28.02.2027"))

            // She extends it, once
            #expect(favre.actions("/prolonger") == ["\(path)/prolonger"])
            try await favre.submit("\(path)/prolonger", [:])
            #expect(favre.page.contains("Durée prolongée"))
            #expect(favre.page.contains("disponible jusqu’au 08.06.2027"))
            #expect(favre.actions("/prolonger").isEmpty)
            try await favre.submit("\(path)/prolonger", [:])
            #expect(favre.page.contains("a déjà été prolongé"))

            // A hundred days later it is over: the page says when, and keeps the way to get it again
            portal.time.advance(days: 103)
            try await portal.documents.endLives()
            let later = Visitor(client)
            try await later.signIn(DemoPeople.favre, at: portal, to: path)
            #expect(later.status == .gone)
            #expect(later.page.contains("Ce document a expiré le 08.06.2027"))
            #expect(!later.page.contains("\(path)/pages/1"))
            try await later.open("/documents")
            #expect(later.links("/documents/").isEmpty)
            try await later.open("\(path)/fichier")
            #expect(later.status == .gone)
            try await later.open(path)
            try await later.submit("\(path)/demander", [:])
            #expect(later.page.contains("Nouvelle mise à disposition demandée"))
            #expect(later.actions("/demander").isEmpty)

            // Somebody else learns nothing of it
            let jeanneret = Visitor(client)
            try await jeanneret.signIn(DemoPeople.jeanneret, at: portal, to: path)
            #expect(jeanneret.status == .notFound)
        }
        let wishes = try await portal.dispatches.askedAgain(portal.serviceMember())
        #expect(wishes.map(\.document.id) == [published.document.id])
    }

    @Test func `A wish that nobody of a service sees is on the portal team's list until somebody does`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.4"), try await portal.recordSystem())
        let path = "/documents/\(published.document.id.rawValue)"
        let member = try await portal.id(of: DemoPeople.chappuis).rawValue
        portal.time.advance(days: 100)
        try await portal.documents.endLives()
        try await portal.application.test(.router) { client in
            // Given a service whose only member has left
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/services")
            for form in benali.actions("/membres/retirer") {
                try await benali.submit(form, ["compte": member])
                try await benali.open("/admin/services")
            }

            // When the reader asks, she is told that nobody sees it yet, and to call
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: path)
            #expect(favre.page.contains("Personne de ce service ne suit encore les demandes"))
            try await favre.submit("\(path)/demander", [:])
            #expect(!favre.page.contains("Demande envoyée au service"))
            #expect(favre.page.contains("Personne du service ne la voit encore"))

            // Then the team sees that something waits, of which service, and nothing else
            try await benali.open("/admin")
            #expect(benali.page.contains("1 demande que personne ne voit"))
            try await benali.open("/admin/services")
            #expect(benali.page.contains("Demandes que personne ne voit"))
            #expect(!benali.page.contains("Jaquet") && !benali.page.contains("Lettre de sortie"))
            #expect(!benali.page.contains("Favre"))

            // And once there is a member again, it is hers
            let form = try #require(benali.actions("/membres").first)
            try await benali.submit(form, ["email": DemoPeople.chappuis.account.email])
            #expect(!benali.page.contains("Demandes que personne ne voit"))
            let chappuis = Visitor(client)
            try await chappuis.signIn(DemoPeople.chappuis, at: portal, to: "/service/envois")
            #expect(chappuis.page.contains("Nouvelles mises à disposition (1)"))
            #expect(chappuis.page.contains("1 demande attend"))
        }
    }
}
