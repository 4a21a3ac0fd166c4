import Access
import Dispatches
import Documents
import HTML

/// `/dpo/patients`: who had access to one patient's documents, for who looks after the protection of data. By number only,
/// which travels in the body of the form.
struct PatientAccessesPage: Sendable {
    let shell: Shell
    var number = ""
    /// As typed.
    var from = ""
    var until = ""
    var accesses: PatientAccesses?
    var mistakes: [FieldMistake] = []

    var html: [UInt8] {
        shell.page(PageTitle(t("Accès d’un patient"), isError: !mistakes.isEmpty), in: .accesses) {
            if !mistakes.isEmpty { ErrorSummary(mistakes: mistakes) }
            div(.class("head")) {
                h1 { t("Accès aux documents d’une patiente ou d’un patient") }
                p(.class("lead")) {
                    t("Qui, quand, quoi et sur quelle base. Cette recherche est elle-même enregistrée.")
                }
            }
            form(.class("card card--pad stack"), .method(.post), .action(Path("/dpo/patients"))) {
                FormToken(shell.formToken)
                Field(
                    id: "numero", name: "numero", label: t("Numéro de patient"),
                    hint: t("Celui du dossier patient intégré. La recherche par nom n’existe pas."),
                    value: number,
                    maxLength: 50, mistake: mistake(in: "numero"))
                div(.class("grid")) {
                    day("du", t("Du"), from)
                    day("au", t("Au, compris"), until)
                }
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Chercher") } }
            }
            if let accesses { result(accesses) }
        }
    }

    private func day(_ name: String, _ label: String, _ value: String) -> Field {
        Field(
            id: name, name: name, label: label, hint: t("Par exemple 24.11.2026"), value: value,
            inputMode: "numeric", maxLength: 10, isRequired: false, mistake: mistake(in: name))
    }

    private func mistake(in field: String) -> String? { mistakes.first { $0.field == field }?.text }

    /// What was asked for, for the next page and for the files.
    @Markup private var asked: Node {
        input(.type("hidden"), .name("numero"), .value(number))
        if !from.isEmpty { input(.type("hidden"), .name("du"), .value(from)) }
        if !until.isEmpty { input(.type("hidden"), .name("au"), .value(until)) }
    }

    @Markup private func result(_ accesses: PatientAccesses) -> Node {
        h2 { t("Patient {number}", ["number": number]) }
        if accesses.lines.isEmpty {
            EmptyState(text: t("Aucun accès enregistré pour ce numéro."))
        } else {
            table(accesses)
            form(.class("acts"), .method(.post), .action(Path("/dpo/patients/export"))) {
                FormToken(shell.formToken)
                asked
                button(.class("btn btn--s"), .name("format"), .value("atc")) {
                    t("Emporter au format du DEP (ATC)")
                }
                button(.class("btn btn--s"), .name("format"), .value("csv")) {
                    t("Emporter en tableau (CSV)")
                }
                p(.class("hint")) { ExportLimitTexts.line(DispatchActions.accessesExport) }
            }
        }
        if let next = accesses.next {
            form(.class("pages"), .method(.post), .action(Path("/dpo/patients"))) {
                FormToken(shell.formToken)
                asked
                input(.type("hidden"), .name("avant"), .value(String(next)))
                button(.class("btn btn--s btn--sm")) { t("Plus anciens") }
            }
        }
    }

    private func table(_ accesses: PatientAccesses) -> AuditTable {
        let kinds = Dictionary(accesses.lines.map { ($0.line.id, $0) }) { first, _ in first }
        return AuditTable(lines: accesses.lines.map(\.line), hospital: shell.brand.hospitalName) { line in
            let access = kinds[line.id]
            let document = access?.document
            return [
                recipient(access?.recipient), document.map { DocumentTypeTexts.name(code: $0.typeCode) },
                document.map { t("« {title} »", ["title": $0.title]) }, document?.service,
                document.map { t("séjour {number}", ["number": $0.stayNumber]) },
                document.map { t("identifiant {identifier}", ["identifier": $0.identifier]) },
                basis(line.record.basis),
            ].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    /// To whom it went.
    private func recipient(_ recipient: PatientAccess.Recipient?) -> String? {
        guard let recipient else { return nil }
        let gln = recipient.gln.map { t("GLN {number}", ["number": $0]) }
        return t(
            "pour {recipient}",
            ["recipient": [recipient.name, gln].compactMap { $0 }.joined(separator: ", ")])
    }

    private func basis(_ text: String?) -> String? {
        guard let text else { return nil }
        if text.hasPrefix("designation") { return t("sur désignation") }
        if text.hasPrefix("consent") { return t("sur accord explicite") }
        return t("sous la responsabilité de l’hôpital")
    }
}
