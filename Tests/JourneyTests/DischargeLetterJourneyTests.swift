import Access
import Crypto
import Demo
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

/// The main job of the portal, as a story: a discharge letter travels from the hospital's record system to
/// the screen of the doctor whom the patient designated, and every step stands in the trail. Read this first.
@Suite struct DischargeLetterJourneyTests {
    @Test func `A discharge letter travels from the hospital to the doctor who was designated`() async throws
    {
        // Given a hospital whose record system is known, and Dre Favre, designated by Hélène Jaquet for her
        // stay
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let pdf = Letter.pdf("Lettre de sortie de Madame J")

        try await portal.application.test(.router) { client in
            // When the record system publishes the finalised letter (FHIR, IHE MHD ITI-105)
            let token = try await portal.recordSystemToken()
            let answer = try await client.execute(
                uri: "/fhir/DocumentReference", method: .post,
                headers: [.contentType: "application/fhir+json", .authorization: "Bearer \(token)"],
                body: ByteBuffer(
                    bytes: DemoMessage.documentReference(
                        of: pdf, master: "urn:oid:2.16.756.5.30.1.999.3.417", replaces: nil,
                        title: "Lettre de sortie – séjour du 12 au 19 novembre", recipient: DemoPeople.favre))
            )
            // Then it is acknowledged: sealed, stored, durable
            #expect(answer.status == .created)

            // And Dre Favre gets a notice that says nothing about the patient
            try await portal.deliver()
            let notice = try #require(portal.messages.all.first { $0.to == DemoPeople.favre.account.email })
            #expect(notice.subject.contains("nouveau document"))
            for word in ["Jaquet", "Hélène", "1958", "sortie", "Cardiologie", "412033"] {
                #expect(!notice.text.contains(word) && !notice.subject.contains(word))
            }

            // When she follows its link, she signs in with password and code, and lands where she wanted to
            // go
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents?vue=nonlus")
            #expect(favre.status == .ok)
            #expect(favre.address == "/documents?vue=nonlus")
            #expect(favre.page.contains("Jaquet Hélène"))
            #expect(favre.page.contains("<title>(1) Mes documents"))

            // And opens it: the page images and the text are there, and it is no longer unread
            let link = try #require(favre.links("/documents/").first)
            try await favre.open(link)
            let path = String(link.prefix { $0 != "?" })
            #expect(favre.page.contains("\(path)/pages/1"))
            #expect(favre.page.contains("Lettre de sortie de Madame J"))
            #expect(!favre.page.contains("<title>(1)"))
            #expect(try await client.execute(uri: "\(path)/pages/1", method: .get).status == .seeOther)
            try await favre.open("\(path)/pages/1")
            #expect(favre.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))

            // And downloads it byte for byte, whole and in part
            try await favre.open("\(path)/fichier?telecharger=1")
            #expect(favre.bytes == pdf)
            #expect(favre.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(favre.headers[.contentDisposition]?.contains("Jaquet") == false)
            try await favre.open("\(path)/fichier", headers: [.range: "bytes=5-9"])
            #expect(favre.status == .partialContent)
            #expect(favre.bytes == Array(pdf[5...9]))

            // And prints it
            try await favre.open("\(path)/imprimer")
            #expect(favre.page.contains("Imprimé le") && favre.page.contains("Dre Claire Favre"))

            // Then the hospital sees what became of it
            let id = String(path.split(separator: "/").last ?? "")
            let state = try await client.execute(
                uri: "/fhir/DocumentReference/\(id)", method: .get,
                headers: [.authorization: "Bearer \(token)"])
            #expect(String(buffer: state.body).contains("\"valueCode\":\"downloaded\""))

            // And she sees who did what with it
            try await favre.open("\(path)/acces")
            for words in ["Mis à disposition", "Ouvert", "Téléchargé", "Imprimé"] {
                #expect(favre.page.contains(words))
            }
        }

        // And the trail holds each step, whole and in order
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        let verdict = try await portal.access.verifyAudit(against: portal.checkpoints)
        guard case .sound(_, 1, 0) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        let events = try await portal.events()
        let expected = [
            "tokenIssued", "documentPublished", "noticeSent", "signInPassword", "codeSent", "signInCode",
            "documentSearched", "documentOpened", "documentDownloaded", "documentPrinted",
            "documentStateRead",
            "accessLogRead",
        ]
        for event in expected { #expect(events.contains(event), "\(event) is not in the trail") }
    }

    @Test func `A corrected letter takes the place of the old one, which stays to be found`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let system = try await portal.recordSystem()
        let first = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.1"), system)
        _ = try await portal.dispatches.publish(
            Letter.command(
                master: "urn:oid:1.2.2", words: "Lettre corrigee",
                replaces: .masterIdentifier("urn:oid:1.2.1")),
            system)

        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            #expect(favre.page.contains("Corrigé"))
            let links = Set(favre.links("/documents/").map { $0.prefix { $0 != "?" } })
            #expect(links.count == 1, "only the newest version is listed")
            try await favre.open(String(links.first ?? ""))
            #expect(favre.page.contains("/documents/\(first.document.id.rawValue)"), "the old one is linked")
            try await favre.open("/documents/\(first.document.id.rawValue)")
            #expect(favre.status == .ok)
            #expect(favre.page.contains("Ce document a été corrigé"))
        }
    }

    @Test
    func `Somebody else's document and an unknown one get the same answer, and both attempts are traced`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3"), portal.recordSystem())
        let foreign = published.document.id.rawValue
        let unknown = String(foreign.reversed())

        try await portal.application.test(.router) { client in
            let jeanneret = Visitor(client)
            try await jeanneret.signIn(DemoPeople.jeanneret, at: portal)
            for suffix in ["", "/fichier", "/imprimer", "/acces", "/pages/1"] {
                try await jeanneret.open("/documents/\(foreign)\(suffix)")
                #expect(jeanneret.status == .notFound)
                let page = jeanneret.page
                #expect(!page.contains("Jaquet") && !page.contains("Lettre de sortie"))
                try await jeanneret.open("/documents/\(unknown)\(suffix)")
                #expect(jeanneret.status == .notFound)
                #expect(
                    Self.bare(jeanneret.page.replacing(unknown, with: "x"))
                        == Self.bare(page.replacing(foreign, with: "x")),
                    "unknown and forbidden differ at \(suffix)")
            }
        }
        let refused = try await portal.refusals()
        #expect(refused.filter { $0 == "document.notFound" }.count == 10)
    }

    /// A page without the fields of its forms, which are masked anew on each page.
    private static func bare(_ page: String) -> String {
        page.replacing(/name="_jeton" value="[0-9a-f]*"/, with: "")
    }
}
