import Access
import HTML

/// Taking away somebody's second factors, on the page of his account: one of the team proposes it, another approves it a
/// day later, and the holder can stop it in between (D34, REC-1).
struct FactorResetSection: Component {
    let accountID: String
    /// What waits; nil when nothing does.
    let reset: WaitingFactorReset?
    let formToken: String
    /// UTC milliseconds
    let now: Int64

    var body: Node {
        if let reset { waiting(reset) } else { proposal }
    }

    private var proposal: Node {
        details(.class("fold")) {
            HTML.summary(.class("fold__s")) {
                span { t("Réinitialiser les seconds facteurs") }
                Icon.chevronDown
            }
            form(.class("fold__p stack"), .method(.post), .action(path())) {
                FormToken(formToken)
                p {
                    t(
                        """
                        Pour une personne qui a perdu son téléphone et dont vous avez vérifié l’identité à nouveau. \
                        Elle en est avertie par e-mail et peut l’arrêter ; une autre personne de l’équipe approuve \
                        un jour plus tard. Personne de l’équipe ne voit ni ne choisit un code.
                        """)
                }
                div { button(.class("btn btn--s")) { t("Proposer la réinitialisation") } }
            }
        }
    }

    private func waiting(_ waiting: WaitingFactorReset) -> Node {
        section(.class("card card--pad stack"), .ariaLabelledBy("facteurs")) {
            h2(.id("facteurs")) { t("Réinitialisation des seconds facteurs") }
            p {
                t(
                    "Proposée par {person}, {date}.",
                    [
                        "person": b { waiting.proposerName },
                        "date": Node(DateTexts.sentence(waiting.reset.proposedAt.rawValue, now: now)),
                    ])
            }
            if waiting.reset.openFrom.rawValue > now {
                p {
                    t(
                        "La personne peut l’arrêter. À approuver par une autre personne dès le {date}.",
                        ["date": DateTexts.dateAndTime(waiting.reset.openFrom.rawValue)])
                }
            } else if waiting.isOwn {
                p { t("Une autre personne de l’équipe doit l’approuver.") }
            } else {
                form(.method(.post), .action(path("approuver"))) {
                    FormToken(formToken)
                    input(.type("hidden"), .name("demande"), .value(waiting.reset.id.rawValue))
                    p {
                        t(
                            """
                            Les seconds facteurs sont retirés et les sessions prennent fin aussitôt. Un nouveau \
                            numéro se confirme avec la personne.
                            """)
                    }
                    div { button(.class("btn btn--p")) { t("Approuver la réinitialisation") } }
                }
            }
            form(.method(.post), .action(path("arreter"))) {
                FormToken(formToken)
                button(.class("btn btn--s")) { t("Retirer la proposition") }
            }
        }
    }

    private func path(_ act: String...) -> Path {
        Path("/admin/comptes", segments: [accountID, "facteurs"] + act, query: [])
    }
}
