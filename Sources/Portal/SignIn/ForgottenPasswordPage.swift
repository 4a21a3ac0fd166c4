import HTML

/// `/mot-de-passe-oublie` (P6): asks for a link. Posts `email` and the form token to itself. What it answers is the
/// same for every address.
struct ForgottenPasswordPage: Sendable {
    enum Problem: Sendable, Equatable {
        case email
        /// UTC milliseconds.
        case wait(until: Int64)
        case formExpired

        var text: String {
            switch self {
            case .email: t("Saisissez votre adresse e-mail.")
            case .wait(let until):
                t("Trop de demandes. Réessayez à {time}.", ["time": DateTexts.time(until)])
            case .formExpired: t("Le formulaire n’était plus valable. Envoyez-le à nouveau.")
            }
        }
    }

    let shell: PublicShell
    let formToken: String
    var problem: Problem?
    /// True after the form was taken.
    var isSent = false

    var html: [UInt8] {
        shell.signInPage(
            PageTitle(t("Mot de passe oublié"), section: t("Connexion"), isError: problem != nil)
        ) {
            if let problem { ErrorSummary(mistakes: [FieldMistake(field: "email", text: problem.text)]) }
            if isSent {
                ResultBox(
                    text: t(
                        "Si un compte existe à cette adresse, un lien vient d’y être envoyé. Il est valable 60 minutes."
                    ))
            }
            div {
                h1 { t("Mot de passe oublié") }
                p(.class("lead")) {
                    t(
                        "Saisissez l’adresse e-mail de votre compte : vous y recevez un lien, valable une seule fois."
                    )
                }
            }
            form(.class("stack"), .method(.post), .action(Path("/mot-de-passe-oublie"))) {
                FormToken(formToken)
                Field(
                    id: "email", name: "email", label: t("Adresse e-mail"), type: "email",
                    autocomplete: "username", inputMode: "email", mistake: problem?.text)
                button(.class("btn btn--p btn--lg btn--full")) { t("Envoyer le lien") }
            }
            p { link(.href(Path("/connexion"))) { t("Revenir à la connexion") } }
            section(.class("new")) {
                h2 { t("Pas de message après quelques minutes ?") }
                p { t("Vérifiez les courriers indésirables, et l’adresse : c’est celle de votre compte.") }
                ContactSentence(brand: shell.brand)
                p { t("Nous ne vous demanderons jamais votre mot de passe ni un code.") }
            }
        }
    }
}

/// `/mot-de-passe/{jeton}` (P7): a new password by a link. Posts `new`, `confirmation` and the form token to itself.
struct NewPasswordPage: Sendable {
    let shell: PublicShell
    let formToken: String
    /// The secret of the link, as it stands in the address.
    let token: String
    var problems: [SecurityPage.PasswordProblem] = []

    var html: [UInt8] {
        shell.signInPage(
            PageTitle(
                t("Choisir un nouveau mot de passe"), section: t("Connexion"), isError: !problems.isEmpty)
        ) {
            if !problems.isEmpty {
                ErrorSummary(mistakes: problems.map { FieldMistake(field: $0.field, text: $0.text) })
            }
            div {
                h1 { t("Choisir un nouveau mot de passe") }
                p(.class("lead")) {
                    t("Vos sessions seront terminées. Un code vous sera demandé à la prochaine connexion.")
                }
            }
            form(.class("stack"), .method(.post), .action(Path("/mot-de-passe", token))) {
                FormToken(formToken)
                NewPasswordFields(problems: problems)
                button(.class("btn btn--p btn--caps btn--lg btn--full")) { t("Sauvegarder") }
            }
        }
    }
}

/// The two fields of a new password, with its rules before one types.
struct NewPasswordFields: Component {
    let problems: [SecurityPage.PasswordProblem]

    var body: Node {
        field(
            "new", t("Nouveau mot de passe"),
            hint: t(
                """
                12 caractères au moins. Une phrase convient très bien ; les mots de passe courants \
                sont refusés.
                """
            ))
        field("confirmation", t("Nouveau mot de passe, une seconde fois"))
    }

    private func field(_ id: String, _ label: String, hint: String? = nil) -> Node {
        Field(
            id: id, name: id, label: label, hint: hint, type: "password", autocomplete: "new-password",
            maxLength: 1000, mistake: problems.first { $0.field == id }?.text
        ).body
    }
}

/// What one reads behind a link that opens nothing any more.
struct SpentLinkPage: Sendable {
    let shell: PublicShell

    var html: [UInt8] {
        shell.signInPage(PageTitle(t("Ce lien n’est plus valable"), isError: true)) {
            div {
                h1 { t("Ce lien n’est plus valable") }
                p(.class("lead")) {
                    t("Il a déjà servi, un plus récent a été demandé, ou plus de 60 minutes ont passé.")
                }
            }
            link(.class("btn btn--p btn--lg btn--full"), .href(Path("/mot-de-passe-oublie"))) {
                t("Demander un nouveau lien")
            }
            p { link(.href(Path("/connexion"))) { t("Revenir à la connexion") } }
        }
    }
}
