import Access
import Directory
import Dispatches
import HTML

/// The second step: those whom the patient designated first, then those whom the words found.
struct SendingRecipientPage: Sendable {
    let shell: Shell
    let fields: SendingFields
    let choice: SendingChoice
    /// Whether the institution prints letters for its services.
    var takesLetters = false
    /// Why the one who was chosen cannot be sent to.
    var problem: String?
    /// The way by which he can be sent to, where paper was asked for and is not sent.
    var offer: SendingCheck.Way?

    var html: [UInt8] {
        shell.page(PageTitle(t("Destinataire"), section: t("Envois"), isError: problem != nil), in: .sendings)
        {
            if let problem { ErrorSummary(mistakes: [FieldMistake(field: "destinataires", text: problem)]) }
            BackToSendings()
            div(.class("head")) {
                StepLine(step: 2)
                h1 { t("Destinataire") }
            }
            SendingSummary(fields: fields, step: 2)
            if let offer { offered(offer) }
            if choice.isDenied { denied } else { chooser }
        }
    }

    private var denied: Node {
        NoteBox(.danger) {
            h2 { t("Aucun envoi électronique pour ce séjour") }
            p {
                t(
                    """
                    La patiente ou le patient a refusé l’envoi électronique. Ce refus prime sur tout accord \
                    donné ailleurs : il se modifie dans le dossier patient intégré.
                    """)
            }
        }.body
    }

    @Markup private var chooser: Node {
        form(.class("find"), .role("search"), .method(.post), .action(Path("/service/envois/nouveau"))) {
            FormToken(shell.formToken)
            CarriedFields(fields: fields, leavesOut: ["cherche", "gln", "voie"])
            label(.for("cherche")) { t("Nom, lieu, spécialité ou GLN") }
            div {
                input(
                    .class("input"), .id("cherche"), .name("cherche"), .type("search"), .value(fields.words),
                    .autocomplete("off"), .maxLength(100))
                button(.class("btn btn--s")) { t("Chercher") }
            }
        }
        form(.class("stack"), .method(.post), .action(Path("/service/envois/destinataire"))) {
            FormToken(shell.formToken)
            CarriedFields(fields: fields, leavesOut: ["gln", "voie"])
            div(.id("destinataires"), .class("stack"), .tabindex(-1)) {
                group(t("Désignés par la patiente ou le patient pour ce séjour"), choice.designated)
                group(t("Autres professionnelles et professionnels"), choice.others)
                if choice.designated.isEmpty, choice.others.isEmpty {
                    nobody
                } else if choice.others.isEmpty, !fields.words.isEmpty {
                    p(.class("hint")) { t("Personne d’autre ne correspond à votre recherche.") }
                }
            }
            if choice.hasMore {
                p(.class("hint")) { t("D’autres personnes correspondent : ajoutez un mot à la recherche.") }
            }
            if !choice.designated.isEmpty || !choice.others.isEmpty {
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Continuer") } }
            }
        }
        if takesLetters { paper }
    }

    /// For whom nothing electronic goes: the one who was refused is filled in.
    private var paper: Node {
        form(.class("card card--pad stack"), .method(.post), .action(Path("/service/envois/destinataire"))) {
            h2 { t("Par courrier") }
            p(.class("hint")) {
                t(
                    """
                    Pour une personne sans compte, ou qui ne reçoit rien par le portail. L’adresse est celle de \
                    l’annuaire ou d’un registre professionnel.
                    """)
            }
            FormToken(shell.formToken)
            CarriedFields(fields: fields, leavesOut: ["gln", "voie"])
            input(.type("hidden"), .name("voie"), .value("courrier"))
            Field(
                id: "gln-courrier", name: "gln", label: t("GLN du destinataire"),
                hint: t("13 chiffres"), value: problem == nil ? "" : fields.gln, inputMode: "numeric",
                maxLength: 20)
            div { button(.class("btn btn--s")) { t("Envoyer par courrier") } }
        }
    }

    private func offered(_ way: SendingCheck.Way) -> Node {
        let person = (choice.designated + choice.others).first { $0.gln.rawValue == fields.gln }?.line
        return form(
            .class("card card--pad stack"), .method(.post), .action(Path("/service/envois/destinataire"))
        ) {
            h2 { way == .securedMail ? t("Par e-mail sécurisé") : t("Par le portail") }
            p { b { person ?? t("GLN {number}", ["number": fields.gln]) } }
            p(.class("hint")) {
                t(
                    """
                    Une version papier peut être demandée ensuite, sur la page de l’envoi, si une adresse postale \
                    est connue.
                    """)
            }
            FormToken(shell.formToken)
            CarriedFields(fields: fields, leavesOut: ["voie"])
            div {
                button(.class("btn btn--s")) {
                    way == .securedMail ? t("Envoyer par e-mail sécurisé") : t("Envoyer par le portail")
                }
            }
        }
    }

    private var nobody: Node {
        EmptyState(
            text: t("Personne ne correspond."),
            explanation: [
                t(
                    "Qui n’a pas de compte ne peut pas recevoir de document par le portail : envoyez-le par courrier."
                )
            ]
        ).body
    }

    @Markup private func group(_ title: String, _ people: [FoundRecipient]) -> Node {
        if !people.isEmpty {
            fieldset(.class("choices")) {
                legend(.class("choices__l")) { title }
                div(.class("choices__c")) { for one in people { card(one) } }
            }
        }
    }

    private func isOpen(_ one: FoundRecipient) -> Bool {
        one.takesDocuments || one.isActive && choice.isPostOpen
    }

    private func card(_ one: FoundRecipient) -> Node {
        label(.class("choice"), .for("gln-\(one.gln.rawValue)")) {
            input(
                .type("radio"), .id("gln-\(one.gln.rawValue)"), .name("gln"), .value(one.gln.rawValue),
                .checked(fields.gln == one.gln.rawValue), .disabled(!isOpen(one)))
            span {
                one.displayName
                small {
                    [one.speciality, one.practice, one.locality].filter { !$0.isEmpty }.joined(
                        separator: " · ")
                }
                small { t("GLN {number}", ["number": one.gln.rawValue]) }
                if !one.takesDocuments, isOpen(one) {
                    small { t("Ne souhaite pas d’envoi électronique : le document part par courrier.") }
                } else if !one.takesDocuments {
                    small { t("Ne reçoit pas de documents par le portail : envoyez-le par courrier.") }
                }
            }
        }
    }
}

extension FoundRecipient {
    var line: String { NamedRecipient(self).line }
}

extension NamedRecipient {
    /// «Dre Claire Favre, Ville du Lac, GLN 7601099000013».
    var line: String {
        ([displayName, locality].filter { !$0.isEmpty } + [t("GLN {number}", ["number": gln.rawValue])])
            .joined(separator: ", ")
    }
}
