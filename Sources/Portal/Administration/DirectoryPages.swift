import Access
import Directory
import HTML

/// `/admin/professions`: what each profession may have (D45).
struct ProfessionsPage: Sendable {
    let shell: Shell
    let rules: [ProfessionRule]

    var html: [UInt8] {
        shell.page(PageTitle(t("Professions")), in: .accounts) {
            p(.class("crumb")) {
                link(.href(Path("/admin/comptes"))) {
                    Icon.left
                    t("Comptes")
                }
            }
            div(.class("head")) {
                h1 { t("Professions") }
                p(.class("lead")) {
                    t("Sans restriction, un compte est ouvert à toutes les professions de la santé.")
                }
            }
            form(.class("stack"), .method(.post), .action(Path("/admin/professions"))) {
                FormToken(shell.formToken)
                HTML.table(.class("table")) {
                    caption(.class("vh")) { t("Professions") }
                    thead {
                        tr {
                            th(.scope("col")) { t("Profession") }
                            th(.scope("col")) { t("Compte") }
                            th(.scope("col")) { t("Documents") }
                        }
                    }
                    tbody { for rule in rules { line(rule) } }
                }
                div(.class("form__b")) { button(.class("btn btn--p btn--caps")) { t("Sauvegarder") } }
            }
        }
    }

    private func line(_ rule: ProfessionRule) -> Node {
        tr {
            td(.dataLabel(t("Profession"))) { rule.profession.text }
            td(.dataLabel(t("Compte"))) {
                box("compte-\(rule.profession.rawValue)", t("Peut demander un compte"), rule.mayAsk)
            }
            td(.dataLabel(t("Documents"))) {
                box(
                    "documents-\(rule.profession.rawValue)", t("Peut recevoir des documents"), rule.mayReceive
                )
                link(.href(Path("/admin/professions", query: ["profession": rule.profession.rawValue]))) {
                    withheld(rule)
                    span(.class("vh")) { "\u{A0}: " + rule.profession.text }
                }
            }
        }
    }

    private func withheld(_ rule: ProfessionRule) -> String {
        switch rule.withheldTypes.count {
        case 0: t("Tous les types")
        case 1: t("1 type exclu")
        case let count: t("{count} types exclus", ["count": String(count)])
        }
    }

    private func box(_ id: String, _ text: String, _ isOn: Bool) -> Node {
        label(.class("check"), .for(id)) {
            input(.type("checkbox"), .id(id), .name(id), .value("1"), .checked(isOn))
            span { text }
        }
    }
}

/// `/admin/professions?profession=`: the document types that are addressed to one profession.
struct ProfessionTypesPage: Sendable {
    let shell: Shell
    let rule: ProfessionRule

    var html: [UInt8] {
        shell.page(PageTitle(t("Types de documents")), in: .accounts) {
            p(.class("crumb")) {
                link(.href(Path("/admin/professions"))) {
                    Icon.left
                    t("Professions")
                }
            }
            div(.class("head")) {
                h1 { t("Types de documents") }
                p(.class("lead")) { rule.profession.text }
            }
            form(.class("stack"), .method(.post), .action(Path("/admin/professions"))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("profession"), .value(rule.profession.rawValue))
                CheckList(
                    name: "types", legend: t("Types adressés à cette profession"),
                    hint: t(
                        """
                        L’hôpital reçoit un refus motivé s’il envoie un autre type. Les documents déjà reçus restent \
                        lisibles.
                        """
                    ), summary: t("Types de documents"),
                    choices: DocumentTypeTexts.codes.map {
                        Choice(value: $0, text: DocumentTypeTexts.name(code: $0))
                    }, selected: Set(DocumentTypeTexts.codes).subtracting(rule.withheldTypes), isOpen: true)
                div(.class("form__b")) { button(.class("btn btn--p btn--caps")) { t("Sauvegarder") } }
            }
        }
    }
}

/// `/admin/registre`: what imports of the registers said anew about people who have an account.
struct RegisterPage: Sendable {
    let shell: Shell
    let changes: [RegisterChange]

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Différences avec les registres")), in: .accounts) {
            p(.class("crumb")) {
                link(.href(Path("/admin/comptes"))) {
                    Icon.left
                    t("Comptes")
                }
            }
            h1 { t("Différences avec les registres") }
            if changes.isEmpty {
                EmptyState(
                    text: t("Aucune différence à traiter."),
                    explanation: [
                        t("Une différence apparaît ici quand un extrait importé dit autre chose qu’avant.")
                    ])
            }
            ul(.class("stack"), .role("list")) { for change in changes { li { item(change) } } }
        }
    }

    private func item(_ change: RegisterChange) -> Node {
        section(.class("card card--pad")) {
            p {
                if let account = change.accountID {
                    link(.href(Path("/admin/comptes", account.rawValue))) { b { change.holderName } }
                }
                " "
                Chip(
                    change.field.text, change.field == .licence || change.field == .removed ? .danger : .warn)
            }
            SummaryList(rows: [
                (t("Avant"), Node(text(change.oldValue, change.field))),
                (t("Maintenant"), Node(text(change.newValue, change.field))),
                (t("Vu"), Node(DateTexts.date(change.seenAt.rawValue))),
            ])
            form(.method(.post), .action(Path("/admin/registre", change.id, "traiter"))) {
                FormToken(shell.formToken)
                button(
                    .class("btn btn--s btn--sm"),
                    .ariaLabel(t("Marquer comme traitée : {name}", ["name": change.holderName]))
                ) { t("Marquer comme traitée") }
            }
        }
    }

    private func text(_ value: String, _ field: RegisterChange.Field) -> String {
        let words = field == .licence ? RegisterEntry.Licence(rawValue: value)?.text ?? value : value
        return words.isEmpty ? t("non indiqué") : words
    }
}

extension RegisterChange.Field {
    var text: String {
        switch self {
        case .name: t("Nom")
        case .licence: t("Autorisation")
        case .address: t("Adresse")
        case .specialities: t("Spécialités")
        case .removed: t("Radiée du registre")
        }
    }
}
