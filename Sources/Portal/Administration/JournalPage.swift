import Access
import HTML

/// `/admin/journal` (C11): the audit trail, by person, action, object and period. Codes and identifiers only.
struct JournalPage: Sendable {
    /// The filter as it was typed.
    struct Typed: Sendable {
        var person = ""
        var event = ""
        var object = ""
        var from = ""
        var until = ""
        /// Fields of dates that are no dates.
        var mistakes: [FieldMistake] = []
    }

    let shell: Shell
    let found: FoundAudit
    var typed = Typed()

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Journal"), isError: !typed.mistakes.isEmpty), in: .journal) {
            if !typed.mistakes.isEmpty { ErrorSummary(mistakes: typed.mistakes) }
            div(.class("head")) {
                h1 { t("Journal") }
                p(.class("lead")) {
                    t("Qui a fait quoi, quand. Consulter le journal est une action du journal.")
                }
            }
            filters
            if found.events.isEmpty {
                EmptyState(
                    text: t("Aucun événement pour cette recherche."),
                    way: (Path("/admin/journal"), t("Effacer les filtres")))
            } else {
                table
            }
            if let next = found.next { more(next) }
        }
    }

    private var filters: Node {
        form(.class("card card--pad"), .role("search"), .method(.get), .action(Path("/admin/journal"))) {
            div(.class("grid")) {
                Field(
                    id: "personne", name: "personne", label: t("Personne"),
                    hint: t("Adresse e-mail ou identifiant de compte"), value: typed.person, isRequired: false
                )
                SelectField(
                    name: "action", label: t("Action"),
                    choices: [Choice(value: "", text: t("Toutes"))]
                        + AuditEventKind.allCases.map { Choice(value: $0.rawValue, text: $0.rawValue) },
                    selected: typed.event)
                Field(
                    id: "objet", name: "objet", label: t("Identifiant de l’objet"), value: typed.object,
                    maxLength: 64, isRequired: false)
                Field(
                    id: "du", name: "du", label: t("Du"), hint: t("Par exemple 24.11.2026"),
                    value: typed.from,
                    inputMode: "numeric", maxLength: 10, isRequired: false, mistake: mistake("du"))
                Field(
                    id: "au", name: "au", label: t("Au, compris"), hint: t("Par exemple 24.11.2026"),
                    value: typed.until, inputMode: "numeric", maxLength: 10, isRequired: false,
                    mistake: mistake("au"))
            }
            div(.class("form__b")) { button(.class("btn btn--p")) { t("Chercher") } }
        }
    }

    private func mistake(_ field: String) -> String? { typed.mistakes.first { $0.field == field }?.text }

    private var table: Node {
        HTML.table(.class("table table--dense")) {
            caption(.class("vh")) { t("Événements") }
            thead {
                tr {
                    th(.scope("col")) { t("Quand") }
                    th(.scope("col")) { t("Qui") }
                    th(.scope("col")) { t("Action") }
                    th(.scope("col")) { t("Objet") }
                    th(.scope("col")) { t("Détail") }
                }
            }
            tbody { for event in found.events { line(event) } }
        }
    }

    private func line(_ event: FoundAuditEvent) -> Node {
        tr {
            td(.dataLabel(t("Quand"))) {
                HTML.time(.datetime(DateTexts.machine(event.recordedAt.rawValue))) {
                    DateTexts.dateAndTime(event.recordedAt.rawValue)
                }
            }
            td(.dataLabel(t("Qui"))) {
                span {
                    event.actorName ?? kind(event.actorKind)
                    if let principal = event.principalName {
                        " " + t("pour {name}", ["name": principal])
                    }
                }
            }
            td(.dataLabel(t("Action"))) {
                span(.class("chips")) {
                    code { event.event }
                    if event.outcome != "success" { Chip(event.rule ?? event.outcome, .danger) }
                }
            }
            td(.dataLabel(t("Objet"))) {
                span {
                    event.objectKind ?? "–"
                    if let id = event.objectID {
                        " "
                        link(.href(Path("/admin/journal", query: ["objet": id]))) {
                            code { String(id.prefix(12)) }
                        }
                    }
                }
            }
            td(.dataLabel(t("Détail"))) {
                span { [event.detail, event.address].compactMap { $0 }.joined(separator: " · ") }
            }
        }
    }

    private func kind(_ kind: String) -> String {
        switch kind {
        case "client": t("Système de l’hôpital")
        case "system": t("Portail")
        case "anonymous": t("Personne non connectée")
        default: t("Compte")
        }
    }

    private func more(_ next: Int64) -> Node {
        let query = [
            ("personne", typed.person), ("action", typed.event), ("objet", typed.object), ("du", typed.from),
            ("au", typed.until), ("avant", String(next)),
        ].filter { !$0.1.isEmpty }
        return nav(.class("pages"), .ariaLabel(t("Pagination"))) {
            link(
                .class("btn btn--s btn--sm"), .rel("next"),
                .href(Path("/admin/journal", segments: [], query: query.map { (key: $0.0, value: $0.1) }))
            ) { t("Plus anciens") }
        }
    }
}
