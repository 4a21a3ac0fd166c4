import Access
import Documents
import HTTPTypes
import Hummingbird

/// The start page, the menu, and the choice of colours.
enum HomeRoutes {
    /// `GET /accueil`.
    static func show(_ visit: Visit) async throws -> Response {
        var filter = InboxFilter()
        filter.isUnread = true
        let inbox = try await visit.site.documents.listInbox(filter, .newest, visit.viewer())
        let now = visit.now
        let last = visit.context.found?.account.previousSignedInAt
        let page = HomePage(
            shell: try visit.shell(unread: inbox.unread),
            rows: inbox.rows.prefix(5).map { DocumentRow($0, at: now) },
            lastSignIn: last.map { HomePage.LastSignIn(at: $0.rawValue) })
        return Response(html: page.html)
    }

    /// `GET /menu`.
    static func menu(_ visit: Visit) async throws -> Response {
        let unread = try await visit.site.documents.unreadCount(visit.viewer())
        return Response(html: MenuPage(shell: try visit.shell(unread: unread)).html)
    }

    /// `POST /apparence`: light, dark, or as the device says; kept in a cookie of this browser.
    static func setTheme(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let theme = Theme(rawValue: form["theme"]) else { throw PageRefusal.badForm }
        let back = ReturnAddress(form["retour"]).text
        var response = Response.toPage(back == "/" ? "/accueil" : back)
        SessionCookies.set(theme.rawValue, on: &response, name: SessionCookies.theme)
        return response
    }
}

extension Visit {
    /// What every page shows, in the colours this browser has chosen.
    var presentation: Presentation {
        let theme = request.cookies[SessionCookies.theme].flatMap { Theme(rawValue: $0.value) }
        return site.presentation(at: now, theme: theme ?? .system)
    }

    /// The frame of a page for the person who is signed in.
    func shell(unread: Int) throws -> Shell {
        guard let account = context.found?.account else { throw AccessRefusal.sessionEnded }
        let initials = account.givenName.prefix(1) + account.familyName.prefix(1)
        return Shell(
            presentation: presentation,
            person: Person(displayName: account.displayName, initials: initials.uppercased()),
            formToken: formToken, unread: unread, address: request.uri.string,
            flash: query("fait").flatMap(Flash.init(rawValue:)))
    }
}
