import Access
import Documents
import HTML

/// `/service/demandes`: recipients who ask for an expired document once more. Sending it again is an act of its own, here
/// or in the record system: the contents are destroyed in the portal.
struct RenewalsPage: Sendable {
    let shell: Shell
    let waiting: [AskedAgain]
    let settled: [AskedAgain]

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Nouvelles mises à disposition")), in: .sendings) {
            div(.class("head")) {
                h1 { t("Nouvelles mises à disposition") }
                p(.class("lead")) {
                    t(
                        "Ces documents ont expiré et ne peuvent pas être restaurés : envoyez-les à nouveau, puis marquez la demande comme traitée."
                    )
                }
            }
            section(.class("card"), .ariaLabelledBy("attente")) {
                div(.class("card__h")) { h2(.id("attente")) { t("À traiter") } }
                if waiting.isEmpty { EmptyState(text: t("Aucune demande n’attend.")) } else { list(waiting) }
            }
            if !settled.isEmpty {
                section(.class("card"), .ariaLabelledBy("traitees")) {
                    div(.class("card__h")) { h2(.id("traitees")) { t("Traitées") } }
                    list(settled)
                }
            }
        }
    }

    private func list(_ wishes: [AskedAgain]) -> Node {
        ul(.role("list")) {
            for wish in wishes {
                li(.class("row")) {
                    p(.class("row__p")) {
                        b { wish.document.title }
                        " "
                        span {
                            "\(wish.patient.familyName) \(wish.patient.givenName), "
                                + DateTexts.date(iso: wish.patient.birthDate)
                        }
                    }
                    HTML.time(.datetime(DateTexts.machine(wish.askedAt.rawValue))) {
                        DateTexts.short(wish.askedAt.rawValue, now: now)
                    }
                    p(.class("row__m")) {
                        span {
                            t(
                                "{name} · expiré le {date}",
                                ["name": wish.recipientName, "date": DateTexts.date(wish.expiredAt.rawValue)])
                        }
                    }
                    if wish.settledAt == nil { settleForm(wish) }
                }
            }
        }
    }

    private func settleForm(_ wish: AskedAgain) -> Node {
        form(.method(.post), .action(Path("/service/demandes", wish.document.id.rawValue, "traiter"))) {
            FormToken(shell.formToken)
            input(.type("hidden"), .name("destinataire"), .value(wish.accountID.rawValue))
            button(.class("btn btn--s btn--sm"), .type("submit")) {
                t("Marquer comme traitée")
                span(.class("vh")) { " " + wish.document.title }
            }
        }
    }
}
