/// The words of the sign-in that code chooses. Each switch is exhaustive: a new case does not compile without
/// words.
extension SignInPage.Problem {
    var text: String {
        switch self {
        case .emailMissing: t("Saisissez votre adresse e-mail.")
        case .passwordMissing: t("Saisissez votre mot de passe.")
        case .wrongPair: t("L’adresse e-mail ou le mot de passe ne correspond pas.")
        case .tooManyTries(let until):
            t("Trop d’essais. Réessayez à {time}.", ["time": DateTexts.time(until)])
        case .notActive: t("Votre compte n’est pas encore actif.")
        case .suspended: t("Votre compte est suspendu.")
        case .closed: t("Votre compte est fermé.")
        case .formExpired: t("Le formulaire n’était plus valable. Saisissez à nouveau votre mot de passe.")
        }
    }
}

extension SignInPage.Notice {
    var text: String {
        switch self {
        case .sessionEnded: t("Votre session a pris fin. Connectez-vous pour continuer.")
        case .signInExpired: t("Le code n’a pas été saisi à temps. Recommencez la connexion.")
        }
    }
}

extension CodePage.Problem {
    var text: String {
        switch self {
        case .wrongLength: t("Le code comporte 6 chiffres.")
        case .wrong(let left):
            t(
                one: "Ce code ne correspond pas. Il vous reste {count} essai.",
                other: "Ce code ne correspond pas. Il vous reste {count} essais.", count: left)
        case .expired: t("Ce code n’est plus valable. Un nouveau code vient d’être envoyé.")
        case .expiredUntil(let moment):
            t(
                "Ce code n’est plus valable. Un nouveau code peut être demandé dès {time}.",
                ["time": DateTexts.time(moment)])
        case .formExpired: t("Le formulaire n’était plus valable. Saisissez à nouveau le code.")
        }
    }
}

extension CodeChannel {
    func sentence(target: String) -> String {
        switch self {
        case .sms: t("Envoyé par SMS au {number}.", ["number": target])
        case .email: t("Envoyé par e-mail à {address}.", ["address": target])
        }
    }

    /// What to expect of the channel.
    var delay: String {
        switch self {
        case .sms:
            t("Un SMS arrive en général en moins d’une minute. Vérifiez que votre téléphone a du réseau.")
        case .email:
            t("Un e-mail arrive en général en moins d’une minute. Vérifiez aussi les courriers indésirables.")
        }
    }
}
