import HTML

/// `/patients` (M7): the patients about whom documents came, by name.
struct PatientsPage: Sendable {
    struct Row: Sendable {
        let identity: PatientIdentity
        let documents: Int
        let unread: Int
        /// UTC milliseconds
        let newestAt: Int64
    }

    let shell: Shell
    let rows: [Row]
    /// What was searched for here.
    var words = ""
    /// The same sealed, as it stands in the address.
    var search = ""
    /// Patients whom the preferences do not show.
    var hidden = 0
    /// Whether all are shown, whatever the preferences say.
    var isComplete = false

    static func path(search: String, isComplete: Bool) -> Path {
        let items = [("r", search), ("affichage", isComplete ? "tout" : "")].filter { !$0.1.isEmpty }
        return Path("/patients", segments: [], query: items.map { (key: $0.0, value: $0.1) })
    }

    var html: [UInt8] {
        shell.page(PageTitle(t("Mes patients")), in: .patients) {
            div(.class("head")) {
                h1 { t("Mes patients") }
                p(.class("count"), .role("status"), .dataPart("nombre")) {
                    t(
                        one: "{count} patiente ou patient", other: "{count} patientes et patients",
                        count: rows.count)
                }
            }
            form(
                .class("find"), .role("search"), .method(.post), .action(Path("/patients/recherche")),
                .dataBoot("search"), .dataPlace("#patients"),
                .dataOther(t("La recherche n’a pas abouti. Réessayez avec la touche Entrée."))
            ) {
                FormToken(shell.formToken)
                if isComplete { input(.type("hidden"), .name("affichage"), .value("tout")) }
                label(.for("p-q")) { t("Nom, prénom ou date de naissance") }
                div {
                    input(
                        .class("input"), .id("p-q"), .name("q"), .type("search"), .value(words),
                        .autocomplete("off"), .maxLength(100))
                    button(.class("btn btn--s")) { t("Chercher") }
                }
            }
            div(.id("patients"), .dataPart("lignes")) {
                hiddenLine
                if rows.isEmpty { empty } else { list }
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
                link(.href(Self.path(search: search, isComplete: true))) {
                    t("Tout afficher")
                }
            }
        } else if isComplete {
            p(.class("hidden hidden--page")) {
                t("Tous les patients sont affichés.") + " "
                link(.href(Path("/patients"))) { t("Revenir à mes préférences") }
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
        li(.class(row.unread > 0 ? "row row--new" : "row")) {
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
                    if alike.count > 1 {
                        " · " + NamesakeTexts.line(count: alike.count, sexes: Set(alike.map(\.identity.sex)))
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
        } else if words.isEmpty {
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
