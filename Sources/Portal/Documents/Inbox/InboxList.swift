import Documents
import HTML

/// The list of documents with its filters: the inbox, and what stands beside an open document.
struct InboxList: Sendable {
    /// One page, newest first.
    let rows: [DocumentRow]
    let query: InboxQuery
    /// How many match the query; with `isCountOpen` there are more than that.
    let count: Int
    var isCountOpen = false
    let unread: Int
    /// Where the page before and the page after begin; nil at the ends.
    var newerCursor: String?
    var olderCursor: String?
    /// How many more match, of types or patients that the preferences do not show.
    var hidden = 0
    /// Whether letters of the keyboard act on the list.
    var hasKeys = true
    /// The document types that occur, as codes, for the filter.
    var typeCodes: [String] = []
    /// The services that occur, for the filter.
    var services: [String] = []
    /// The name of the patient of `query.patientID`, for the line of applied filters.
    var patientName: String?
    /// The saved views, as pills.
    var views: [ViewLink] = []
    /// For the forms of this list.
    var formToken = ""
    /// Whether the reader says here what is unread: in his own space.
    var canMark = true
    /// Whether the boxes of all rows are ticked.
    var isAllChosen = false
    /// Wrong dates in the filter: `du`, `au`.
    var mistakes: [FieldMistake] = []
    /// Whether words are looked for in the texts of documents too.
    var searchesTexts = false
    let now: Int64
}

/// The list as a column. Its heading is the page's only on `/documents`; beside a document it is a way back.
struct InboxListColumn: Component {
    let list: InboxList
    /// The open document, if there is one.
    var currentID: String?
    /// Whether the rows were drawn before: then there is a gap in their place.
    var hasGap = false

    private var query: InboxQuery { list.query }

    var body: Node {
        section(.class("list"), .id("liste"), .ariaLabelledBy("liste-t")) {
            div(.class("list__h")) {
                div(.class("list__t")) {
                    if currentID == nil {
                        h1(.id("liste-t")) { t("Mes documents") }
                    } else {
                        p(.class("list__n"), .id("liste-t")) {
                            link(.href(query.path)) { t("Mes documents") }
                        }
                    }
                    InboxFilterPanel(list: list)
                }
                div(.class("swap")) {
                    pills
                    BulkBar(
                        formToken: list.formToken, way: query.path, all: query.allChosen,
                        canMark: list.canMark)
                }
                div(.dataPart("filtres")) {
                    AppliedFilters(list: list)
                    if list.searchesTexts, !query.words.isEmpty {
                        p(.class("hint")) { InboxFilterPanel.wholeWords }
                    }
                }
            }
            div(.dataPart("arrivees")) {
                // what comes in is named by number only: nobody knows whether it belongs to a narrower list
                if !query.hasFilters, query.view != .read { ArrivalBar(way: query.changed { _ in }) }
            }
            div(
                .class("rows"), .tabindex(-1), .dataBoot("rows"), .dataKeys(list.hasKeys),
                .dataPart("lignes"),
                // for a row that somebody else opens meanwhile: the page asks by whom
                .dataOther(t("lu par {name}", ["name": "…"]))
            ) {
                HiddenLine(count: list.hidden, way: query.changed { $0.isComplete = true })
                if list.rows.isEmpty { empty } else if hasGap { Node.gap } else { days }
                pagination
            }
        }
    }

    private var pills: Node {
        div(.class("list__v")) {
            nav(.class("pills"), .ariaLabel(t("Vues")), .dataPart("vues")) {
                link(
                    .href(query.changed { $0.view = .unread }),
                    .ariaCurrentItem(query.view == .unread && !isSaved)
                ) {
                    t("Non lus") + " "
                    b(.dataUnread()) { Typography.number(list.unread, upTo: DocumentLimits.countedRows) }
                }
                link(
                    .href(query.changed { $0.view = .all }), .ariaCurrentItem(query.view == .all && !isSaved)
                ) {
                    t("Tous")
                }
                for view in list.views {
                    link(.href(view.query.path), .ariaCurrentItem(view.isShown(by: query))) { view.name }
                }
            }
            p(.class("count"), .role("status"), .dataPart("nombre")) { countText }
        }
    }

    private var isSaved: Bool { list.views.contains { $0.isShown(by: query) } }

    private var countText: String {
        list.isCountOpen
            ? t("Plus de {count} documents", ["count": Typography.number(list.count)])
            : t(one: "{count} document", other: "{count} documents", count: list.count)
    }

    private var days: InboxDays {
        InboxDays(
            rows: list.rows, query: query, now: list.now, currentID: currentID,
            isAllChosen: list.isAllChosen)
    }

    @Markup private var empty: Node {
        if list.hidden > 0 {
            EmptyState(text: t("Aucun document de ceux que vos préférences affichent."))
        } else if query.hasFilters || query.view == .read {
            EmptyState(
                text: t("Aucun résultat pour ces filtres."),
                way: (query.unfiltered, t("Effacer les filtres")))
        } else if query.view == .unread {
            EmptyState(
                text: t("Aucun document non lu."), way: (query.unfiltered, t("Afficher tous les documents"))
            )
        } else {
            EmptyState(
                text: t("Aucun document pour le moment."),
                explanation: [
                    t("Un document apparaît ici lorsque deux conditions sont remplies :"),
                    t("la patiente ou le patient vous a désigné pour ce séjour ou ce suivi ;"),
                    t("le document est d’un type transmissible et il est finalisé."),
                ],
                way: (Path("/aide/je-ne-recois-pas"), t("Je ne reçois pas un document")))
        }
    }

    @Markup private var pagination: Node {
        if list.newerCursor != nil || list.olderCursor != nil {
            nav(.class("pages"), .ariaLabel(t("Pages de la liste"))) {
                if let key = list.newerCursor {
                    link(.class("btn btn--s btn--sm"), .rel("prev"), .href(query.at(.newerThan(key)))) {
                        Icon.left
                        t("Plus récents")
                    }
                }
                if let key = list.olderCursor {
                    link(.class("btn btn--s btn--sm"), .rel("next"), .href(query.at(.olderThan(key)))) {
                        t("Plus anciens")
                        Icon.right
                    }
                }
            }
        }
    }
}

/// The rows of a list under the days on which they came in.
struct InboxDays: Component {
    let rows: [DocumentRow]
    /// For the addresses of the documents.
    let query: InboxQuery
    let now: Int64
    var currentID: String?
    var isAllChosen = false

    var body: Node {
        for day in rows.split(byDayOf: \.receivedAt) {
            h2(.class("day")) { DateTexts.heading(day.first?.receivedAt ?? 0, now: now) }
            ul(.role("list")) {
                for row in day {
                    DocumentRowItem(
                        row: row, path: query.path(to: row.id), isCurrent: row.id == currentID,
                        isSelectable: true, isChosen: isAllChosen)
                }
            }
        }
    }
}

/// That the preferences keep documents out of a list, and the way to see them.
struct HiddenLine: Component {
    let count: Int
    /// The same list with all of them.
    let way: Path

    var body: Node {
        if count > 0 {
            p(.class("hidden")) {
                t(
                    one: "{count} document d’un autre type ou patient n’est pas affiché.",
                    other: "{count} documents d’autres types ou patients ne sont pas affichés.", count: count,
                    upTo: DocumentLimits.countedRows)
                " "
                link(.href(way)) { t("Tout afficher") }
            }
        } else {
            Node()
        }
    }
}

extension Array {
    /// Cuts where the local day of a moment changes; the order stays.
    func split(byDayOf moment: (Element) -> Int64) -> [[Element]] {
        var days: [[Element]] = []
        var last: Int?
        for element in self {
            let day = LocalTime(moment(element)).dayNumber
            if day == last { days[days.count - 1].append(element) } else { days.append([element]) }
            last = day
        }
        return days
    }
}
