import Access
import Dispatches
import Documents
import HTML

/// `/dpo/patients`: who had access to one patient's documents, for who looks after the protection of data. By number only,
/// which travels in the body of the form.
struct PatientAccessesPage: Sendable {
    let shell: Shell
    var number = ""
    var accesses: PatientAccesses?
    var mistake: String?

    var html: [UInt8] {
        shell.page(PageTitle(t("Accès d’un patient"), isError: mistake != nil), in: .accesses) {
            if let mistake { ErrorSummary(mistakes: [FieldMistake(field: "numero", text: mistake)]) }
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
                    maxLength: 50, mistake: mistake)
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Chercher") } }
            }
            if let accesses { result(accesses) }
        }
    }

    @Markup private func result(_ accesses: PatientAccesses) -> Node {
        h2 { t("Patient {number}", ["number": number]) }
        if accesses.lines.isEmpty {
            EmptyState(text: t("Aucun accès enregistré pour ce numéro."))
        } else {
            table(accesses)
            form(.class("acts"), .method(.post), .action(Path("/dpo/patients/export"))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("numero"), .value(number))
                button(.class("btn btn--s"), .name("format"), .value("atc")) {
                    t("Emporter au format du DEP (ATC)")
                }
                button(.class("btn btn--s"), .name("format"), .value("csv")) {
                    t("Emporter en tableau (CSV)")
                }
            }
        }
        if let next = accesses.next {
            form(.class("pages"), .method(.post), .action(Path("/dpo/patients"))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("numero"), .value(number))
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
