import Access
import Directory
import HTML

/// `/admin/domaines`: mail domains, who says of them that HIN secures them, and those of which somebody has asked.
struct DomainsPage: Sendable {
    let shell: Shell
    let list: DomainList
    var typed = ""
    var isWrong = false

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Domaines e-mail"), isError: isWrong), in: .domains) {
            if isWrong {
                ErrorSummary(mistakes: [
                    FieldMistake(
                        field: "domaine", text: t("Saisissez un domaine et d’où vient l’information."))
                ])
            }
            div(.class("head")) {
                h1 { t("Domaines e-mail") }
                p(.class("lead")) {
                    t("Un code ou un document ne part par e-mail que vers un domaine sécurisé par HIN.")
                }
            }
            if !list.questions.isEmpty { questions }
            addForm
            if list.domains.isEmpty {
                EmptyState(text: t("Aucun domaine n’est encore enregistré."))
            } else {
                table
            }
        }
    }

    private var questions: Node {
        section(.class("card card--pad"), .ariaLabelledBy("questions")) {
            h2(.id("questions")) { t("À décider") }
            for question in list.questions {
                KeptEntry.inForm(Path("/admin/domaines"), ["domaine": question.domain]) { _ in
                    form(.class("stack"), .method(.post), .action(Path("/admin/domaines"))) {
                        FormToken(shell.formToken)
                        input(.type("hidden"), .name("domaine"), .value(question.domain))
                        p {
                            b { question.domain }
                            " – "
                            t(
                                one: "{count} personne l’a demandé", other: "{count} personnes l’ont demandé",
                                count: question.askers)
                            ", " + DateTexts.sentence(question.firstAskedAt.rawValue, now: now)
                        }
                        div(.class("field")) {
                            label(.for("source-\(question.domain)")) { t("D’où vient l’information*") }
                            input(
                                .class("input"), .id("source-\(question.domain)"), .name("source"),
                                .type("text"), .value(KeptEntry.value("source") ?? ""), .autocomplete("off"),
                                .maxLength(200), .required(true))
                        }
                        div(.class("acts")) { decisions }
                    }
                }
            }
        }
    }

    /// Typed here, or into a question that somebody has decided meanwhile.
    private var isAdding: Bool {
        KeptEntry.isOf(Path("/admin/domaines"))
            && !list.questions.contains { $0.domain == KeptEntry.value("domaine") }
    }

    @Markup private var decisions: Node {
        button(.class("btn btn--s"), .name("securise"), .value("oui")) { t("Sécurisé par HIN") }
        button(.class("btn btn--s"), .name("securise"), .value("non")) { t("Pas sécurisé") }
    }

    private var addForm: Node {
        KeptEntry.inForm(isAdding) { isKept in
            details(.class("fold"), .open(isWrong || isKept)) {
                HTML.summary(.class("fold__s")) {
                    span { t("Ajouter ou corriger un domaine") }
                    Icon.chevronDown
                }
                form(.class("fold__p stack"), .method(.post), .action(Path("/admin/domaines"))) {
                    FormToken(shell.formToken)
                    Field(
                        id: "domaine", name: "domaine", label: t("Domaine*"),
                        hint: t("Ce qui suit @, par exemple hin.ch"),
                        value: typed, maxLength: 253)
                    Field(
                        id: "source", name: "source", label: t("D’où vient l’information*"), maxLength: 200)
                    div(.class("acts")) { decisions }
                }
            }
        }
    }

    private var table: Node {
        HTML.table(.class("table")) {
            caption(.class("vh")) { t("Domaines e-mail") }
            thead {
                tr {
                    th(.scope("col")) { t("Domaine") }
                    th(.scope("col")) { t("État") }
                    th(.scope("col")) { t("Provenance") }
                    th(.scope("col")) { t("Décidé") }
                }
            }
            tbody {
                for domain in list.domains {
                    tr {
                        td(.dataLabel(t("Domaine"))) { domain.domain }
                        td(.dataLabel(t("État"))) {
                            domain.isSecured ? Chip(t("Sécurisé"), .ok) : Chip(t("Pas sécurisé"), .neutral)
                        }
                        td(.dataLabel(t("Provenance"))) { domain.provenance }
                        td(.dataLabel(t("Décidé"))) {
                            "\(domain.decidedBy), \(DateTexts.date(domain.decidedAt.rawValue))"
                        }
                    }
                }
            }
        }
    }
}
