import Access
import Demo
import Dispatches
import Documents
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

/// An assistant works in a doctor's space, with an account of her own: from the offer to its end.
@Suite struct AssistantJourneyTests {
    @Test func `Sandra Rochat reads for Dre Favre, under her own name, until the delegation ends`()
        async throws
    {
        // Given a doctor with a letter, and her assistant, each with an account of her own
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.9"), portal.recordSystem())
        let letter = "/documents/\(published.document.id.rawValue)"

        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            let rochat = Visitor(client)
            let benali = Visitor(client)

            // When the doctor offers a delegation to read
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil/delegations/nouvelle")
            try await favre.submit(
                "/profil/delegations/nouvelle",
                ["email": "Sandra.Rochat@cabinet-lac.example", "droit-read": "oui", "fin": "31.12.2027"])
            #expect(favre.address.hasPrefix("/profil/delegations?fait="))
            #expect(favre.page.contains("Mme Sandra Rochat") && favre.page.contains("Proposée"))

            // Then the assistant is told, and opens nothing yet
            try await portal.deliver()
            let mail = try #require(portal.messages.all.first { $0.to == DemoPeople.rochat.account.email })
            #expect(mail.subject.contains("délégation") && !mail.text.contains("Favre"))
            try await rochat.signIn(DemoPeople.rochat, at: portal)
            #expect(rochat.address == "/connexion/espace")
            #expect(rochat.page.contains("Aucune délégation active"))
            try await rochat.open(letter)
            #expect(rochat.address.hasPrefix("/connexion/espace"))

            // When she accepts, it waits for the portal team
            try await rochat.open("/profil/delegations")
            let accept = try #require(rochat.actions("/accepter").first)
            try await rochat.submit(accept, [:])
            #expect(rochat.page.contains("En attente de validation"))
            try await rochat.open("/accueil")
            #expect(rochat.address == "/connexion/espace", "accepted is not in force")

            // When the team activates it, both are told, and she chooses the space
            try await benali.signIn(DemoPeople.benali, at: portal, to: "/admin/delegations")
            #expect(benali.page.contains("Mme Sandra Rochat"))
            let confirm = try #require(benali.actions("/activer").first)
            try await benali.submit(confirm, [:])
            #expect(benali.status == .ok)
            try await portal.deliver()
            let told = portal.messages.all.filter { $0.subject.contains("est active") }.map(\.to)
            #expect(Set(told) == [DemoPeople.favre.account.email, DemoPeople.rochat.account.email])
            try await rochat.open("/accueil")
            let before = rochat.cookie(rochat.sessionCookie)
            try await rochat.submit(
                "/connexion/espace", ["principal": try #require(rochat.hidden("principal"))])
            #expect(rochat.address == "/accueil")
            #expect(rochat.cookie(rochat.sessionCookie) != before, "a new token with the new space (SES-3)")

            // Then she reads as she is, for whom she is: in sight, in the title, in the trail
            #expect(rochat.page.contains("Vous agissez pour <b>Dre Claire Favre</b>"))
            #expect(rochat.page.contains("<title>(1) Pour Dre Claire Favre – Accueil"))
            try await rochat.open(letter)
            #expect(rochat.status == .ok && rochat.page.contains("Jaquet"))
            try await rochat.open("\(letter)/acces")
            #expect(rochat.page.contains("Mme Sandra Rochat") && rochat.page.contains("Pour qui"))

            // And the doctor sees what was done in her name
            try await favre.open("/documents?vue=nonlus")
            #expect(!favre.page.contains("<title>(1)"), "it was read for her")
            try await favre.open("/profil/delegations/activite")
            #expect(favre.page.contains("Document ouvert") && favre.page.contains("Mme Sandra Rochat"))

            // When the doctor ends it, the assistant reads nothing more, from the next request on
            try await favre.open("/profil/delegations")
            try await favre.submit(try #require(favre.actions("/terminer").first), [:])
            #expect(favre.page.contains("Terminée"))
            for address in [letter, "\(letter)/fichier", "\(letter)/pages/1", "/documents", "/accueil"] {
                try await rochat.open(address)
                #expect(rochat.address.hasPrefix("/connexion/espace"), "\(address) is still open")
                #expect(!rochat.page.contains("Jaquet"))
            }
        }

        let acts = try await portal.trail().filter { $0.event == "documentOpened" && $0.outcome == "success" }
        let act = try #require(acts.first)
        #expect(act.actorID != act.principalID && act.principalID != nil && act.delegationID != nil)
    }

    @Test
    func `Who works for two doctors chooses at each sign-in, and a form of one space writes in no other`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre, DemoPeople.jeanneret])
        try await portal.application.test(.router) { client in
            let rochat = Visitor(client)
            try await rochat.signIn(DemoPeople.rochat, at: portal, to: "/documents")
            #expect(rochat.address == "/connexion/espace?retour=/documents", "DEL-07")
            #expect(rochat.page.contains("Sous quelle responsabilité vous connectez-vous"))
            let choices = rochat.values("principal")
            #expect(choices.count == 2)
            try await rochat.submit("/connexion/espace", ["principal": choices[0], "retour": "/documents"])
            #expect(rochat.address == "/documents" && rochat.page.contains("Vous agissez pour"))

            // a form stays open in one tab while another tab changes the space
            let old = try #require(rochat.hidden("_jeton"))
            try await rochat.open("/delegation")
            try await rochat.submit("/connexion/espace", ["principal": choices[1]])
            try await rochat.submit("/apparence", ["theme": "dark", "_jeton": old])
            #expect(rochat.status == .conflict)
            #expect(rochat.page.contains("Ce formulaire appartient à un autre espace"))

            // nobody else's space can be entered by naming it
            let stranger = try await portal.signIn(DemoPeople.monnier).accountID.rawValue
            try await rochat.open("/delegation")
            try await rochat.submit("/connexion/espace", ["principal": stranger])
            #expect(rochat.address == "/connexion/espace?fin=1")
            #expect(try await portal.refusals().contains("delegation.notFound"))
        }
    }
}
