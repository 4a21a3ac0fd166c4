import Access
import Demo
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// A doctor has lost her telephone and proved anew who she is: two people of the team take her second factors away.
@Suite struct FactorResetJourneyTests {
    @Test func `One proposes on the page of the account, another person approves there`() async throws {
        let portal = try await TestPortal { $0.recoveryDelayHours = 0 }
        try await portal.movePeopleIn()
        let favre = try await portal.id(of: DemoPeople.favre)
        let page = "/admin/comptes/\(favre.rawValue)"
        try await portal.application.test(.router) { client in
            let benali = Visitor(client)
            try await benali.signIn(DemoPeople.benali, at: portal, to: page)
            try await benali.submit(page + "/facteurs", [:])
            #expect(benali.page.contains("Réinitialisation proposée."))
            #expect(!benali.page.contains("Approuver la réinitialisation"))
            try await benali.submit(page + "/facteurs", [:])
            #expect(benali.status == .unprocessableContent && benali.page.contains("déjà proposée"))
            let own = try #require(
                try await portal.access.openFactorResets(portal.holder(DemoPeople.benali)).first?.reset.id)
            try await benali.submit(page + "/facteurs/approuver", ["demande": own.rawValue])
            #expect(benali.status == .forbidden && benali.page.contains("Une autre personne doit approuver"))
            #expect(try await portal.rows("account WHERE mobile IS NULL AND id = \(favre)") == 0)

            let perret = Visitor(client)
            try await perret.signIn(DemoPeople.perret, at: portal, to: "/connexion")
            #expect(perret.address == "/admin", "where the team arrives")
            #expect(perret.links(page) == [page], "the dashboard leads there")
            try await perret.open(page)
            let proposal = try #require(perret.hidden("demande"))
            try await perret.submit(page + "/facteurs/approuver", ["demande": "0"])
            #expect(perret.status == .notFound, "what was not read is not approved")
            try await perret.open(page)
            try await perret.submit(page + "/facteurs/approuver", ["demande": proposal])
            #expect(perret.page.contains("Seconds facteurs retirés."))
            #expect(try await portal.rows("account WHERE mobile IS NULL AND id = \(favre)") == 1)
        }
    }
}
