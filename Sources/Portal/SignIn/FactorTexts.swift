import Access

/// The words of each second factor. Each switch is exhaustive: a new one does not compile without words.
extension SecondFactor {
    /// The heading of the page that asks for it.
    var heading: String {
        switch self {
        case .sms, .email: t("Saisir le code reçu")
        case .authenticator: t("Saisir le code de l’application")
        case .recoveryCode: t("Saisir un code de secours")
        }
    }

    /// Where the code is.
    func sentence(target: String) -> String {
        switch self {
        case .sms: t("Envoyé par SMS au {number}.", ["number": target])
        case .email: t("Envoyé par e-mail à {address}.", ["address": target])
        case .authenticator: t("Ouvrez votre application d’authentification : elle affiche le code.")
        case .recoveryCode:
            t(
                "Un des codes que vous avez conservés. Chacun ne sert qu’une fois ; un e-mail vous en informera."
            )
        }
    }

    /// What the field is called, and what it expects.
    var field: (label: String, hint: String) {
        switch self {
        case .sms, .email: (t("Code à 6 chiffres"), t("Il est valable 10 minutes."))
        case .authenticator: (t("Code à 6 chiffres"), t("Il change toutes les 30 secondes."))
        case .recoveryCode:
            (t("Code de secours"), t("16 lettres et chiffres, avec ou sans tirets."))
        }
    }

    /// What to expect of the way on which it comes; nil where nothing comes.
    var delay: String? {
        switch self {
        case .sms:
            t("Un SMS arrive en général en moins d’une minute. Vérifiez que votre téléphone a du réseau.")
        case .email:
            t("Un e-mail arrive en général en moins d’une minute. Vérifiez aussi les courriers indésirables.")
        case .authenticator, .recoveryCode: nil
        }
    }

    /// The button that goes on with it in place of another.
    var choice: String {
        switch self {
        case .sms: t("Recevoir un code par SMS")
        case .email: t("Recevoir un code par e-mail sécurisé")
        case .authenticator: t("Utiliser l’application d’authentification")
        case .recoveryCode: t("Utiliser un code de secours")
        }
    }

    /// Where codes go, on the page of one's own account.
    func setting(target: String) -> String {
        switch self {
        case .sms: t("Un code est envoyé par SMS au {number}.", ["number": target])
        case .email: t("Un code est envoyé par e-mail à {address}.", ["address": target])
        case .authenticator, .recoveryCode: ""
        }
    }
}
