import Access
import Crypto
import Demo
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// A doctor lets the software of her practice read her letters, and takes that back.
@Suite struct PracticeSoftwareJourneyTests {
    @Test func `She registers it with its public key, reads its identifier, and ends it`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/profil")
            #expect(favre.links("/profil/logiciels") == ["/profil/logiciels"])
            try await favre.open("/profil/logiciels")
            #expect(favre.page.contains("Aucun logiciel n’est enregistré."))
            #expect(favre.page.contains("https://portail.hul.example/oauth/token"))
            try await favre.submit("/profil/logiciels", ["nom": "Logiciel <b>du</b> cabinet", "cle": "rien"])
            #expect(favre.status == .unprocessableContent)
            #expect(favre.page.contains("Cette clé ne peut pas être utilisée."))
            #expect(!favre.page.contains("<b>du</b>"))
            let key = P384.Signing.PrivateKey().publicKey.pemRepresentation
            try await favre.submit("/profil/logiciels", ["nom": "Logiciel du cabinet", "cle": key])
            #expect(favre.page.contains("Logiciel enregistré."))
            #expect(try await portal.accountNotices() == ["softwareAdded"])
            let end = try #require(favre.actions("/retirer").first)
            let id = try #require(end.split(separator: "/").dropLast().last)
            #expect(favre.page.contains("<code>\(id)</code>"))

            let jeanneret = Visitor(client)
            try await jeanneret.signIn(DemoPeople.jeanneret, at: portal, to: "/profil/logiciels")
            try await jeanneret.submit(end, [:])
            #expect(jeanneret.status == .notFound)

            try await favre.open("/profil/logiciels")
            try await favre.submit(end, [:])
            #expect(favre.page.contains("Logiciel retiré.") && favre.actions("/retirer").isEmpty)
            #expect(try await portal.rows("client WHERE state = 'active' AND id LIKE 'soft-%'") == 0)

            portal.time.advance(minutes: 11)
            try await favre.submit("/profil/logiciels", ["nom": "Encore un", "cle": key])
            #expect(favre.address.hasPrefix("/profil/securite/verification"), "the proof is too old")
        }
    }
}
