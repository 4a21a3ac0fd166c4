import Access
import Documents
import HTML

/// `/service/demandes`: recipients who ask for an expired document once more. Sending it again is an act of its own, here
/// or in the record system: the contents are destroyed in the portal.
struct RenewalsPage: Sendable {
    let shell: Shell
    let waiting: [AskedAgain]
    let settled: [AskedAgain]
    /// An answer that was not taken.
    var refused: Refused?

    struct Refused: Sendable {
        let documentID: Document.ID
        let recipientID: Account.ID
        /// As typed.
        let reason: String
        let text: String
    }

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Nouvelles mises à disposition"), isError: refused != nil), in: .sendings
        ) {
            if let place = waiting.firstIndex(where: isRefused), let refused {
                ErrorSummary(mistakes: [FieldMistake(field: "motif-\(place)", text: refused.text)])
            }
            div(.class("head")) {
                h1 { t("Nouvelles mises à disposition") }
                p(.class("lead")) {
                    t(
                        "Ces documents ont expiré et ne peuvent pas être restaurés : envoyez-les à nouveau, ou refusez la demande. La personne qui l’a faite lit votre réponse."
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

    private func isRefused(_ wish: AskedAgain) -> Bool {
        wish.document.id == refused?.documentID && wish.accountID == refused?.recipientID
    }

    private func list(_ wishes: [AskedAgain]) -> Node {
        ul(.role("list")) {
            for (place, wish) in wishes.enumerated() {
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
                    if let settled = wish.settledAt {
                        // no `span`: a reason is read to its end
                        p(.class("row__m")) { answerText(wish, at: settled) }
                    } else {
                        settleForm(wish, place)
                    }
                }
            }
        }
    }

    private func answerText(_ wish: AskedAgain, at moment: Timestamp) -> String {
        let answer =
            switch wish.answer {
            case .released: t("Remis à disposition")
            case .refused: t("Refusé")
            case nil: t("Traité")
            }
        return [answer, DateTexts.dateAndTime(moment.rawValue), wish.reason].compactMap { $0 }
            .joined(separator: " · ")
    }

    private func settleForm(_ wish: AskedAgain, _ place: Int) -> Node {
        let action = Path("/service/demandes", wish.document.id.rawValue, "traiter")
        return KeptEntry.inForm(action, ["destinataire": wish.accountID.rawValue]) { _ in
            form(
                .class("stack"), .method(.post),
                .action(Path("/service/demandes", wish.document.id.rawValue, "traiter"))
            ) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("destinataire"), .value(wish.accountID.rawValue))
                Field(
                    id: "motif-\(place)", name: "motif", label: t("Motif pour cette personne, facultatif"),
                    hint: t("Sans donnée médicale, 200 caractères au plus."),
                    value: isRefused(wish) ? refused?.reason ?? "" : "",
                    maxLength: RenewalReason.maximumLength, isRequired: false,
                    mistake: isRefused(wish) ? refused?.text : nil)
                div(.class("acts")) {
                    answerButton("remis", t("Remis à disposition"), wish)
                    answerButton("refuse", t("Refuser"), wish)
                }
            }
        }
    }

    private func answerButton(_ value: String, _ name: String, _ wish: AskedAgain) -> Node {
        button(.class("btn btn--s btn--sm"), .name("reponse"), .value(value)) {
            name
            span(.class("vh")) { " " + wish.document.title }
        }
    }
}
