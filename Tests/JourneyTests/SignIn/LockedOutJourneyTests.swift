import Access
import Demo
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// Somebody who knows the doctor's address types wrong passwords all day, from many places. She works on.
@Suite struct LockedOutJourneyTests {
    /// Wrong passwords through the page, each from another network.
    private func attack(_ client: any TestClientProtocol, times: Int) async throws {
        for number in 0..<times {
            let stranger = Visitor(client, from: "198.51.\(number / 250).\(number % 250)")
            try await stranger.open("/connexion")
            try await stranger.submit(
                "/connexion", ["email": DemoPeople.favre.account.email, "password": "Pas-le-bon-mot"])
            #expect(stranger.status == .unprocessableContent)
        }
    }

    private func isWaiting(_ visitor: Visitor) async throws -> Bool {
        try await visitor.open("/connexion")
        try await visitor.submit(
            "/connexion",
            ["email": DemoPeople.favre.account.email, "password": DemoPeople.favre.password])
        return visitor.page.contains("Trop d’essais")
    }

    @Test func `Her own browser and her own network let her in, a new place waits a minute`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.proxied().test(.router) { client in
            let own = Visitor(client, from: "192.0.2.10")
            try await own.signIn(DemoPeople.favre, at: portal)
            #expect(own.page.contains("Se déconnecter"))
            let remembered = try #require(own.cookie("__Host-navigateur"))
            portal.time.advance(minutes: 21)
            try await attack(client, times: 30)

            let elsewhere = Visitor(client, from: "203.0.113.9")
            #expect(
                try await isWaiting(elsewhere), "a browser that nobody knows, at a place that nobody knows")
            let carried = Visitor(client, from: "203.0.113.9")
            carried.set(cookie: "__Host-navigateur", remembered)
            #expect(try await !isWaiting(carried), "her own computer, on the way")
            let fresh = Visitor(client, from: "192.0.2.10")
            #expect(try await !isWaiting(fresh), "another browser at her practice")

            portal.time.advance(minutes: 1)
            let patient = Visitor(client, from: "203.0.113.9")
            #expect(try await !isWaiting(patient), "and it is a minute, not a day")
        }
    }

    @Test func `The cookie of the browser opens nothing, and goes with no page but the sign-in`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let own = Visitor(client)
            try await own.signIn(DemoPeople.favre, at: portal)
            let thief = Visitor(client)
            thief.set(cookie: "__Host-navigateur", try #require(own.cookie("__Host-navigateur")))
            try await thief.open("/accueil")
            #expect(thief.address.hasPrefix("/connexion"))
            #expect(!thief.page.contains("Favre"))
        }
    }

    @Test func `Who must wait fills neither the trail nor the day of the one who reads it`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let stranger = Visitor(client)
            try await stranger.open("/connexion")
            for _ in 0..<60 {
                try await stranger.submit(
                    "/connexion", ["email": DemoPeople.favre.account.email, "password": "Pas-le-bon-mot"])
            }
            #expect(stranger.page.contains("Trop d’essais"))
        }
        portal.time.advance(minutes: 2)
        try await portal.access.recordRepetitions()
        #expect(
            try await portal.refusals()
                == Array(repeating: "signIn.wrongPair", count: 5) + ["signIn.wait", "signIn.wait"])
        #expect(try await portal.rows("audit_event WHERE detail = 'repeated=54'") == 1)
    }

    @Test func `« Recommencer » ends the sign-in that waits, on the server too`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.open("/connexion?retour=/documents")
            try await visitor.submit(
                "/connexion",
                [
                    "email": DemoPeople.favre.account.email, "password": DemoPeople.favre.password,
                    "retour": "/documents",
                ])
            #expect(visitor.page.contains("Recommencer la connexion"))
            let token = try #require(visitor.cookie("__Host-session"))
            let code = try await portal.newestCode(to: "+41790000001")
            try await visitor.submit("/connexion/recommencer", ["retour": "/documents"])
            #expect(visitor.address == "/connexion?retour=/documents")
            #expect(visitor.cookie("__Host-session") == nil)
            #expect(visitor.page.contains("Mot de passe"))

            let thief = Visitor(client)
            thief.set(cookie: "__Host-session", token)
            try await thief.open("/connexion/code")
            #expect(thief.address == "/connexion?retour=/connexion/code")
            let origin = RequestOrigin(address: "", userAgent: "", requestID: "", node: "test")
            guard
                case .sessionEnded = try await portal.access.signIn(code: code, token: token, origin: origin)
            else { throw TestFailure("the code still opens it") }
        }
        #expect(try await portal.events().suffix(2).first == "sessionEnded")
    }
}
