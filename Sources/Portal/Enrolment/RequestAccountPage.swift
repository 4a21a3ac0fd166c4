import Access
import Directory
import Enrolment
import HTML

/// `/creer-un-compte` (P8): the request for an account, on one page in four groups. Posts to itself.
struct RequestAccountPage: Sendable {
    let shell: PublicShell
    let formToken: String
    var form = RequestForm()
    var mistakes: [RequestMistake] = []
    var problem: Problem?
    /// Professions to which the institution opens no accounts.
    var closed: Set<Profession> = []
    /// The providers with whose identity an account can be asked for.
    var ways: [IdentityWay] = []
    /// What the registers say of the number, after it was looked up.
    var registered: String?

    /// Why nothing was taken, apart from the fields.
    enum Problem: Sendable { case tooMany, formExpired, busy }

    private var brand: Brand { shell.brand }

    var html: [UInt8] {
        let isWrong = !mistakes.isEmpty || problem != nil
        return shell.page(PageTitle(t("Créer un compte"), isError: isWrong)) {
            if !mistakes.isEmpty {
                ErrorSummary(mistakes: mistakes.map { FieldMistake(field: $0.field, text: $0.text) })
            }
            if let problem { AlertBox(text: problem.text) }
            div(.class("head")) {
                h1 { t("Créer un compte") }
                p(.class("lead")) {
                    t(
                        """
                        Pour les professionnelles et professionnels de santé et leurs assistantes et assistants. \
                        Chaque compte appartient à une seule personne.
                        """
                    )
                }
            }
            NoteBox(.info) {
                p {
                    t(
                        """
                        Votre identité est vérifiée en visioconférence ou sur place, puis le compte est activé. \
                        Comptez quelques jours. Le compte n’est pas utilisable avant la validation.
                        """
                    )
                }
            }
            for way in ways {
                p {
                    link(.class("btn btn--s btn--lg"), .href(way.path(returnTo: ""))) {
                        t("Créer mon compte avec {provider}", ["provider": way.label])
                    }
                }
            }
            HTML.form(.class("stack req"), .method(.post), .action(Path("/creer-un-compte"))) {
                FormToken(formToken)
                // what Enter in a field presses: sending, not the look-up further down
                button(.hidden(true), .tabindex(-1)) { t("Créer un compte") }
                p(.class("hint")) { t("Les champs marqués d’un * sont obligatoires.") }
                identity
                contact
                security
                profession
                div(.class("form__b")) {
                    button(.class("btn btn--p btn--lg")) { t("Créer un compte") }
                }
            }
            p(.class("new")) {
                t("Vous avez déjà un compte ?") + " "
                link(.href(Path("/connexion"))) { t("Se connecter") }
            }
        }
    }

    private func group(_ id: String, _ title: String, @Markup content: () -> Node) -> Node {
        section(.class("card card--pad"), .ariaLabelledBy(id)) {
            h2(.id(id)) { title }
            content()
        }
    }

    private func mistake(_ field: String) -> String? { mistakes.first { $0.field == field }?.text }

    /// A question and never an answer: the registers fill in nothing by themselves (ui.md 4.2).
    private var lookUp: Node {
        p(.class("checked")) {
            button(
                .class("btn btn--s btn--sm"), .formAction(Path("/creer-un-compte/registre")),
                .formNoValidate(true)
            ) { t("Chercher ce GLN dans les registres") }
            " "
            span(
                .id("identifiant-etat"), .role("status"),
                .dataOne(t("La recherche n’a pas abouti. Le GLN est vérifié à l’envoi.")),
                .dataOther(t("La recherche n’a pas abouti. Le GLN est vérifié à l’envoi."))
            ) {
                if let registered { registered }
            }
        }
    }

    private var identity: Node {
        group("g-identite", t("Identité")) {
            Field(
                id: "titre", name: "titre", label: t("Titre*"), hint: t("Par exemple Dre, Dr, Mme ou M."),
                value: form.honorific, autocomplete: "honorific-prefix", maxLength: 40,
                mistake: mistake("titre"))
            Field(
                id: "nom", name: "nom", label: t("Nom*"), value: form.familyName, autocomplete: "family-name",
                maxLength: 100, mistake: mistake("nom"))
            Field(
                id: "prenom", name: "prenom", label: t("Prénom*"), value: form.givenName,
                autocomplete: "given-name", maxLength: 100, mistake: mistake("prenom"))
        }
    }

    private var contact: Node {
        group("g-contact", t("Contact")) {
            Field(
                id: "email", name: "email", label: t("Adresse e-mail*"),
                hint: t("Elle sera votre identifiant de connexion."), value: form.email, type: "email",
                autocomplete: "email", inputMode: "email", mistake: mistake("email"))
            Field(
                id: "telephone", name: "telephone", label: t("Numéro de téléphone*"),
                hint: t("Portable en priorité"), value: form.mobile, type: "tel", autocomplete: "tel",
                inputMode: "tel", maxLength: 40, mistake: mistake("telephone"))
        }
    }

    private var security: Node {
        group("g-securite", t("Sécurité")) {
            Field(
                id: "password", name: "password", label: t("Mot de passe*"),
                hint: t(
                    """
                    12 caractères au moins. Une phrase convient très bien ; les mots de passe courants \
                    sont refusés.
                    """
                ),
                type: "password", autocomplete: "new-password", maxLength: 1000, mistake: mistake("password"))
            Field(
                id: "confirmation", name: "confirmation", label: t("Confirmation du mot de passe*"),
                type: "password", autocomplete: "new-password", maxLength: 1000,
                mistake: mistake("confirmation"))
            RadioCards(
                name: "canal", legend: t("Code de connexion*"), hint: channelHelp,
                choices: [
                    Choice(value: "sms", text: t("Recevoir le code par SMS")),
                    Choice(value: "email", text: t("Recevoir le code par email")),
                ], selected: form.codeChannel, mistake: mistake("canal"))
        }
    }

    private var channelHelp: String {
        t(
            """
            Le 2ème facteur d’authentification vous sera envoyé par SMS au numéro de téléphone indiqué (format : \
            « 079 xxx xx xx », « +41 79 xxx xx xx », « 0041 79 xxx xx xx », avec ou sans espaces mais sans « - » \
            ou « . ») ou par e-mail (adresse e-mail indiquée au-dessus) pour autant que l’adresse e-mail soit \
            sécurisée par HIN.
            """
        )
    }

    private var profession: Node {
        group("g-profession", t("Profession")) {
            SelectField(
                name: "profession", label: t("Profession*"),
                choices: [Choice(value: "", text: t("Choisissez"))]
                    + Profession.allCases.filter { !closed.contains($0) }.map {
                        Choice(value: $0.rawValue, text: $0.text)
                    }, selected: form.profession, mistake: mistake("profession"))
            SelectField(
                name: "type", label: t("Type de l’identifiant professionnel*"),
                choices: ProfessionalIdentifier.Kind.allCases.map {
                    Choice(value: $0.rawValue, text: $0.text)
                }, selected: form.identifierKind.isEmpty ? "gln" : form.identifierKind,
                mistake: mistake("type"))
            Field(
                id: "identifiant", name: "identifiant", label: t("Identifiant professionnel*"),
                hint: t(
                    """
                    GLN : 13 chiffres, en général 7601… RPPS : 11 chiffres. Sans identifiant : 0, et indiquez \
                    ci-dessous qui répond de vous.
                    """
                ),
                value: form.identifier, inputMode: "numeric", maxLength: 30, isRequired: false,
                mistake: mistake("identifiant"), boot: "registered")
            lookUp
            Field(
                id: "responsable", name: "responsable",
                label: t("Professionnelle ou professionnel responsable"),
                hint: t("Seulement si vous n’avez aucun identifiant : par exemple Dre Claire Favre."),
                value: form.responsible, maxLength: 200, isRequired: false, mistake: mistake("responsable"))
            Field(
                id: "cabinet", name: "cabinet", label: t("Cabinet ou organisation (facultatif)"),
                value: form.practice, autocomplete: "organization", maxLength: 200, isRequired: false,
                mistake: mistake("cabinet"))
            Field(
                id: "specialites", name: "specialites", label: t("Spécialités (facultatif)"),
                value: form.specialities, maxLength: 200, isRequired: false, mistake: mistake("specialites"))
            CheckField(
                name: "mcsis", label: t("Accès MC-SIS (dépistage cancer, charte spécifique c/o FGDC)"),
                hint: t("L’accès est ouvert une fois la charte signée auprès de l’organisme responsable."),
                isChecked: form.wantsScreening)
        }
    }
}

/// A refusal that belongs to no field.
struct AlertBox: Component {
    let text: String

    var body: Node {
        div(.class("errsum"), .role("alert"), .tabindex(-1), .autofocus(true)) {
            p(.class("errsum__t")) {
                Icon.alert
                span { text }
            }
        }
    }
}
