import Access
import Directory
import Dispatches
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
        // a delegate does not see how the other person is told (D30)
        let profile = try await visit.isInOwnSpace ? visit.site.directory.profileIfAny(visit.holder()) : nil
        let page = HomePage(
            shell: try visit.shell(unread: inbox.unread),
            rows: inbox.rows.prefix(5).map { DocumentRow($0, at: now, warningDays: visit.warningDays) },
            lastSignIn: last.map { HomePage.LastSignIn(at: $0.rawValue) }, hidden: inbox.hidden,
            gaps: profile?.gaps ?? [],
            withdrawn: WithdrawnList(try await visit.site.documents.listWithdrawals(visit.viewer())),
            isProfileUntouched: profile?.isUntouched ?? false)
        return Response(html: page.html)
    }

    /// `GET /menu`.
    static func menu(_ visit: Visit) async throws -> Response {
        Response(html: MenuPage(shell: try await visit.shell()).html)
    }

    /// `POST /apparence`: light, dark, or as the device says; kept in a cookie of this browser, and for the next sign-in
    /// on another one.
    static func setTheme(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let theme = Theme(rawValue: form["theme"]) else { throw PageRefusal.badForm }
        try await visit.site.directory.saveTheme(theme.rawValue, visit.holder())
        let back = ReturnAddress(form["retour"]).text
        var response = Response.toPage(back == "/" ? "/accueil" : back)
        SessionCookies.set(theme.rawValue, on: &response, name: SessionCookies.theme)
        return response
    }

    /// `POST /langue`: one of the languages that are translated.
    static func setLanguage(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let language = Language(rawValue: form["langue"]), visit.site.languages.contains(language)
        else {
            throw PageRefusal.badForm
        }
        try await visit.site.directory.saveLanguage(language.rawValue, visit.holder())
        let back = ReturnAddress(form["retour"]).text
        var response = Response.toPage(back == "/" ? "/accueil" : back)
        SessionCookies.set(language.rawValue, on: &response, name: SessionCookies.language, days: 365)
        return response
    }
}

extension Visit {
    /// Not under a delegation: the person's own documents and preferences.
    var isInOwnSpace: Bool { context.found?.viewer.map { $0.principalID == $0.accountID } ?? false }

    /// Whether letters of the keyboard act on lists in this browser.
    var hasShortcuts: Bool { cookies[SessionCookies.shortcuts] != "non" }

    /// The looks somebody has chosen, for this browser to keep; what was never chosen stays as it is.
    func keep(_ view: ViewPreferences, on response: inout Response) {
        if let theme = view.theme { SessionCookies.set(theme, on: &response, name: SessionCookies.theme) }
        if let language = view.language {
            SessionCookies.set(language, on: &response, name: SessionCookies.language, days: 365)
        }
        SessionCookies.set(view.hasShortcuts ? "oui" : "non", on: &response, name: SessionCookies.shortcuts)
    }

    /// The colours this browser has chosen.
    var theme: Theme { cookies[SessionCookies.theme].flatMap(Theme.init(rawValue:)) ?? .system }

    /// What every page shows, in these colours.
    var presentation: Presentation { site.presentation(at: now, theme: theme) }

    /// The frame of a page for the person who is signed in, in a space or not.
    func shell() async throws -> Shell {
        guard let viewer = context.found?.viewer, viewer.may(.read) else {
            var shell = try shell(unread: 0)
            if case .service = shell.place, let holder = context.found?.holder {
                shell.place = .service(
                    Shell.ServicePlace(
                        isMember: try await site.access.isServiceMember(holder),
                        watchesData: try await site.access.hasDuty(.dataProtection, holder),
                        wishes: try await site.dispatches.waitingWishes(holder)))
            }
            return shell
        }
        return try shell(unread: try await site.documents.unreadCount(viewer))
    }

    /// The same, where the number of unread documents is known already.
    func shell(unread: Int) throws -> Shell {
        guard let found = context.found, found.holder != nil else { throw AccessRefusal.sessionEnded }
        let account = found.account
        let initials = account.givenName.prefix(1) + account.familyName.prefix(1)
        var shell = Shell(
            presentation: presentation,
            person: Person(displayName: account.displayName, initials: initials.uppercased()),
            place: Shell.Place(found), formToken: formToken, unread: unread, address: request.uri.string,
            languages: site.languages, flash: query("fait").flatMap(Flash.init(rawValue:)))
        shell.space = found.viewer.flatMap { $0.may(.read) ? $0.principalID.rawValue : nil }
        return shell
    }
}

extension Shell.Place {
    init(_ found: FoundSession) {
        self =
            if let viewer = found.viewer {
                viewer.acting.map { .principal(ActingSpace(name: viewer.principalName, rights: $0.rights)) }
                    ?? .own
            } else {
                switch found.account.role {
                case .practitioner, .delegate: .none
                case .serviceMember: .service(Shell.ServicePlace())
                case .registrar: .registration
                case .portalAdmin: .administration
                }
            }
    }
}
