import Access
import Documents
import HTML
import HTTPTypes
import Hummingbird

/// Filters of the list under names of one's own.
enum ViewRoutes {
    /// `GET /documents/vues`: the views, and where the address holds filters, what saves them.
    static func list(_ visit: Visit) async throws -> Response { try await page(visit) }

    /// `POST /documents/vues`.
    static func save(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        var query = InboxQuery { form[$0] }
        query.words = try visit.site.documents.openSearch(query.search, visit.viewer()) ?? ""
        do {
            _ = try await visit.site.documents.saveView(
                ViewForm(form), ViewFilters(query), visit.viewer())
        } catch let refusal as ViewRefusal where refusal.kind == .invalid {
            return try await page(visit, query, refusal, typed: form["nom"])
        }
        return .toPage("/documents/vues?fait=\(Flash.viewSaved.rawValue)")
    }

    /// `POST /documents/vues/{id}`.
    static func change(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let id = SavedView.ID(rawValue: try visit.parameter("id"))
        do {
            try await visit.site.documents.changeView(id, ViewForm(form), visit.viewer())
        } catch let refusal as ViewRefusal where refusal.kind == .invalid {
            return try await page(visit, nil, refusal, of: id.rawValue, typed: form["nom"])
        }
        return .toPage("/documents/vues?fait=\(Flash.viewSaved.rawValue)")
    }

    /// `POST /documents/vues/{id}/filtres`: the filters one comes with, in place of those it had.
    static func changeFilters(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let id = SavedView.ID(rawValue: try visit.parameter("id"))
        var query = InboxQuery { form[$0] }
        query.words = try visit.site.documents.openSearch(query.search, visit.viewer()) ?? ""
        try await visit.site.documents.changeFilters(of: id, to: ViewFilters(query), visit.viewer())
        return .toPage("/documents/vues?fait=\(Flash.viewSaved.rawValue)")
    }

    /// `POST /documents/vues/{id}/supprimer`.
    static func remove(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = SavedView.ID(rawValue: try visit.parameter("id"))
        try await visit.site.documents.removeView(id, visit.viewer())
        return .toPage("/documents/vues?fait=\(Flash.viewRemoved.rawValue)")
    }

    private static func page(
        _ visit: Visit, _ posted: InboxQuery? = nil, _ refusal: ViewRefusal? = nil, of id: String? = nil,
        typed: String = ""
    ) async throws -> Response {
        let viewer = try visit.viewer()
        guard viewer.acting == nil else { throw ViewRefusal.notOwn }
        var query = posted ?? InboxQuery { visit.query($0) }
        if KeptEntry.isOf(Path("/documents/vues")) {
            // the filters that were to be saved stand in the form, not in the address one comes back to
            query = InboxQuery { KeptEntry.value($0) }
            query.words = visit.site.documents.openSearch(query.search, viewer) ?? ""
        } else if posted == nil {
            query.words = try visit.searched()
        }
        query.cursor = nil
        let views = try await visit.site.documents.listViews(viewer)
        var page = ViewsPage(
            shell: try await visit.shell(), views: try views.map { try ViewLink($0, visit) }, query: query)
        if let refusal { page.mistake = (id, refusal, typed) }
        return Response(html: page.html, status: refusal == nil ? .ok : .unprocessableContent)
    }
}

extension ViewForm {
    fileprivate init(_ form: PostedForm) {
        self.init()
        name = form["nom"]
        isDefault = form["defaut"] == "oui"
        isShared = form["partage"] == "oui"
    }
}

extension ViewFilters {
    init(_ query: InboxQuery) {
        self.init()
        state = query.view.rawValue
        words = query.words
        patientID = query.patientID
        typeCode = query.typeCode
        service = query.service
        (from, until) = (query.from, query.until)
        (isComplete, isOldestFirst) = (query.isComplete, query.isOldestFirst)
    }
}

extension ViewLink {
    /// The words of a view are sealed anew for who sees it.
    init(_ view: SavedView, _ visit: Visit) throws {
        var query = InboxQuery()
        query.view = InboxQuery.View(rawValue: view.filters.state) ?? .all
        query.words = view.filters.words
        query.search = try visit.site.documents.sealSearch(query.words, visit.viewer())
        query.patientID = view.filters.patientID
        query.typeCode = view.filters.typeCode
        query.service = view.filters.service
        (query.from, query.until) = (view.filters.from, view.filters.until)
        (query.isComplete, query.isOldestFirst) = (view.filters.isComplete, view.filters.isOldestFirst)
        self.init(
            id: view.id.rawValue, name: view.name, query: query, isDefault: view.isDefault,
            isShared: view.isShared)
    }
}
