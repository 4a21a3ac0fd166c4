import Access
import Dispatches
import HTML

/// The last step: the file, its title, and the consent.
struct SendingDocumentPage: Sendable {
    let shell: Shell
    let fields: SendingFields
    let check: SendingCheck
    /// Megabytes of one file.
    let limit: Int
    var mistakes: [FieldMistake] = []

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Document et accord"), section: t("Envois"), isError: !mistakes.isEmpty),
            in: .sendings
        ) {
            if !mistakes.isEmpty { ErrorSummary(mistakes: mistakes) }
            BackToSendings()
            div(.class("head")) {
                StepLine(step: 3)
                h1 { t("Document et accord") }
            }
            div(.class("stack"), .id("voie"), .tabindex(-1)) {
                SendingSummary(fields: fields, recipient: check.recipient.line, way: check.channel, step: 3)
                way
            }
            form(
                .class("card card--pad stack"), .method(.post), .action(Path("/service/envois")), .multipart()
            ) {
                // before the file: it is checked before the file is read
                FormToken(shell.formToken)
                CarriedFields(fields: fields)
                input(.type("hidden"), .name("voie-vue"), .value(check.wayMark))
                p(.class("hint")) { t("Les champs marqués d’un * sont obligatoires.") }
                Field(
                    id: "titre", name: "titre", label: t("Titre du document") + "*",
                    value: fields.title.isEmpty
                        ? DocumentTypeTexts.name(code: fields.typeCode) : fields.title,
                    maxLength: 150, mistake: mistake("titre"))
                Field(
                    id: "auteur", name: "auteur", label: t("Auteur"),
                    value: fields.author, maxLength: 100, isRequired: false, mistake: mistake("auteur"))
                message
                consent
                file
                div(.class("acts")) {
                    link(.class("btn btn--s"), .href(Path("/service/envois"))) { t("Annuler") }
                    button(.class("btn btn--p"), .formNoValidate(true)) { t("Envoyer le document") }
                }
            }
        }
    }

    @Markup private var way: Node {
        switch check.way {
        case .portal: Node()
        case .securedMail:
            NoteBox(.info) {
                p {
                    t(
                        "Cette personne reçoit ses documents par e-mail sécurisé : une fois parti, il ne peut être que rappelé."
                    )
                }
            }
        case .post:
            NoteBox(.info) {
                p { t("Cette personne ne reçoit pas de documents par le portail : il part par courrier.") }
            }
        }
    }

    /// Asked for where it can be read: beside the document in the portal.
    @Markup private var message: Node {
        if check.way == .portal {
            NoteField(
                name: "message", label: t("Message au destinataire (facultatif)"),
                hint: t(
                    """
                    Il se lit dans le portail, à côté du document, et disparaît avec lui. Aucun e-mail ni courrier ne le \
                    contient. {count} caractères au plus.
                    """, ["count": String(ManualSending.longestMessage)]),
                value: fields.message, maxLength: ManualSending.longestMessage, mistake: mistake("message"))
        } else {
            p(.class("hint")) {
                t(
                    """
                    Un message au destinataire se lit dans le portail seulement : il n’accompagne ni un e-mail sécurisé \
                    ni une lettre.
                    """)
            }
            if !fields.message.isEmpty {
                NoteBox(.warn) {
                    p { b { t("Ce message ne sera pas transmis :") } }
                    MessageLines(text: fields.message)
                }
            }
        }
    }

    @Markup private var consent: Node {
        h2 { t("Accord de la patiente ou du patient") }
        p(.class("hint")) {
            check.isDesignated
                ? t(
                    "Cette personne est désignée pour ce séjour ; un envoi à la main demande tout de même un accord explicite."
                )
                : t("Cette personne n’est pas désignée : l’envoi repose sur cet accord seul.")
        }
        CheckField(
            name: "accord", label: t("L’accord explicite pour cet envoi a été donné") + "*",
            hint: t("Votre nom et l’heure sont enregistrés avec l’accord."),
            isChecked: fields.isConsentConfirmed, mistake: mistake("accord"))
        div(.class("grid")) {
            RadioCards(
                name: "accord-de", legend: t("Donné par") + "*",
                choices: [
                    Choice(value: "patient", text: t("La patiente ou le patient")),
                    Choice(value: "representative", text: t("Sa représentation légale ou thérapeutique")),
                ], selected: fields.consentGiver, mistake: mistake("accord-de"))
            RadioCards(
                name: "accord-forme", legend: t("Forme") + "*",
                choices: [
                    Choice(value: "oral", text: t("Oral")), Choice(value: "written", text: t("Écrit")),
                ], selected: fields.consentForm, mistake: mistake("accord-forme"))
            Field(
                id: "accord-date", name: "accord-date", label: t("Date de l’accord") + "*",
                hint: t("Par exemple 20.11.2026"), value: consentDate, inputMode: "numeric",
                maxLength: 10,
                mistake: mistake("accord-date"))
        }
    }

    /// Today, until another day is said.
    private var consentDate: String {
        fields.consentDate.isEmpty && mistakes.isEmpty
            ? DateTexts.date(shell.presentation.now) : fields.consentDate
    }

    private var file: Node {
        let size = t("{size} Mo au plus, sans mot de passe.", ["size": String(limit)])
        let mistake = mistake("fichier")
        // browsers do not send a file back
        let again = t("Le fichier n’a pas été gardé : choisissez-le à nouveau.")
        let hint = mistakes.isEmpty || mistake != nil ? size : "\(size) \(again)"
        return FieldFrame(id: "fichier", label: t("Fichier PDF") + "*", hint: hint, mistake: mistake) {
            input(
                .class("input"), .id("fichier"), .name("fichier"), .type("file"), .accept("application/pdf"),
                .required(true), .ariaInvalid(mistake != nil),
                .explained("fichier", hint: hint, mistake: mistake))
        }.body
    }

    private func mistake(_ field: String) -> String? { mistakes.first { $0.field == field }?.text }
}

extension SendingCheck {
    /// By which way it goes: on paper, with the address.
    var channel: String {
        switch way {
        case .portal: t("Par le portail")
        case .securedMail: t("Par e-mail sécurisé")
        case .post: addressee?.channel ?? t("Par courrier")
        }
    }

    /// That it goes another way than the one that was shown before; nil when it does not.
    func mistake(seen mark: String) -> FieldMistake? {
        guard mark != wayMark else { return nil }
        let parts = mark.split(separator: " | ").map(String.init)
        let before: String
        switch parts.first {
        case "portal": before = t("Par le portail")
        case "securedMail": before = t("Par e-mail sécurisé")
        default:
            let address = parts.dropFirst().joined(separator: ", ")
            before = t("Par courrier, à l’adresse {address}", ["address": address])
        }
        return FieldMistake(
            field: "voie",
            text: t(
                """
                La voie d’envoi a changé entre-temps : « {before} » avant, « {now} » maintenant. Rien n’est parti. \
                Vérifiez, choisissez le fichier à nouveau, puis envoyez.
                """, ["before": before, "now": channel]))
    }
}

extension PostAddressee {
    /// «Par courrier, à l’adresse Dre Claire Favre, Rue du Port 7, 1200 Ville du Lac».
    var channel: String {
        t("Par courrier, à l’adresse {address}", ["address": lines.joined(separator: ", ")])
    }
}
