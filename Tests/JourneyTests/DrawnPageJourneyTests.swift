import Demo
import Documents
import Hummingbird
import HummingbirdTesting
import Portal
import Storage
import TestSupport
import Testing

/// A list that was drawn before is the same page again, with the tokens of who asks and with nothing that is out of
/// date.
@Suite struct DrawnPageJourneyTests {
    @Test func `Two browsers of one person see one page, each with forms of its own`() async throws {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("1", "Jaquet", "Hélène", born: "1958-03-14", .female)
        try await shelf.add(String(repeating: "0", count: 31) + "1", about: jaquet, type: "373942005")
        try await portal.application.test(.router) { client in
            let practice = Visitor(client)
            let home = Visitor(client)
            try await practice.signIn(DemoPeople.favre, at: portal)
            try await home.signIn(DemoPeople.favre, at: portal)
            var tokens: Set<String> = []
            for visitor in [practice, home, practice, home] {
                try await visitor.open("/documents")
                #expect(visitor.page.contains("Jaquet"))
                let ones = Set(visitor.values("_jeton"))
                #expect(ones.count == 1)
                tokens.formUnion(ones)
            }
            #expect(tokens.count == 4)
            // one for both, where lists are remembered
            #expect(portal.site.drawnPages.count == (portal.database.revision(of: .lists) == nil ? 0 : 1))

            // each page's forms are its own browser's: another's do nothing
            let others = practice.hidden("_jeton") ?? ""
            try await home.submit("/apparence", ["theme": "dark", "retour": "/documents", "_jeton": others])
            #expect(home.status == .forbidden)
            try await home.open("/documents")
            try await home.submit("/apparence", ["theme": "dark", "retour": "/documents"])
            #expect(home.status == .ok)
            #expect(home.page.contains("data-theme=\"dark\""))
            try await practice.open("/documents")
            #expect(!practice.page.contains("data-theme=\"dark\""))

            // what has come in since is there at once
            try await shelf.add(String(repeating: "0", count: 31) + "2", about: jaquet, type: "4241000179101")
            for visitor in [home, practice] {
                try await visitor.open("/documents")
                #expect(visitor.links("/documents/\(String(repeating: "0", count: 31))2").isEmpty == false)
            }

            // and what may not be read any more is not, nor by who has signed out
            try await portal.tamper(
                "UPDATE document_reader SET expires_at = 1 WHERE document_id LIKE '%1'")
            for visitor in [home, practice] {
                try await visitor.open("/documents")
                #expect(visitor.links("/documents/\(String(repeating: "0", count: 31))1").isEmpty)
            }
            try await home.submit("/deconnexion", [:])
            try await home.open("/documents")
            #expect(!home.page.contains("Jaquet"))
            try await practice.open("/documents")
            #expect(practice.page.contains("Jaquet"))
        }
    }
}
