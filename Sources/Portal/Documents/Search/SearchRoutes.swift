import Access
import Documents
import HTML
import Hummingbird

/// What is typed into a search field comes in the body of a form, and goes on sealed: no name stands in an address, a
/// history or the log of a proxy.
enum SearchRoutes {
    /// `POST /documents/recherche`: the search field of every page, and the filters of the list.
    static func documents(_ visit: Visit) async throws -> Response {
        _ = try visit.reader()
        let form = try await visit.form()
        var query = InboxQuery { form[$0] }
        query.cursor = nil
        query.search = try visit.site.documents.sealSearch(form["q"], visit.viewer())
        return .toPage(query.path.text)
    }

    /// `POST /patients/recherche`.
    static func patients(_ visit: Visit) async throws -> Response {
        _ = try visit.reader()
        let form = try await visit.form()
        var query = PatientsQuery { form[$0] }
        query.cursor = nil
        query.search = try visit.site.documents.sealSearch(form["q"], visit.viewer())
        return .toPage(query.path.text)
    }
}

extension Visit {
    /// Who may read in this space: what only prepares a reading asks for it, too.
    /// - Throws: `DelegationRefusal.right`.
    func reader() throws -> Viewer {
        let viewer = try viewer()
        guard viewer.may(.read) else { throw DelegationRefusal.right(.read) }
        return viewer
    }

    /// What this address searches for.
    func searched() throws -> String {
        guard let sealed = query("r") else { return "" }
        return try site.documents.openSearch(sealed, viewer()) ?? ""
    }
}
