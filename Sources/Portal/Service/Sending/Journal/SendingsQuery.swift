import Access
import Dispatches
import Documents
import HTML

/// What the address of the journal asks for. A patient's name never stands in one: words are sealed there.
struct SendingsQuery: Sendable, Equatable {
    /// Names, numbers, words of a title, as typed; never in an address.
    var words = ""
    /// The same sealed, as it stands in one; empty: none.
    var search = ""
    var state: SendingState?
    /// Those only that the visitor sent himself.
    var isOwn = false
    /// As typed; `DateField` reads them.
    var from = ""
    var until = ""
    /// Where the page begins.
    var cursor = ""

    init() {}

    /// - Parameter value: the value of a name in the query string or in the form, nil or empty when absent.
    init(_ value: (String) -> String?) {
        search = value("r") ?? ""
        state = SendingState(code: value("etat") ?? "")
        isOwn = value("par") == "moi"
        from = value("du") ?? ""
        until = value("au") ?? ""
        cursor = value("avant") ?? ""
    }

    /// True when something narrows the list.
    var hasFilters: Bool { !search.isEmpty || hasMore }

    /// The same for what is folded away beside the words.
    var hasMore: Bool { state != nil || isOwn || !from.isEmpty || !until.isEmpty }

    /// The journal as it is asked for.
    var path: Path {
        let items = [
            ("r", search), ("etat", state?.code ?? ""), ("par", isOwn ? "moi" : ""), ("du", from),
            ("au", until), ("avant", cursor),
        ].filter { !$0.1.isEmpty }
        return Path("/service/envois", segments: [], query: items.map { (key: $0.0, value: $0.1) })
    }

    /// The same filters, on the page that begins after a row.
    func at(_ key: SentKey) -> Path {
        var query = self
        query.cursor = "\(key.publishedAt.rawValue)-\(key.id.rawValue)"
        return query.path
    }

    /// `1795161600000-8f2c…`, as `at` wrote it.
    var key: SentKey? {
        let parts = cursor.split(separator: "-")
        guard parts.count == 2, let moment = Int64(parts[0]), parts[1].utf8.count == 32 else { return nil }
        return SentKey(publishedAt: Timestamp(rawValue: moment), id: Document.ID(rawValue: String(parts[1])))
    }

    /// What is looked for. A date that is none narrows nothing, and is said beside its field.
    var filter: (filter: SendingFilter, mistakes: [FieldMistake]) {
        var filter = SendingFilter()
        var mistakes: [FieldMistake] = []
        filter.words = words
        if !words.isEmpty { filter.typeNames = DocumentTypeTexts.names }
        filter.state = state
        filter.isOwn = isOwn
        filter.from = DateField.moment(from, in: "du", &mistakes)
        filter.until = DateField.moment(until, in: "au", &mistakes, isEnd: true)
        if let start = filter.from, let end = filter.until, start >= end {
            mistakes.append(
                FieldMistake(field: "au", text: t("Cette date est avant le début de la période.")))
        }
        return (filter, mistakes)
    }
}

extension SendingState {
    /// As it stands in addresses.
    var code: String {
        switch self {
        case .waiting: "attente"
        case .available: "disponible"
        case .opened: "ouvert"
        case .mailed: "e-mail"
        case .posted: "courrier"
        case .expired: "expire"
        case .unposted: "courrier-annule"
        case .failed: "echec"
        case .cancelled: "annule"
        }
    }

    init?(code: String) {
        guard let state = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = state
    }

    /// In the words of the journal.
    var text: String {
        switch self {
        case .waiting: t("En attente")
        case .available: t("Disponible ou notifié")
        case .opened: t("Ouvert ou téléchargé")
        case .mailed: t("Envoyé par e-mail")
        case .posted: t("Par courrier")
        case .expired: t("Expiré")
        case .unposted: t("Courrier annulé")
        case .failed: t("Échec")
        case .cancelled: t("Annulé ou rappelé")
        }
    }
}
