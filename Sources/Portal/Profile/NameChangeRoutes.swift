import Access
import Directory
import Hummingbird

/// Names that wait for the portal team.
enum NameChangeRoutes {
    /// `GET /admin/changements`.
    static func list(_ visit: Visit) async throws -> Response {
        let cases = try await visit.site.directory.nameChanges(visit.holder())
        let page = NameChangesPage(
            shell: try await visit.shell(),
            entries: cases.map {
                NameChangesPage.Entry(
                    id: $0.change.id.rawValue, known: $0.account.displayName,
                    wanted: "\($0.change.givenName) \($0.change.familyName)", email: $0.account.email,
                    gln: $0.gln?.rawValue, requestedAt: $0.change.requestedAt.rawValue, isOwn: $0.isOwn)
            })
        return Response(html: page.html)
    }

    /// `POST /admin/changements/{id}/valider`.
    static func approve(_ visit: Visit) async throws -> Response {
        try await decide(visit, isApproved: true, .nameApproved)
    }

    /// `POST /admin/changements/{id}/refuser`.
    static func refuse(_ visit: Visit) async throws -> Response {
        try await decide(visit, isApproved: false, .nameRefused)
    }

    private static func decide(_ visit: Visit, isApproved: Bool, _ flash: Flash) async throws -> Response {
        _ = try await visit.form()
        let id = NameChange.ID(rawValue: try visit.parameter("id"))
        try await visit.site.directory.decideNameChange(id, isApproved: isApproved, visit.holder())
        return .toPage("/admin/changements?fait=\(flash.rawValue)")
    }
}
