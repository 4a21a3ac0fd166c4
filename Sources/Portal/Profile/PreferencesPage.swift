import Directory
import HTML

/// `/profil/preferences` (M31): «Préférences pour le portail». Posts the names of `ProfileField` and `version` to itself;
/// the button beside the mail for documents posts the same to `/profil/preferences/adresse`.
struct PreferencesPage: Sendable {
    let shell: Shell
    /// As saved.
    let profile: Profile
    /// As typed.
    let form: PreferencesForm
    let lifetimeDays: ClosedRange<Int>
    /// The languages that are translated.
    let languages: [Language]
    var mistakes: [FieldMistake] = []
    var isStale = false
    /// What the table of domains says of the mail for documents as typed.
    var standing: DomainStanding?

    var html: [UInt8] {
        ProfileFrame(shell: shell, tab: .preferences, mistakes: mistakes).page {
            for gap in profile.gaps { DeliveryGapBanner(gap: gap, hasLink: false) }
            if isStale {
                SavedMeanwhile(rows: PreferenceDifferences(saved: PreferencesForm(profile), typed: form).rows)
            }
            HTML.form(
                .class("profile"), .dataBoot("guard"), .method(.post), .action(Path("/profil/preferences"))
            ) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("version"), .value(String(form.version)))
                transmission
                exchange
                display
                SaveBar(reset: Path("/profil/preferences"))
            }
        }
    }

    private var transmission: Node {
        section(.class("card card--pad"), .ariaLabelledBy("transmission")) {
            h2(.class("caps"), .id("transmission")) { t("Préférences pour la transmission de documents") }
            div(.class("stack")) {
                field(
                    .notificationEmail, form.notificationEmail,
                    hint: t(
                        """
                        Si vous choisissez de recevoir les documents via le portail d’échange, l’annonce de mise à \
                        disposition de nouveaux documents sera envoyée à cette adresse. Si cette adresse n’est pas \
                        renseignée, aucune notification ne sera envoyée.
                        """))
                documentEmail
            }
            p(.class("hint")) {
                t(
                    """
                    HIN sécurise de nombreux domaines dont par exemple @hin.ch, @amge.ch, @hug.ch, etc. En cas de \
                    doute si votre domaine est sécurisé ou non, vous pouvez soit contacter HIN soit nous contacter \
                    directement ({email}).
                    """, ["email": shell.brand.supportEmail])
            }
        }
    }

    private var documentEmail: Node {
        div(.class("stack stack--s")) {
            field(
                .documentEmail, form.documentEmail,
                hint: t(
                    """
                    Cette adresse doit être obligatoirement sécurisée par HIN (Health Info Net) : une vérification \
                    est effectuée et la saisie n’est pas acceptée si cela n’est pas le cas (tous les domaines \
                    sécurisés par la solution HIN sont pris en compte). L’hôpital l’utilise aussi pour d’autres \
                    informations sensibles.
                    """), boot: "secured")
            p(.class("checked")) {
                button(
                    .class("btn btn--s btn--sm"), .formAction(Path("/profil/preferences/adresse")),
                    .formNoValidate(true)
                ) { t("Vérifier l’adresse") }
                " "
                span(
                    .id("documentEmail-etat"), .role("status"),
                    .dataOne(
                        t(
                            "Votre session a pris fin. Sauvegardez : votre saisie est conservée pendant la connexion."
                        )),
                    .dataOther(
                        t("La vérification n’a pas abouti. L’adresse est vérifiée à l’enregistrement."))
                ) {
                    if let standing { standing.text }
                }
            }
        }
    }

    private var exchange: Node {
        section(.class("card card--pad"), .ariaLabelledBy("echange")) {
            h2(.class("caps"), .id("echange")) { t("Préférences pour le portail d’échange") }
            CheckList(
                name: ProfileField.displayedTypes.rawValue, legend: ProfileField.displayedTypes.label,
                hint: t("Sans choix, tous les types sont affichés."), summary: typeSummary,
                choices: DocumentTypeTexts.codes.map {
                    Choice(value: $0, text: DocumentTypeTexts.name(code: $0))
                }, selected: Set(form.displayedTypes), mistake: mistake(.displayedTypes))
            div(.class("narrow")) {
                field(
                    .lifetimeDays, form.lifetimeDays,
                    hint: t(
                        "Entre {least} et {most} jours. Ensuite, le document disparaît du portail.",
                        [
                            "least": String(lifetimeDays.lowerBound), "most": String(lifetimeDays.upperBound),
                        ]), isRequired: true, inputMode: "numeric", maxLength: 6)
            }
            RadioCards(
                name: ProfileField.notificationPolicy.rawValue, legend: ProfileField.notificationPolicy.label,
                choices: Practitioner.NotificationPolicy.allCases.map {
                    Choice(value: $0.rawValue, text: $0.text, explanation: $0.explanation)
                }, selected: form.notificationPolicy, mistake: mistake(.notificationPolicy))
            RadioCards(
                name: ProfileField.deliveryMode.rawValue, legend: ProfileField.deliveryMode.label,
                choices: Practitioner.DeliveryMode.allCases.map {
                    Choice(
                        value: $0.rawValue, text: $0.text,
                        explanation: $0 == .securedMail
                            ? t("Le document est joint au mail. L’adresse est vérifiée à chaque envoi.") : nil
                    )
                }, selected: form.deliveryMode, mistake: mistake(.deliveryMode))
        }
    }

    private var typeSummary: String {
        form.displayedTypes.isEmpty
            ? t("Tous les types")
            : t(one: "{count} type choisi", other: "{count} types choisis", count: form.displayedTypes.count)
    }

    private var display: Node {
        section(.class("card card--pad"), .ariaLabelledBy("affichage")) {
            h2(.class("caps"), .id("affichage")) { t("Affichage") }
            div(.class("grid grid--end")) {
                choice(
                    .displayedPatients,
                    DisplayedPatients.allCases.map { Choice(value: $0.rawValue, text: $0.text) },
                    form.displayedPatients,
                    hint: t("Vaut pour « Mes patients », « Mes documents » et les documents à lire."))
                choice(
                    .startPage, StartPage.allCases.map { Choice(value: $0.rawValue, text: $0.text) },
                    form.startPage)
                choice(
                    .fileNames,
                    [
                        Choice(value: "neutre", text: t("Sans nom de patient")),
                        Choice(value: "patient", text: t("Inclure le nom du patient")),
                    ], form.namesPatients ? "patient" : "neutre",
                    hint: t("Le nom d’un fichier ou d’un dossier se lit sur votre ordinateur sans l’ouvrir."))
                choice(
                    .language, languages.map { Choice(value: $0.rawValue, text: $0.ownName) }, form.language,
                    hint: languages.count > 1 ? nil : t("D’autres langues suivront."))
                choice(
                    .theme, Theme.allCases.map { Choice(value: $0.rawValue, text: $0.name) }, form.theme)
                choice(
                    .shortcuts,
                    [
                        Choice(value: "oui", text: t("Activés")),
                        Choice(value: "non", text: t("Désactivés")),
                    ], form.hasShortcuts ? "oui" : "non",
                    hint: t("Dans les listes : j et k passent à la ligne suivante ou précédente."))
            }
        }
    }

    private func choice(_ field: ProfileField, _ choices: [Choice], _ selected: String, hint: String? = nil)
        -> Node
    {
        SelectField(
            name: field.rawValue, label: field.label, hint: hint, choices: choices, selected: selected,
            mistake: mistake(field)
        ).body
    }

    private func field(
        _ field: ProfileField, _ value: String, hint: String, isRequired: Bool = false,
        inputMode: StaticString = "email", maxLength: Int = 254, boot: StaticString? = nil
    ) -> Node {
        Field(
            id: field.rawValue, name: field.rawValue, label: field.label, hint: hint, value: value,
            inputMode: inputMode, maxLength: maxLength, isRequired: isRequired, mistake: mistake(field),
            boot: boot
        ).body
    }

    private func mistake(_ field: ProfileField) -> String? {
        isStale ? nil : mistakes.first { $0.field == field.rawValue }?.text
    }
}

extension DomainStanding {
    var text: String {
        switch self {
        case .secured: t("Adresse sécurisée par HIN.")
        case .notSecured: t("Cette adresse n’est pas sécurisée par HIN.")
        case .unknown: t("Domaine inconnu : en sauvegardant, vous posez la question à l’équipe du portail.")
        }
    }
}

extension Language {
    /// As its speakers call it.
    var ownName: String {
        switch self {
        case .french: "Français"
        case .german: "Deutsch"
        case .italian: "Italiano"
        case .english: "English"
        }
    }
}
