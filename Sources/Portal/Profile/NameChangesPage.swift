import HTML

/// `/admin/changements`: names that wait for the portal team. Posts nothing to `/admin/changements/{id}/valider` and
/// `/admin/changements/{id}/refuser`.
struct NameChangesPage: Sendable {
    struct Entry: Sendable {
        let id: String
        /// As it was proved.
        let known: String
        /// As it is asked for.
        let wanted: String
        let email: String
        let gln: String?
        /// UTC milliseconds
        let requestedAt: Int64
        /// Of the one who reads this page: somebody else decides.
        let isOwn: Bool
    }

    let shell: Shell
    let entries: [Entry]

    var html: [UInt8] {
        shell.page(PageTitle(t("Changements de nom"), section: t("Administration")), in: .nameChanges) {
            div(.class("head")) {
                h1 { t("Changements de nom") }
                p(.class("lead")) {
                    t("Vérifiez une pièce d’identité ou le registre avant de valider : le nom a été prouvé.")
                }
            }
            section(.class("card"), .ariaLabelledBy("attente")) {
                div(.class("card__h")) {
                    h2(.id("attente")) { t("En attente de validation") }
                    p(.class("count")) {
                        t(one: "{count} demande", other: "{count} demandes", count: entries.count)
                    }
                }
                if entries.isEmpty {
                    EmptyState(text: t("Aucune demande n’attend."))
                } else {
                    ul(.class("sessions"), .role("list")) { for entry in entries { item(entry) } }
                }
            }
        }
    }

    private func item(_ entry: Entry) -> Node {
        li {
            div {
                p {
                    t(
                        "{known} demande à s’appeler {wanted}",
                        ["known": b { entry.known }, "wanted": b { entry.wanted }])
                }
                p(.class("hint")) {
                    entry.email + (entry.gln.map { " · GLN " + $0 } ?? "") + " · "
                        + t("demandé le {date}", ["date": DateTexts.dateAndTime(entry.requestedAt)])
                }
            }
            if entry.isOwn {
                p(.class("hint")) { t("Une autre personne de l’équipe doit décider.") }
            } else {
                div(.class("acts")) {
                    form(.method(.post), .action(Path("/admin/changements", entry.id, "refuser"))) {
                        FormToken(shell.formToken)
                        button(
                            .class("btn btn--s btn--sm"),
                            .ariaLabel(t("Refuser le nom {name}", ["name": entry.wanted]))
                        ) { t("Refuser") }
                    }
                    form(.method(.post), .action(Path("/admin/changements", entry.id, "valider"))) {
                        FormToken(shell.formToken)
                        button(
                            .class("btn btn--p btn--sm"),
                            .ariaLabel(t("Valider le nom {name}", ["name": entry.wanted]))
                        ) { t("Valider le nom") }
                    }
                }
            }
        }
    }
}
