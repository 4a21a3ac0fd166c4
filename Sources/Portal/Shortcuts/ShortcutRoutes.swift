import Access
import Directory
import Hummingbird

/// The keys of lists and documents.
enum ShortcutRoutes {
    /// `GET /raccourcis`.
    static func show(_ visit: Visit) async throws -> Response {
        Response(html: ShortcutsPage(shell: try await visit.shell(), areOn: visit.hasShortcuts).html)
    }

    /// `POST /raccourcis`: on or off, in this browser and at the next sign-in on another.
    static func save(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard ["oui", "non"].contains(form["raccourcis"]) else { throw PageRefusal.badForm }
        let areOn = form["raccourcis"] == "oui"
        try await visit.site.directory.saveShortcuts(areOn, visit.holder())
        var response = Response.toPage("/raccourcis?fait=\(Flash.shortcutsSaved.rawValue)")
        SessionCookies.set(areOn ? "oui" : "non", on: &response, name: SessionCookies.shortcuts)
        return response
    }
}
