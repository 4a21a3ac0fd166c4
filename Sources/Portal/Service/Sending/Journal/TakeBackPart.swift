import Access
import Dispatches
import Documents
import HTML

/// How a sending is taken back, and what that does: in a space, in the queue of letters, and not to paper that has left.
struct TakeBackPart: Component {
    let sent: SentDocument
    let formToken: String

    private var id: String { sent.document.id.rawValue }

    var body: Node {
        if sent.canBeCancelled {
            h2 { t("Annuler l’envoi") }
            p { cancelling.joined(separator: " ") }
            form(.method(.post), .action(Path("/service/envois", id, "annuler"))) {
                FormToken(formToken)
                button(.class("btn btn--s")) { t("Annuler l’envoi") }
            }
        } else if sent.canBeRecalled {
            h2 { t("Rappeler le document") }
            if let exportedLetter { p { printed(exportedLetter) } }
            if hasReaders {
                p {
                    t(
                        """
                        Il a déjà été ouvert ou remis. Rappelé, il ne peut plus être ouvert ; les lecteurs en sont \
                        avertis et voient le motif. Ce qui a été téléchargé ou envoyé ne peut pas être repris.
                        """)
                }
            }
            form(.class("stack"), .method(.post), .action(Path("/service/envois", id, "rappeler"))) {
                FormToken(formToken)
                NoteField(
                    name: "motif", label: t("Motif du rappel"),
                    hint: hasReaders
                        ? t("Les lecteurs le voient. N’y écrivez pas de donnée médicale.")
                        : t("Il est conservé avec l’envoi. N’y écrivez pas de donnée médicale."),
                    maxLength: 300, isRequired: true)
                div { button(.class("btn btn--s")) { t("Rappeler le document") } }
            }
        }
    }

    /// What became of a sending that was taken back.
    var outcome: [String] {
        var words = [
            sent.isInPortal
                ? t("Ce document a été annulé : il ne peut plus être ouvert.") : t("Cet envoi a été annulé.")
        ]
        if let malware = sent.malware {
            words.append(
                t(
                    """
                    L’analyse du fichier gardé a trouvé un logiciel malveillant ({name}) : le portail l’a retiré. \
                    Prévenez votre service informatique, et envoyez le document à nouveau depuis un fichier sain.
                    """, ["name": malware]))
        }
        if let exportedLetter {
            words.append(printed(exportedLetter))
        } else if !sent.letters.isEmpty {
            words.append(t("La lettre a quitté la file du courrier : elle ne sera pas imprimée."))
        }
        return words
    }

    /// Whether anybody reads it here, or got it by mail.
    private var hasReaders: Bool {
        sent.isInPortal || sent.recipients.contains { $0.dispatch.mailedAt != nil }
    }

    private var exportedLetter: SentLetter? { sent.letters.first { $0.state == .exported } }

    private var cancelling: [String] {
        var words: [String] = []
        if sent.isInPortal {
            words.append(t("Personne ne l’a ouvert : il disparaît de l’espace du destinataire."))
        }
        if sent.letters.contains(where: { $0.state == .waiting }) {
            words.append(t("La lettre n’est pas encore imprimée : elle quitte la file du courrier."))
        }
        if words.isEmpty {
            let hasFailed = sent.recipients.contains { $0.dispatch.state == .failed }
            words.append(
                hasFailed
                    ? t("Il n’est parvenu à personne.") : t("Il n’est pas encore parti : il ne partira pas."))
        }
        return words + [t("La trace reste.")]
    }

    private func printed(_ letter: SentLetter) -> String {
        t(
            """
            La lettre a été remise à l’impression le {moment} : elle ne peut pas être reprise ici. Si elle n’est pas \
            encore partie, retirez-la du courrier.
            """, ["moment": DateTexts.dateAndTime(letter.at.rawValue)])
    }
}
