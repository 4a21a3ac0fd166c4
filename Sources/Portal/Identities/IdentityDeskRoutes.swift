import Access
import HTTPTypes
import Hummingbird

/// The portal team's desk for identities from outside.
enum IdentityDeskRoutes {
    /// `GET /admin/identites`.
    static func list(_ visit: Visit) async throws -> Response {
        let holder = try visit.holder()
        let waiting = try await visit.site.access.waitingIdentities(
            known: visit.site.knownGLN, holder)
        let switches = try await visit.site.access.providerSwitches(holder)
        let page = IdentityDeskPage(
            shell: try await visit.shell(),
            waiting: waiting.map { one in
                let identity = one.identity
                return IdentityDeskPage.Entry(
                    id: identity.id.rawValue, name: identity.displayName,
                    provider: visit.label(of: identity.provider), subject: identity.subject,
                    gln: identity.gln,
                    level: identity.level.rawValue, owner: one.owner?.displayName ?? "",
                    since: identity.createdAt.rawValue, proposer: one.proposerName, hurdle: one.hurdle)
            },
            switches: switches.compactMap { one in
                visit.site.identities.first { $0.name == one.provider }
                    .map { .init(name: one.provider.rawValue, label: $0.label, isOn: one.isOn) }
            })
        return Response(html: page.html)
    }

    /// `POST /admin/identites/{id}/associer`: proposes, or agrees to what another person has proposed.
    static func accept(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let isLinked = try await visit.site.access.acceptIdentity(
            visit.identityID(), known: visit.site.knownGLN, visit.holder())
        let flash = isLinked ? Flash.identityLinked : .identityProposed
        return .toPage("/admin/identites?fait=\(flash.rawValue)")
    }

    /// `POST /admin/identites/{id}/refuser`.
    static func refuse(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        try await visit.site.access.refuseIdentity(visit.identityID(), visit.holder())
        return .toPage("/admin/identites?fait=\(Flash.identityRefused.rawValue)")
    }

    /// `POST /admin/identites/fournisseurs/{name}`.
    static func turn(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let name = IdentityProviderName(rawValue: try visit.parameter("name")),
            ["ouvert", "ferme"].contains(form["etat"])
        else { throw PageRefusal.notFound }
        try await visit.site.access.switchProvider(name, isOn: form["etat"] == "ouvert", visit.holder())
        return .toPage("/admin/identites?fait=\(Flash.providerSwitched.rawValue)")
    }
}

extension Visit {
    fileprivate func identityID() throws -> LinkedIdentity.ID {
        LinkedIdentity.ID(rawValue: try parameter("id"))
    }

    fileprivate func label(of provider: String) -> String {
        site.identities.first { $0.name.rawValue == provider }?.label ?? provider
    }
}
