import Access
import Demo
import Dispatches
import Documents
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

/// Links that lead to a document of another space of the same person.
@Suite struct OtherSpaceJourneyTests {
    @Test func `A link of another space says whose it is, and one click leads there`() async throws {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.77"), try await portal.recordSystem())
        let path = "/documents/\(published.document.id.rawValue)"
        try await portal.delegate(
            to: DemoPeople.rochat, from: [DemoPeople.favre, DemoPeople.jeanneret])
        let jeanneret = try await portal.id(of: DemoPeople.jeanneret).rawValue
        try await portal.application.test(.router) { client in
            let rochat = Visitor(client)
            try await rochat.signIn(DemoPeople.rochat, at: portal, to: "/connexion/espace")
            try await rochat.submit("/connexion/espace", ["principal": jeanneret])
            try await rochat.open(path)
            #expect(rochat.status == .notFound && !rochat.page.contains("Jaquet"))
            #expect(rochat.page.contains("Il se lit dans celui de Dre Claire Favre"))

            try await rochat.submit(
                "/connexion/espace",
                ["principal": rochat.hidden("principal") ?? "", "retour": rochat.hidden("retour") ?? ""])
            #expect(rochat.address == path && rochat.status == .ok)
            #expect(rochat.page.contains("Jaquet"))

            // what is in none of her spaces is like what does not exist
            try await rochat.open("/documents/\(String(repeating: "0", count: 32))")
            #expect(rochat.status == .notFound && rochat.page.contains("Page introuvable"))
        }
        #expect(try await portal.refusals().contains("document.notFound"), "the attempt is traced")
    }
}
