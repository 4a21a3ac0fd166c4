import Access
import Documents
import HTML

/// `/profil/acces`: who did what in one's own space, and about one's account (goal 15). Each can read and keep his own.
struct AccessLogPage: Sendable {
    /// The filter as it was typed.
    struct Typed: Sendable {
        var person = ""
        var from = ""
        var until = ""
        var mistakes: [FieldMistake] = []
    }

    let shell: Shell
    let log: AccessLog
    var typed = Typed()
    /// What is known of the documents that were addressed to this space.
    var documents: [Document.ID: DocumentSummary] = [:]

    var html: [UInt8] {
        shell.page(PageTitle(t("Journal des accès"), isError: !typed.mistakes.isEmpty), in: .account) {
            if !typed.mistakes.isEmpty { ErrorSummary(mistakes: typed.mistakes) }
            div(.class("head")) {
                h1 { t("Journal des accès") }
                p(.class("lead")) {
                    t(
                        "Ce qui a été fait dans votre espace, en votre nom ou sur votre compte. Personne ne peut l’effacer."
                    )
                }
            }
            filters
            if log.lines.isEmpty {
                EmptyState(
                    text: t("Aucun événement pour cette recherche."),
                    way: (Path("/profil/acces"), t("Effacer les filtres")))
            } else {
                table
                export
            }
            if let next = log.next {
                nav(.class("pages"), .ariaLabel(t("Pagination"))) {
                    link(
                        .class("btn btn--s btn--sm"), .rel("next"),
                        .href(Path("/profil/acces", segments: [], query: query + [("avant", String(next))]))
                    ) { t("Plus anciens") }
                }
            }
            p(.class("hint")) {
                t(
                    "Les mises à disposition se lisent sous chaque document. Cette consultation est enregistrée aussi."
                )
            }
        }
    }

    private var table: AuditTable {
        var table = AuditTable(
            lines: log.lines, hospital: shell.brand.hospitalName, linksDocuments: linksDocuments)
        table.isGrouped = true
        if !documents.isEmpty {
            table.detail = { [documents] line in
                guard let id = line.record.objectID, let document = documents[Document.ID(rawValue: id)]
                else { return "" }
                return [
                    DocumentTypeTexts.name(code: document.typeCode), document.service,
                    DateTexts.date(document.authoredAt.rawValue),
                ].filter { !$0.isEmpty }.joined(separator: ", ")
            }
        }
        return table
    }

    /// A document of the list opens in one's own space only.
    private var linksDocuments: Bool {
        if case .own = shell.place { true } else { false }
    }

    private var query: [(key: String, value: String)] {
        [("personne", typed.person), ("du", typed.from), ("au", typed.until)].filter { !$0.1.isEmpty }
            .map { (key: $0.0, value: $0.1) }
    }

    private var filters: Node {
        form(.class("card card--pad"), .role("search"), .method(.get), .action(Path("/profil/acces"))) {
            div(.class("grid")) {
                SelectField(
                    name: "personne", label: t("Personne"),
                    choices: [Choice(value: "", text: t("Toutes"))]
                        + log.people.map { Choice(value: $0.id.rawValue, text: $0.name) },
                    selected: typed.person)
                day("du", t("Du"), typed.from)
                day("au", t("Au, compris"), typed.until)
            }
            div(.class("form__b")) { button(.class("btn btn--p")) { t("Chercher") } }
        }
    }

    private func day(_ name: String, _ label: String, _ value: String) -> Field {
        Field(
            id: name, name: name, label: label, hint: t("Par exemple 24.11.2026"), value: value,
            inputMode: "numeric", maxLength: 10, isRequired: false,
            mistake: typed.mistakes.first { $0.field == name }?.text)
    }

    private var export: Node {
        form(.class("acts"), .method(.post), .action(Path("/profil/acces/export"))) {
            FormToken(shell.formToken)
            for pair in query { input(.type("hidden"), .name(pair.key), .value(pair.value)) }
            button(.class("btn btn--s"), .name("format"), .value("csv")) { t("Emporter en tableau (CSV)") }
            button(.class("btn btn--s"), .name("format"), .value("fhir")) { t("Emporter en FHIR (JSON)") }
            p(.class("hint")) { ExportLimitTexts.line(AccessActions.exportLimit) }
        }
    }
}

/// Events of the trail as a table that becomes cards on a phone.
struct AuditTable: Component {
    let lines: [AuditLine]
    /// Who acted, where no person did.
    let hospital: String
    var linksDocuments = false
    /// Looks at lists within an hour stand in one row.
    var isGrouped = false
    /// What is known of the object of an event, besides.
    var detail: (@Sendable (AuditLine) -> String)?

    var body: Node {
        table(.class("table"), .role("table")) {
            caption(.class("vh")) { t("Événements, du plus récent au plus ancien") }
            thead {
                tr(.role("row")) {
                    for name in columns { th(.scope("col"), .role("columnheader")) { name } }
                }
            }
            tbody {
                for group in isGrouped ? lines.grouped : lines.map({ [$0] }) {
                    if let line = group.first { row(line, count: group.count) }
                }
            }
        }
    }

    private var columns: [String] {
        [t("Quand"), t("Qui"), t("Pour qui"), t("Quoi")] + (detail == nil ? [] : [t("Détail")])
    }

    /// - Parameter count: for how many events the row stands.
    private func row(_ line: AuditLine, count: Int) -> Node {
        tr(.role("row")) {
            cell(t("Quand")) {
                HTML.time(.datetime(DateTexts.machine(line.record.recordedAt.rawValue))) {
                    DateTexts.dateAndTime(line.record.recordedAt.rawValue)
                }
            }
            cell(t("Qui")) { line.actorName ?? actor(line.record) }
            cell(t("Pour qui")) { line.principalName ?? "–" }
            cell(t("Quoi")) {
                if linksDocuments, line.record.objectKind == "document", let id = line.record.objectID {
                    link(.href(Path("/documents", id, "acces"))) { EventTexts.name(line.record.event) }
                } else if count > 1 {
                    looks(count, at: line.record.recordedAt)
                } else {
                    EventTexts.name(line.record.event)
                }
                if line.record.outcome != AuditOutcome.success.rawValue {
                    " "
                    Chip(
                        line.record.outcome == AuditOutcome.refused.rawValue ? t("Refusé") : t("Échec"),
                        .danger)
                }
            }
            if let detail { cell(t("Détail")) { detail(line) } }
        }
    }

    /// «12 consultations de la liste, 9 h–10 h»
    private func looks(_ count: Int, at moment: Timestamp) -> String {
        let hour = LocalTime(moment.rawValue).hour
        return t(
            one: "{count} consultation de la liste", other: "{count} consultations de la liste", count: count)
            + ", " + t("{from} h–{until} h", ["from": String(hour), "until": String(hour + 1)])
    }

    private func actor(_ record: AuditRecord) -> String {
        switch record.actorKind {
        case "client" where record.principalID != nil: t("Logiciel du cabinet")
        case "client": t("Système de {hospital}", ["hospital": hospital])
        case "anonymous": t("Personne non identifiée")
        default: t("Le portail")
        }
    }

    private func cell(_ name: String, @Markup _ content: () -> Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content() }
    }
}
