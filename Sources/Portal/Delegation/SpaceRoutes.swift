import Access
import Documents
import HTTPTypes
import Hummingbird

/// In whose space one works.
enum SpaceRoutes {
    /// `GET /connexion/espace`: after the sign-in of who has several spaces, or none.
    static func choose(_ visit: Visit) async throws -> Response {
        Response(html: try await page(visit, isChange: false).html)
    }

    /// `GET /delegation`.
    static func change(_ visit: Visit) async throws -> Response {
        Response(html: try await page(visit, isChange: true).html)
    }

    /// `POST /connexion/espace`.
    static func enter(_ visit: Visit) async throws -> Response {
        let form: PostedForm
        // the card of another tab is as good as any: it says itself whose space is meant
        do { form = try await visit.form() } catch PageRefusal.otherSpace { return .toPage("/delegation") }
        let token = visit.cookies[SessionCookies.session] ?? ""
        let principal = Account.ID(rawValue: String(form["principal"].prefix(100)))
        do {
            let newToken = try await visit.site.access.enterSpace(of: principal, token: token, visit.holder())
            let back = ReturnAddress(form["retour"]).text
            var response = Response.toPage(Visit.address("/", returnTo: back == "/" ? "" : back))
            SessionCookies.set(newToken, on: &response)
            return response
        } catch DelegationRefusal.notFound { return .toPage("/connexion/espace?fin=1") }
    }

    private static func page(_ visit: Visit, isChange: Bool) async throws -> SpacesPage {
        let holder = try visit.holder()
        let current = visit.context.found?.viewer?.principalID
        var cards: [SpacesPage.Card] = []
        for space in try await visit.site.access.spaces(of: holder) {
            let unread =
                space.viewer.may(.read) ? try await visit.site.documents.unreadCount(space.viewer) : nil
            cards.append(
                SpacesPage.Card(
                    principal: space.principalID.rawValue, name: space.name, unread: unread,
                    rights: space.acting?.rights, endsAt: space.acting?.endsAt.rawValue,
                    isCurrent: space.principalID == current))
        }
        return SpacesPage(
            shell: try await visit.shell(), cards: cards, isChange: isChange, returnTo: visit.returnAddress,
            hasEnded: visit.query("fin") != nil)
    }
}
