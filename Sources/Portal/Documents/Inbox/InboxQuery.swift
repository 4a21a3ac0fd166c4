import HTML

/// The address of a list of documents: which ones, and where in their order. It is read from the query string
/// and written back into links, so that «back», bookmarks and the list beside an open document stay the same.
struct InboxQuery: Sendable, Equatable {
    enum View: String, Sendable, CaseIterable {
        case all = "tous"
        case unread = "nonlus"
        case read = "lus"
    }

    /// Which way from a row of the list; the text is the server's own and means nothing to readers.
    enum Cursor: Sendable, Equatable {
        case olderThan(String)
        case newerThan(String)
    }

    var view = View.all
    /// Names, a date of birth, words of a title, as typed; never in an address.
    var words = ""
    /// The same sealed, as it stands in one; empty: none.
    var search = ""
    var patientID: String?
    var typeCode: String?
    var service: String?
    /// As typed; `DateField` reads them.
    var from = ""
    var until = ""
    var cursor: Cursor?
    /// With the documents that the preferences do not show.
    var isComplete = false
    var isOldestFirst = false
    /// The plain address opens a saved view: «all documents» has to be said.
    var hasDefault = false

    init() {}

    /// - Parameter value: the value of a name in the query string, nil or empty when absent.
    init(_ value: (String) -> String?) {
        func text(_ name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }
        view = text("vue").flatMap(View.init(rawValue:)) ?? .all
        search = text("r") ?? ""
        patientID = text("patient")
        typeCode = text("type")
        service = text("service")
        from = text("du") ?? ""
        until = text("au") ?? ""
        isComplete = text("affichage") == "tout"
        isOldestFirst = text("tri") == "anciens"
        cursor = text("avant").map { .olderThan($0) } ?? text("apres").map { .newerThan($0) }
    }

    /// True when something besides the view narrows the list.
    var hasFilters: Bool {
        !search.isEmpty || patientID != nil || typeCode != nil || service != nil || !from.isEmpty
            || !until.isEmpty
    }

    var items: [(key: String, value: String)] {
        var items: [(key: String, value: String)] = []
        func add(_ key: String, _ value: String?) {
            if let value, !value.isEmpty { items.append((key: key, value: value)) }
        }
        add("vue", view == .all ? nil : view.rawValue)
        add("r", search)
        add("patient", patientID)
        add("type", typeCode)
        add("service", service)
        add("du", from)
        add("au", until)
        add("affichage", isComplete ? "tout" : nil)
        add("tri", isOldestFirst ? "anciens" : nil)
        switch cursor {
        case .olderThan(let key): add("avant", key)
        case .newerThan(let key): add("apres", key)
        case nil: break
        }
        if hasDefault, items.isEmpty { add("vue", view.rawValue) }
        return items
    }

    /// The list itself.
    var path: Path { Path("/documents", segments: [], query: items) }

    /// The same page with every row ticked.
    var allChosen: Path { Path("/documents", segments: [], query: items + [(key: "coche", value: "page")]) }

    /// All documents.
    var unfiltered: Path {
        var query = InboxQuery()
        query.hasDefault = hasDefault
        return query.path
    }

    /// The same from its start, for another address.
    var startItems: [(key: String, value: String)] {
        var query = self
        query.cursor = nil
        return query.items
    }

    /// A document beside this list.
    func path(to document: String) -> Path { Path("/documents", segments: [document], query: items) }

    /// The same list from its start, changed: another view, a filter less.
    func changed(_ change: (inout InboxQuery) -> Void) -> Path {
        var query = self
        query.cursor = nil
        change(&query)
        return query.path
    }

    /// The same filters, at another place.
    func at(_ cursor: Cursor) -> Path {
        var query = self
        query.cursor = cursor
        return query.path
    }
}
