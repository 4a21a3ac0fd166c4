import Access
import Enrolment
import HTML

/// `/confirmer-email/{jeton}` (P12): a button, because programs that look at mails open links too; for people of the team
/// the choice of a password as well.
struct ConfirmEmailPage: Sendable {
    /// What was refused just before.
    enum Problem: Sendable, Equatable {
        case password(PasswordMistake)
        case passwordMissing
        case passwordsDiffer
        case secretWrong
    }

    let shell: PublicShell
    let formToken: String
    let token: String
    let awaited: AwaitedConfirmation
    var problem: Problem?

    var html: [UInt8] {
        shell.page(PageTitle(t("Confirmer votre adresse e-mail"), isError: problem != nil)) {
            if let problem {
                ErrorSummary(mistakes: [FieldMistake(field: problem.field, text: problem.text)])
            }
            h1 { t("Confirmer votre adresse e-mail") }
            p(.class("lead")) {
                awaited.needsPassword
                    ? t("Choisissez un mot de passe. Votre compte sera actif aussitôt.")
                    : t("Une dernière étape : votre compte sera actif aussitôt.")
            }
            HTML.form(.class("stack form"), .method(.post), .action(Path("/confirmer-email", token))) {
                FormToken(formToken)
                if awaited.needsSecret {
                    Field(
                        id: "secret", name: "secret", label: t("Secret remis en main propre"), maxLength: 60,
                        mistake: problem == .secretWrong ? problem?.text : nil)
                }
                if awaited.needsPassword { passwords }
                div { button(.class("btn btn--p btn--lg")) { t("Confirmer mon adresse") } }
            }
        }
    }

    @Markup private var passwords: Node {
        Field(
            id: "password", name: "password", label: t("Mot de passe"),
            hint: t(
                """
                12 caractères au moins. Une phrase convient très bien ; les mots de passe courants \
                sont refusés.
                """
            ), type: "password", autocomplete: "new-password", maxLength: 1000,
            mistake: problem?.field == "password" ? problem?.text : nil)
        Field(
            id: "confirmation", name: "confirmation", label: t("Confirmation du mot de passe"),
            type: "password", autocomplete: "new-password", maxLength: 1000,
            mistake: problem == .passwordsDiffer ? problem?.text : nil)
    }
}

extension ConfirmEmailPage.Problem {
    var field: String {
        switch self {
        case .password, .passwordMissing: "password"
        case .passwordsDiffer: "confirmation"
        case .secretWrong: "secret"
        }
    }

    var text: String {
        switch self {
        case .password(let mistake): mistake.text
        case .passwordMissing: t("Choisissez un mot de passe.")
        case .passwordsDiffer: t("Les deux mots de passe ne sont pas les mêmes.")
        case .secretWrong: t("Ce secret ne correspond pas.")
        }
    }
}

/// The address is confirmed.
struct EmailConfirmedPage: Sendable {
    let shell: PublicShell

    var html: [UInt8] {
        shell.page(PageTitle(t("Adresse e-mail confirmée"))) {
            h1 { t("Adresse e-mail confirmée") }
            ResultBox(text: t("Votre compte est actif."))
            p { t("Connectez-vous : votre profil s’ouvre, pour dire comment recevoir vos documents.") }
            p { link(.class("btn btn--p btn--lg"), .href(Path("/connexion"))) { t("Se connecter") } }
        }
    }
}

/// A link that does not count any more, with the way to a new one.
struct ConfirmationExpiredPage: Sendable {
    let shell: PublicShell
    let formToken: String
    let token: String
    /// A new one was asked for just now.
    var isSent = false

    var html: [UInt8] {
        shell.page(PageTitle(t("Ce lien n’est plus valable"), isError: !isSent)) {
            h1 { t("Ce lien n’est plus valable") }
            if isSent {
                ResultBox(
                    text: t("Si le compte attend encore sa confirmation, un nouveau lien est en route."))
            }
            p(.class("lead")) {
                t("Il a servi, un lien plus récent l’a remplacé, ou il a plus de sept jours.")
            }
            HTML.form(.method(.post), .action(Path("/confirmer-email", token, "renvoyer"))) {
                FormToken(formToken)
                button(.class("btn btn--p")) { t("Recevoir un nouveau lien") }
            }
            p { link(.href(Path("/connexion"))) { t("Se connecter") } }
            ContactSentence(brand: shell.brand)
        }
    }
}
