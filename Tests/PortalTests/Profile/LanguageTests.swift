import Demo
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Portal

/// Pages follow the language of one's choice as soon as it is translated.
@Suite struct LanguageTests {
    @Test func `A language that is translated is offered, kept, and used`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let german = Catalogue(
            language: .german, sentences: ["Mes documents": .plain("Meine Dokumente")])
        let site = try PortalSite(
            access: portal.access, directory: portal.directory, documents: portal.documents,
            dispatches: portal.dispatches,
            enrolment: portal.enrolment, brand: portal.site.brand,
            publicHost: nil, trustedProxy: nil, isSecure: true,
            catalogues: [
                .french: .french, .german: german, .italian: Catalogue(language: .italian, sentences: [:]),
            ])
        let router = Router(context: PortalContext.self)
        site.addMiddleware(to: router)
        site.addRoutes(to: router)
        try await Application(router: router).test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.signIn(DemoPeople.favre, at: portal)
            try await visitor.open("/documents")
            #expect(visitor.page.contains("<html lang=\"fr\"") && visitor.page.contains("Mes documents"))
            #expect(visitor.page.contains("Deutsch") && !visitor.page.contains("Italiano"))
            try await visitor.submit("/langue", ["langue": "de", "retour": "/documents"])
            #expect(visitor.address == "/documents")
            #expect(visitor.page.contains("<html lang=\"de\"") && visitor.page.contains("Meine Dokumente"))
            try await visitor.submit("/langue", ["langue": "it", "retour": "/documents"])
            #expect(visitor.status == .unprocessableContent, "not translated yet")
            visitor.set(cookie: SessionCookies.language, "it")
            try await visitor.open("/documents")
            #expect(visitor.page.contains("<html lang=\"fr\""))
        }
    }
}
