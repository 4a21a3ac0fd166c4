import Access
import Foundation
import HTML
import HTTPTypes
package import Hummingbird
import NIOCore
package import Portal

/// The pages that only the demo has: who one can be, and what would have been sent.
package struct DemoEdge: Sendable {
    let messages: CapturedMessages
    let site: PortalSite
    let baseURL: String

    package init(messages: CapturedMessages, site: PortalSite, baseURL: String) {
        self.messages = messages
        self.site = site
        self.baseURL = baseURL
    }

    /// `/demo/personas` and `/demo/messages`, as pages or, with `Accept: application/json`, as JSON.
    package func addRoutes(to router: Router<PortalContext>) {
        router.get("demo/personas") { request, _ in
            wantsJSON(request) ? try json(DemoPeople.all.map(PersonaEntry.init)) : personasPage()
        }
        router.get("demo/messages") { request, _ in
            wantsJSON(request) ? try json(messages.all) : messagesPage()
        }
        DemoHIN(
            clock: site.access.clock, secret: site.access.formToken(forCookie: "demo-hin"),
            baseURL: { baseURL },
            portalURL: baseURL, shell: { shell }
        ).addRoutes(to: router)
    }

    private func wantsJSON(_ request: Request) -> Bool {
        (request.headers[.accept] ?? "").lowercased().hasPrefix("application/json")
    }

    private func json(_ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }

    private func html(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private var shell: PublicShell {
        PublicShell(presentation: site.presentation(at: site.access.clock.now()))
    }

    private func personasPage() -> Response {
        html(
            shell.page(PageTitle("Personnes de la démonstration"), isWide: true) {
                h1 { "Personnes de la démonstration" }
                p(.class("lead")) {
                    "Toutes sont fictives. Le code de connexion arrive dans la boîte des messages."
                }
                p { link(.href(Path("/demo/messages"))) { "Boîte des messages" } }
                ul(.class("cards"), .role("list")) {
                    for persona in DemoPeople.all {
                        li(.class("card")) {
                            h2 { persona.displayName }
                            p { persona.role }
                            p { "Adresse e-mail : \(persona.account.email)" }
                            p { "Mot de passe : \(persona.password)" }
                            if let gln = persona.practitioner?.gln { p { "GLN : \(gln)" } }
                            if let mobile = persona.account.mobile { p { "Mobile : \(mobile)" } }
                        }
                    }
                }
            })
    }

    private func messagesPage() -> Response {
        let all = messages.all
        return html(
            shell.page(PageTitle("Boîte des messages de la démonstration"), isWide: true) {
                h1 { "Boîte des messages" }
                p(.class("lead")) {
                    "Les e-mails et les SMS de la démonstration s’affichent ici au lieu d’être envoyés, "
                        + "du plus récent au plus ancien."
                }
                if all.isEmpty { p { "Aucun message." } }
                ul(.class("cards"), .role("list")) {
                    for message in all {
                        li(.class("card")) {
                            h2 { message.kind == .sms ? "SMS" : message.subject }
                            p(.class("hint")) { "À \(message.to), \(message.sentAt)" }
                            for paragraph in message.text.split(separator: "\n") { p { String(paragraph) } }
                        }
                    }
                }
            })
    }
}

/// One line of `/demo/personas`.
private struct PersonaEntry: Encodable {
    let role: String
    let name: String
    let email: String
    let password: String
    let gln: String
    let mobile: String

    init(_ persona: Persona) {
        role = persona.role
        name = persona.displayName
        email = persona.account.email
        password = persona.password
        gln = persona.practitioner?.gln ?? ""
        mobile = persona.account.mobile ?? ""
    }
}

extension Persona {
    /// The shortcut on the sign-in page.
    package var shortcut: PersonaShortcut {
        PersonaShortcut(name: displayName, role: role, email: account.email, password: password)
    }
}
