import Demo
import Dispatches
import Documents
import HTTPTypes
import HummingbirdTesting
import Storage
import TestSupport
import Testing

/// A letter that an assistant has opened is not called read by the doctor, who has not seen it.
@Suite struct ReadForAnotherJourneyTests {
    private func enter(_ visitor: Visitor) async throws {
        guard let principal = visitor.hidden("principal") else { return }
        try await visitor.submit("/connexion/espace", ["principal": principal, "retour": "/documents"])
    }

    @Test func `List and document name who opened it first, until the doctor has seen it herself`()
        async throws
    {
        // Given a letter, and an assistant who may read for Dre Favre
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.91"), portal.recordSystem())
        let letter = "/documents/\(published.document.id.rawValue)"
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre])
        try await portal.application.test(.router) { client in
            let (favre, rochat) = (Visitor(client), Visitor(client))
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            #expect(!favre.page.contains(">lu par"))

            // When the assistant opens it
            try await rochat.signIn(DemoPeople.rochat, at: portal, to: "/documents")
            try await enter(rochat)
            try await rochat.open(letter)
            #expect(rochat.page.contains("Ouvert par vous, pour Dre Claire Favre, aujourd’hui à"))
            #expect(!rochat.page.contains(">lu par"))

            // Then the page that the doctor has open is told by whom, and the assistant's nothing of others
            let asked = "\(letter)/lecteur"
            #expect(try await favre.open(asked) == #"{"nom":"S. Rochat"}"#)
            #expect(favre.headers[.contentType] == "application/json")
            #expect(try await rochat.open(asked) == #"{"nom":""}"#)
            let jeanneret = Visitor(client)
            try await jeanneret.signIn(DemoPeople.jeanneret, at: portal, to: asked)
            #expect(jeanneret.status == .notFound && !jeanneret.page.contains("Rochat"))

            // and so is the list that was drawn before
            try await favre.open("/documents")
            #expect(favre.page.contains(">lu par S. Rochat"))
            try await favre.open(letter)
            #expect(favre.page.contains("Ouvert par Mme Sandra Rochat, pour vous, aujourd’hui à"))
            #expect(!favre.page.contains("Ouvert par vous"))

            // And once she has opened it, only the document says who was the first
            #expect(try await favre.open(asked) == #"{"nom":""}"#)
            try await favre.open("/documents")
            #expect(!favre.page.contains(">lu par"))
            try await favre.open(letter)
            #expect(favre.page.contains("Ouvert par Mme Sandra Rochat, pour vous"))
        }
    }

    @Test func `What she opened herself is hers, and what nobody noted is nobody's`() async throws {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.92"), portal.recordSystem())
        let letter = "/documents/\(published.document.id.rawValue)"
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre])
        try await portal.application.test(.router) { client in
            let (favre, rochat) = (Visitor(client), Visitor(client))
            try await favre.signIn(DemoPeople.favre, at: portal, to: letter)
            #expect(favre.page.contains("Ouvert par vous aujourd’hui à"))
            try await rochat.signIn(DemoPeople.rochat, at: portal, to: "/documents")
            try await enter(rochat)
            try await rochat.open(letter)
            #expect(rochat.page.contains("Ouvert par Dre Claire Favre aujourd’hui à"))
            try await favre.open("/documents")
            #expect(!favre.page.contains(">lu par"))

            // opened before the portal kept by whom
            try await portal.tamper("UPDATE document_reader SET opened_by = NULL, own_opened_at = NULL")
            try await favre.open(letter)
            #expect(favre.page.contains("Ouvert aujourd’hui à"))
        }
    }

    @Test func `The service learns who opened it, and for whom`() async throws {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.93"), portal.recordSystem())
        let id = published.document.id
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre])
        try await portal.application.test(.router) { client in
            let (rochat, chappuis) = (Visitor(client), Visitor(client))
            try await rochat.signIn(DemoPeople.rochat, at: portal, to: "/documents")
            try await enter(rochat)
            try await rochat.open("/documents/\(id.rawValue)")
            try await chappuis.signIn(
                DemoPeople.chappuis, at: portal, to: "/service/envois/\(id.rawValue)")
            #expect(chappuis.page.contains(", par Mme Sandra Rochat pour Dre Claire Favre"))
        }
    }
}
