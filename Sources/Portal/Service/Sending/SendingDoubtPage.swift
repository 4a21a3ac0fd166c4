import Dispatches
import HTML

/// The page between two steps where something is unusual (ui.md 3.10): one statement each, a reason where it is needed.
struct SendingDoubtPage: Sendable {
    let shell: Shell
    let fields: SendingFields
    let check: SendingCheck
    var isReasonMissing = false

    private var needsReason: Bool { check.doubts.contains(where: \.needsReason) }

    private var mistake: String { t("Indiquez pourquoi ce document est envoyé à cette personne.") }

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Vérifier le destinataire"), section: t("Envois"), isError: isReasonMissing),
            in: .sendings
        ) {
            if isReasonMissing { ErrorSummary(mistakes: [FieldMistake(field: "motif", text: mistake)]) }
            div(.class("head")) { h1 { t("Vérifier le destinataire") } }
            for doubt in check.doubts { statement(doubt) }
            SendingSummary(fields: fields, recipient: check.recipient.line, step: 3)
            form(
                .class("card card--pad stack"), .method(.post), .action(Path("/service/envois/destinataire"))
            ) {
                FormToken(shell.formToken)
                CarriedFields(fields: fields, leavesOut: ["motif"])
                input(.type("hidden"), .name("vu"), .value("1"))
                if needsReason {
                    NoteField(
                        name: "motif", label: t("Motif de l’envoi") + "*",
                        hint: t("Il est conservé avec l’envoi. N’y écrivez pas de donnée médicale."),
                        value: fields.reason, maxLength: 400, isRequired: true,
                        mistake: isReasonMissing ? mistake : nil)
                }
                div(.class("acts")) {
                    link(
                        .class("btn btn--s"), .href(SendingStep.recipient.path(fields.number ?? ""))
                    ) { t("Revenir") }
                    button(.class("btn btn--p"), .formNoValidate(true)) { t("Continuer") }
                }
            }
        }
    }

    private func statement(_ doubt: SendingDoubt) -> Node {
        NoteBox(.warn) {
            switch doubt {
            case .notDesignated:
                p {
                    Agreement.isFeminine(check.recipient.displayName)
                        ? t(
                            """
                            {person} n’a pas été désignée pour ce séjour. Un accord explicite de la patiente ou du \
                            patient, pour cet envoi, est nécessaire.
                            """, ["person": check.recipient.displayName])
                        : t(
                            """
                            {person} n’a pas été désigné pour ce séjour. Un accord explicite de la patiente ou du \
                            patient, pour cet envoi, est nécessaire.
                            """, ["person": check.recipient.displayName])
                }
            case .designationRevoked:
                p {
                    t(
                        """
                        La patiente ou le patient a retiré la désignation de {person} pour ce séjour. Assurez-vous \
                        que l’accord donné depuis vaut bien pour cette personne.
                        """, ["person": check.recipient.displayName])
                }
            case .namesakes(let others):
                p { t("Une autre personne porte le même nom. Comparez le lieu et le GLN.") }
                ul {
                    li { check.recipient.line }
                    for other in others { li { other.line } }
                }
            case .newPatient:
                p {
                    t(
                        """
                        Le portail ne connaît pas encore ce numéro de patient. Comparez-le chiffre par chiffre avec le \
                        dossier : il sera lié au nom et à la date de naissance saisis.
                        """)
                }
            case .otherSpelling:
                p {
                    t(
                        """
                        Ce numéro de patient est connu sous un nom écrit autrement. Vérifiez qu’il s’agit de la \
                        même personne ; l’écriture du dossier patient est conservée.
                        """)
                }
            }
        }.body
    }
}
