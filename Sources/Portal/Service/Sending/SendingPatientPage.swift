import Access
import HTML

/// `/service/envois/nouveau` (S8), first step: about whom, which stay, which type, and whom to look for.
struct SendingPatientPage: Sendable {
    let shell: Shell
    let services: [HospitalService]
    /// The classes that may leave the hospital.
    let types: Set<String>
    var fields = SendingFields()
    var mistakes: [FieldMistake] = []
    /// A later step was asked for, and what was typed is kept no longer.
    var isLost = false

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Envoyer un document"), section: t("Envois"), isError: !mistakes.isEmpty),
            in: .sendings
        ) {
            if !mistakes.isEmpty { ErrorSummary(mistakes: mistakes) }
            BackToSendings()
            div(.class("head")) {
                StepLine(step: 1)
                h1 { t("Envoyer un document") }
                p(.class("lead")) {
                    t(
                        """
                        Un document ne part qu’avec l’accord explicite de la patiente ou du patient, vers une \
                        professionnelle ou un professionnel nommé.
                        """)
                }
            }
            if isLost {
                NoteBox(.warn) {
                    p {
                        t(
                            "Ce qui avait été saisi n’est plus disponible. Rien n’a été envoyé : recommencez ici."
                        )
                    }
                }
            }
            form(.class("card card--pad stack"), .method(.post), .action(Path("/service/envois/nouveau"))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("envoi"), .value(fields.identifier))
                p(.class("hint")) { t("Les champs marqués d’un * sont obligatoires.") }
                serviceChoice
                h2 { t("Patient") }
                div(.class("grid grid--end")) {
                    field("numero", t("Numéro de patient"), fields.patientNumber, limit: 50)
                    field("sejour", t("Numéro de séjour ou de prise en charge"), fields.stayNumber, limit: 50)
                    field("nom", t("Nom"), fields.familyName, limit: 100)
                    field("prenom", t("Prénom"), fields.givenName, limit: 100)
                    Field(
                        id: "naissance", name: "naissance", label: t("Date de naissance") + "*",
                        hint: t("Par exemple 14.03.1958"), value: fields.birthDate, inputMode: "numeric",
                        maxLength: 10, mistake: mistake("naissance"))
                }
                h2 { t("Document") }
                SelectField(
                    name: "type", label: t("Type de document") + "*",
                    hint: t("Seuls les types transmissibles sont proposés."),
                    choices: [Choice(value: "", text: t("Choisir"))]
                        + DocumentTypeTexts.codes.filter(types.contains).map {
                            Choice(value: $0, text: DocumentTypeTexts.name(code: $0))
                        }, selected: fields.typeCode, mistake: mistake("type"))
                h2 { t("Destinataire") }
                Field(
                    id: "cherche", name: "cherche", label: t("Nom, lieu, spécialité ou GLN"),
                    hint: t(
                        "Les personnes désignées pour ce séjour sont proposées en premier, sans recherche."),
                    value: fields.words, maxLength: 100, isRequired: false)
                div(.class("form__b")) {
                    button(.class("btn btn--p"), .formNoValidate(true)) { t("Continuer") }
                }
            }
        }
    }

    @Markup private var serviceChoice: Node {
        if services.count > 1 {
            SelectField(
                name: "service", label: t("Au nom du service"),
                choices: services.map { Choice(value: $0.id.rawValue, text: $0.name) },
                selected: fields.service)
        } else if let only = services.first {
            input(.type("hidden"), .name("service"), .value(only.id.rawValue))
            p(.class("hint")) { t("Au nom du service {name}", ["name": only.name]) }
        }
    }

    private func field(_ name: String, _ label: String, _ value: String, limit: Int) -> Field {
        Field(
            id: name, name: name, label: label + "*", value: value, maxLength: limit, mistake: mistake(name))
    }

    private func mistake(_ field: String) -> String? { mistakes.first { $0.field == field }?.text }
}

/// Back to the journal of the service.
struct BackToSendings: Component {
    var body: Node {
        p(.class("crumb")) {
            link(.href(Path("/service/envois"))) {
                Icon.left
                t("Envois")
            }
        }
    }
}

/// About whom, on the steps after the first.
struct SendingSummary: Component {
    let fields: SendingFields
    var recipient: String?
    /// By which way it goes, once that is known.
    var way: String?
    /// The step it stands on; the earlier ones can be corrected.
    var step = 1

    var body: Node {
        let day = DateField.iso(fields.birthDate).map { DateTexts.date(iso: $0) } ?? fields.birthDate
        var rows: [(term: String, value: Node)] = [
            (t("Patient"), Node("\(fields.familyName) \(fields.givenName), \(day)")),
            (
                t("Numéros"),
                Node(
                    t(
                        "patient {patient}, séjour {stay}",
                        ["patient": fields.patientNumber, "stay": fields.stayNumber]))
            ),
            (t("Type"), Node(DocumentTypeTexts.name(code: fields.typeCode))),
        ]
        if let recipient { rows.append((t("Destinataire"), Node(recipient))) }
        if let way { rows.append((t("Voie"), Node(way))) }
        return div(.class("card card--pad")) {
            SummaryList(rows: rows)
            if step > 1, let number = fields.number {
                p {
                    change(.patient, number, t("Modifier le patient ou le document"))
                    if step > 2 {
                        " · "
                        change(.recipient, number, t("Modifier le destinataire"))
                    }
                }
            }
        }
    }

    private func change(_ step: SendingStep, _ number: String, _ text: String) -> Node {
        link(.href(step.path(number))) { text }
    }
}
