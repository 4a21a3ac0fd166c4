import Access
import Documents
import HTML
import HTTPTypes
import Hummingbird

/// A link led to a document of another space of the same person: one click changes to it. Posts `principal` and `retour`
/// to `/connexion/espace`.
struct ElsewherePage: Sendable {
    let shell: Shell
    /// Identifier of the account whose space it is.
    let principal: String
    /// Nil for one's own.
    let name: String?
    /// The document's page.
    let address: String

    var html: [UInt8] {
        shell.page(PageTitle(t("Document d’un autre espace"), isError: true), in: .spaces) {
            div(.class("prose")) {
                h1 { t("Document d’un autre espace") }
                p(.class("lead")) {
                    if let name {
                        t(
                            "Ce document n’est pas dans l’espace actif. Il se lit dans celui de {person}.",
                            ["person": name])
                    } else {
                        t("Ce document n’est pas dans l’espace actif. Il se lit dans le vôtre.")
                    }
                }
                form(.method(.post), .action(Path("/connexion/espace"))) {
                    FormToken(shell.formToken)
                    input(.type("hidden"), .name("principal"), .value(principal))
                    ReturnField(address: address)
                    button(.class("btn btn--p btn--wrap")) { t("Changer d’espace et ouvrir le document") }
                }
                p { link(.href(Path("/documents"))) { t("Rester dans l’espace actif") } }
            }
        }
    }
}

extension Visit {
    /// The way to a document that this person may read, but not in this space; nil when there is none.
    func elsewhere() async throws -> ElsewherePage? {
        let parts = request.uri.path.split(separator: "/")
        guard request.method == .get, parts.count >= 2, parts[0] == "documents", parts[1].utf8.count == 32,
            let holder = context.found?.holder, let current = context.found?.viewer
        else { return nil }
        let id = Document.ID(rawValue: String(parts[1]))
        for space in try await site.access.spaces(of: holder)
        where space.principalID != current.principalID && space.viewer.may(.read) {
            guard try await site.documents.isReadable(id, space.viewer) else { continue }
            return ElsewherePage(
                shell: try await shell(), principal: space.principalID.rawValue,
                name: space.isOwn ? nil : space.name, address: "/documents/\(id.rawValue)")
        }
        return nil
    }
}
