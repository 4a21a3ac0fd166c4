import HTML

/// The filters of the inbox: a panel under its button, and what is applied as links that take it away.
struct InboxFilterPanel: Component {
    let list: InboxList
    private var query: InboxQuery { list.query }

    var body: Node {
        details(.class("filter"), .open(!list.mistakes.isEmpty), .dataBoot("menu")) {
            summary(.class("btn btn--s btn--sm")) {
                Icon.filter
                t("Filtrer")
            }
            form(.class("filter__p stack"), .method(.post), .action(Path("/documents/recherche"))) {
                FormToken(list.formToken)
                if let patientID = query.patientID {
                    input(.type("hidden"), .name("patient"), .value(patientID))
                }
                Field(
                    id: "f-q", name: "q", label: t("Patiente, patient ou mots du document"),
                    hint: hint, value: query.words, maxLength: 100, isRequired: false)
                if query.isComplete { input(.type("hidden"), .name("affichage"), .value("tout")) }
                choice("f-type", "type", t("Type de document")) {
                    option(.value("")) { t("Tous les types") }
                    for code in list.typeCodes {
                        option(.value(code), .selected(code == query.typeCode)) {
                            DocumentTypeTexts.name(code: code)
                        }
                    }
                }
                choice("f-service", "service", t("Service")) {
                    option(.value("")) { t("Tous les services") }
                    for service in list.services {
                        option(.value(service), .selected(service == query.service)) { service }
                    }
                }
                div(.class("filter__d")) {
                    date("f-du", "du", t("Reçu dès le"), query.from)
                    date("f-au", "au", t("Reçu jusqu’au"), query.until)
                }
                choice("f-vue", "vue", t("État de lecture")) {
                    for view in InboxQuery.View.allCases {
                        option(.value(view.rawValue), .selected(view == query.view)) { view.name }
                    }
                }
                choice("f-tri", "tri", t("Ordre")) {
                    option(.value("")) { t("Les plus récents d’abord") }
                    option(.value("anciens"), .selected(query.isOldestFirst)) {
                        t("Les plus anciens d’abord")
                    }
                }
                div(.class("filter__b")) {
                    link(.class("btn btn--q btn--sm"), .href(query.unfiltered)) { t("Effacer les filtres") }
                    button(.class("btn btn--p btn--sm")) { t("Appliquer les filtres") }
                }
            }
        }
    }

    /// Texts are kept as keyed hashes of whole words: the beginning of one has another hash.
    static var wholeWords: String {
        t("Un mot du texte des documents est trouvé lorsqu’il est écrit en entier.")
    }

    private var hint: String {
        let fields = t("Nom, prénom, date de naissance, type, service ou titre")
        return list.searchesTexts ? fields + ". " + Self.wholeWords : fields
    }

    private func date(_ id: String, _ name: String, _ label: String, _ value: String) -> Node {
        Field(
            id: id, name: name, label: label, hint: t("Exemple : 20.11.2026"), value: value,
            inputMode: "numeric",
            maxLength: 10, isRequired: false, hasFocus: list.mistakes.first?.field == name,
            mistake: list.mistakes.first { $0.field == name }?.text
        ).body
    }

    private func choice(
        _ id: String, _ name: String, _ label: String, @Markup options: () -> Node
    ) -> Node {
        div(.class("field")) {
            HTML.label(.for(id)) { label }
            select(.class("input"), .id(id), .name(name)) { options() }
        }
    }
}

extension InboxQuery.View {
    var name: String {
        switch self {
        case .all: t("Tous")
        case .unread: t("Non lus")
        case .read: t("Lus")
        }
    }
}

/// What narrows the list at present.
struct AppliedFilters: Component {
    let list: InboxList
    private var query: InboxQuery { list.query }

    var body: Node {
        if query.hasFilters || query.view == .read || query.isComplete || query.isOldestFirst {
            ul(.class("applied"), .role("list"), .ariaLabel(t("Filtres appliqués"))) {
                if !query.words.isEmpty {
                    filter(t("« {words} »", ["words": query.words])) { $0.search = "" }
                }
                if query.patientID != nil {
                    filter(list.patientName ?? t("Un patient")) { $0.patientID = nil }
                }
                if let code = query.typeCode {
                    filter(DocumentTypeTexts.name(code: code)) { $0.typeCode = nil }
                }
                if let service = query.service { filter(service) { $0.service = nil } }
                if !query.from.isEmpty { filter(t("dès le {date}", ["date": query.from])) { $0.from = "" } }
                if !query.until.isEmpty {
                    filter(t("jusqu’au {date}", ["date": query.until])) { $0.until = "" }
                }
                if query.view == .read { filter(t("Lus")) { $0.view = .all } }
                if query.isComplete { filter(t("Tous les types et patients")) { $0.isComplete = false } }
                if query.isOldestFirst { filter(t("Les plus anciens d’abord")) { $0.isOldestFirst = false } }
                if list.canMark, !list.views.contains(where: { $0.isShown(by: query) }) {
                    li(.class("applied__s")) {
                        link(.href(Path("/documents/vues", segments: [], query: query.startItems))) {
                            t("Enregistrer cette vue")
                        }
                    }
                }
            }
        } else {
            Node()
        }
    }

    private func filter(_ text: String, _ change: (inout InboxQuery) -> Void) -> Node {
        li {
            link(.href(query.changed(change))) {
                span(.class("vh")) { t("Retirer le filtre :") + " " }
                text
                Icon.cross
            }
        }
    }
}
