import HTML

/// `/patients` (M7): the patients about whom documents came, by name.
struct PatientsPage: Sendable {
    struct Row: Sendable {
        let identity: PatientIdentity
        let documents: Int
        let unread: Int
        /// UTC milliseconds
        let newestAt: Int64
        /// How many of the space bear this name, where the others may stand on another page.
        var namesakes = 1
    }

    let shell: Shell
    let rows: [Row]
    /// How many match, on all pages.
    let count: Int
    var query = PatientsQuery()
    var hasEarlier = false
    var hasLater = false
    /// Patients whom the preferences do not show.
    var hidden = 0
    /// Whether letters of the keyboard act on the list.
    var hasKeys = true

    var html: [UInt8] {
        shell.page(PageTitle(t("Mes patients")), in: .patients) {
            div(.class("head")) {
                h1 { t("Mes patients") }
                p(.class("count"), .role("status"), .dataPart("nombre")) {
                    t(
                        one: "{count} patiente ou patient", other: "{count} patientes et patients",
                        count: count)
                }
            }
            form(
                .class("find"), .role("search"), .method(.post), .action(Path("/patients/recherche")),
                .dataBoot("search"), .dataPlace("#patients"),
                .dataOther(t("La recherche n’a pas abouti. Réessayez avec la touche Entrée."))
            ) {
                FormToken(shell.formToken)
                if query.hasUnread { input(.type("hidden"), .name("vue"), .value("nouveautes")) }
                if query.isComplete { input(.type("hidden"), .name("affichage"), .value("tout")) }
                label(.for("p-q")) { t("Nom, prénom ou date de naissance") }
                div {
                    input(
                        .class("input"), .id("p-q"), .name("q"), .type("search"), .value(query.words),
                        .autocomplete("off"), .maxLength(100))
                    button(.class("btn btn--s")) { t("Chercher") }
                }
            }
            nav(.class("pills"), .ariaLabel(t("Vues")), .dataPart("vues")) {
                link(.href(query.changed { $0.hasUnread = false }), .ariaCurrentItem(!query.hasUnread)) {
                    t("Tous")
                }
                link(.href(query.changed { $0.hasUnread = true }), .ariaCurrentItem(query.hasUnread)) {
                    t("Avec nouveautés")
                }
            }
            div(.id("patients"), .class("rows"), .dataBoot("rows"), .dataKeys(hasKeys), .dataPart("lignes")) {
                hiddenLine
                if rows.isEmpty { empty } else { list }
                pagination
            }
        }
    }

    @Markup private var pagination: Node {
        if hasEarlier || hasLater {
            nav(.class("pages"), .ariaLabel(t("Pages de la liste"))) {
                if hasEarlier, let first = rows.first {
                    link(
                        .class("btn btn--s btn--sm"), .rel("prev"),
                        .href(query.at(.before(first.identity.id)))
                    ) {
                        Icon.left
                        t("Noms précédents")
                    }
                }
                if hasLater, let last = rows.last {
                    link(
                        .class("btn btn--s btn--sm"), .rel("next"), .href(query.at(.after(last.identity.id)))
                    ) {
                        t("Noms suivants")
                        Icon.right
                    }
                }
            }
        }
    }

    @Markup private var hiddenLine: Node {
        if hidden > 0 {
            p(.class("hidden hidden--page")) {
                t(
                    one: "{count} patiente ou patient n’est pas affiché selon les préférences.",
                    other: "{count} patientes et patients ne sont pas affichés selon les préférences.",
                    count: hidden)
                " "
                link(.href(query.changed { $0.isComplete = true })) {
                    t("Tout afficher")
                }
            }
        } else if query.isComplete {
            p(.class("hidden hidden--page")) {
                t("Tous les patients sont affichés.") + " "
                link(.href(query.changed { $0.isComplete = false })) { t("Revenir à mes préférences") }
            }
        }
    }

    private var list: Node {
        let byName = Dictionary(grouping: rows, by: \.identity.name)
        return ul(.class("card"), .role("list")) {
            for row in rows { item(row, alike: byName[row.identity.name] ?? []) }
        }
    }

    private func item(_ row: Row, alike: [Row]) -> Node {
        let namesakes = max(alike.count, alike.map(\.namesakes).max() ?? 1)
        return li(.class(row.unread > 0 ? "row row--new" : "row")) {
            p(.class("row__p")) {
                link(.href(row.identity.path)) {
                    b { row.identity.name }
                    " "
                    span { row.identity.details(now: shell.presentation.now) }
                }
            }
            HTML.time(.datetime(DateTexts.machine(row.newestAt))) {
                DateTexts.short(row.newestAt, now: shell.presentation.now)
            }
            p(.class("row__m")) {
                span {
                    t(one: "{count} document", other: "{count} documents", count: row.documents)
                    if namesakes > 1 {
                        " · " + NamesakeTexts.line(count: namesakes, sexes: Set(alike.map(\.identity.sex)))
                    }
                }
                if row.unread > 0 {
                    Chip(t(one: "{count} non lu", other: "{count} non lus", count: row.unread), .info)
                }
            }
        }
    }

    @Markup private var empty: Node {
        if hidden > 0 {
            EmptyState(text: t("Aucun patient de ceux que vos préférences affichent."))
        } else if query.search.isEmpty, query.hasUnread {
            EmptyState(
                text: t("Aucun patient avec des documents non lus."),
                way: (query.changed { $0.hasUnread = false }, t("Afficher tous les patients")))
        } else if query.search.isEmpty {
            EmptyState(
                text: t("Aucun patient pour le moment."),
                explanation: [
                    t("Une patiente ou un patient apparaît ici dès qu’un document vous parvient à son sujet.")
                ],
                way: (Path("/aide/je-ne-recois-pas"), t("Je ne reçois pas un document")))
        } else {
            EmptyState(
                text: t("Aucun résultat pour cette recherche."),
                way: (Path("/patients"), t("Effacer la recherche")))
        }
    }
}

/// «2 patientes portent ce nom»
enum NamesakeTexts {
    static func line(count: Int, sexes: Set<Sex>) -> String {
        let number = String(count)
        let who =
            switch sexes {
            case [.female]: t("{count} patientes portent ce nom", ["count": number])
            case [.male]: t("{count} patients portent ce nom", ["count": number])
            default: t("{count} personnes portent ce nom", ["count": number])
            }
        return t("{who} : vérifiez la date de naissance.", ["who": who])
    }
}
