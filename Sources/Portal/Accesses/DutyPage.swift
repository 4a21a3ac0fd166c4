import Access
import HTML

/// `/admin/protection`: who of the hospital may read the accesses to one patient's documents. The portal team gives the
/// duty, two people together, and never has it.
struct DutyPage: Sendable {
    let shell: Shell
    let holders: [DutyHolder]
    var problem: String?

    var html: [UInt8] {
        shell.page(PageTitle(t("Protection des données"), isError: problem != nil), in: .services) {
            if let problem { ErrorSummary(mistakes: [FieldMistake(field: "email", text: problem)]) }
            p(.class("crumb")) {
                link(.href(Path("/admin/services"))) {
                    Icon.left
                    t("Services")
                }
            }
            div(.class("head")) {
                h1 { t("Protection des données") }
                p(.class("lead")) {
                    t(
                        """
                        La personne chargée de la protection des données à l’hôpital peut lire qui a eu accès aux \
                        documents d’une patiente ou d’un patient. Deux personnes de l’équipe décident.
                        """)
                }
            }
            if holders.isEmpty { EmptyState(text: t("Personne n’a cette tâche.")) }
            for holder in holders { card(holder) }
            form(.class("card card--pad stack"), .method(.post), .action(Path("/admin/protection"))) {
                FormToken(shell.formToken)
                Field(
                    id: "email", name: "email", label: t("Adresse e-mail du compte de l’hôpital"),
                    type: "email", maxLength: 254, mistake: problem)
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Proposer") } }
            }
        }
    }

    private func card(_ holder: DutyHolder) -> Node {
        section(.class("card card--pad stack"), .ariaLabel(holder.displayName)) {
            p {
                b { holder.displayName }
                " "
                holder.approvedAt == nil
                    ? Chip(t("Attend une seconde personne"), .warn) : Chip(t("En vigueur"), .ok)
                br()
                holder.email
            }
            div(.class("acts")) {
                if holder.approvedAt == nil, !holder.isOwn { act(holder, "approuver", t("Approuver")) }
                act(holder, "retirer", t("Retirer"))
            }
        }
    }

    private func act(_ holder: DutyHolder, _ part: String, _ text: String) -> Node {
        form(.method(.post), .action(Path("/admin/protection", holder.accountID.rawValue, part))) {
            FormToken(shell.formToken)
            button(.class("btn btn--s btn--sm")) {
                text
                span(.class("vh")) { ": " + holder.displayName }
            }
        }
    }
}
