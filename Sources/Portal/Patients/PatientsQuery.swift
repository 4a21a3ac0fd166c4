import HTML

/// The address of the list of patients: which ones, and where in their order. Names stand in none.
struct PatientsQuery: Sendable, Equatable {
    /// Which way from a patient of the list, by his pseudonym.
    enum Cursor: Sendable, Equatable {
        case before(String)
        case after(String)
    }

    /// Only patients with documents that were not opened yet.
    var hasUnread = false
    /// What was searched for, as typed; never in an address.
    var words = ""
    /// The same sealed, as it stands in one; empty: none.
    var search = ""
    /// With the patients whom the preferences do not show.
    var isComplete = false
    var cursor: Cursor?

    init() {}

    /// - Parameter value: the value of a name in the query string, nil or empty when absent.
    init(_ value: (String) -> String?) {
        func text(_ name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }
        hasUnread = text("vue") == "nouveautes"
        search = text("r") ?? ""
        isComplete = text("affichage") == "tout"
        cursor = text("avant").map { .before($0) } ?? text("apres").map { .after($0) }
    }

    var path: Path {
        var items: [(key: String, value: String)] = []
        if !search.isEmpty { items.append((key: "r", value: search)) }
        if hasUnread { items.append((key: "vue", value: "nouveautes")) }
        if isComplete { items.append((key: "affichage", value: "tout")) }
        switch cursor {
        case .before(let id): items.append((key: "avant", value: id))
        case .after(let id): items.append((key: "apres", value: id))
        case nil: break
        }
        return Path("/patients", segments: [], query: items)
    }

    /// The same list from its start, changed.
    func changed(_ change: (inout PatientsQuery) -> Void) -> Path {
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
