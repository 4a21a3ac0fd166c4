import Access

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
        case .requestPending(_, .some(let moment)):
            t(
                "Votre compte n’est pas encore actif. Rendez-vous le {date}.",
                ["date": DateTexts.dateAndTime(moment)])
        case .requestPending(_, .none):
            t("Votre compte n’est pas encore actif. Choisissez un rendez-vous sur la page de votre demande.")
        case .suspended: t("Votre compte est suspendu.")
        case .closed: t("Votre compte est fermé.")
        case .formExpired: t("Le formulaire n’était plus valable. Saisissez à nouveau votre mot de passe.")
        case .noFactor:
            t("Votre compte n’a plus de second facteur. Une nouvelle vérification d’identité est nécessaire.")
        case .passkeyStale:
            t("La page était ouverte depuis trop longtemps. Utilisez à nouveau votre clé d’accès.")
        case .passkeyRefused:
            t("Cette clé d’accès n’ouvre aucun compte. Connectez-vous avec votre mot de passe.")
        }
    }
}

extension SignInPage.Notice {
    var text: String {
        switch self {
        case .sessionEnded: t("Votre session a pris fin. Connectez-vous pour continuer.")
        case .entryKept:
            t("Votre session a pris fin. Votre saisie est conservée : connectez-vous pour la retrouver.")
        case .nothingDone:
            t("Votre session a pris fin : votre demande n’a pas été exécutée. Connectez-vous pour continuer.")
        case .signInExpired: t("Le code n’a pas été saisi à temps. Recommencez la connexion.")
        case .triesUsedUp: t("Trop d’essais avec ce code. Recommencez la connexion.")
        case .passwordReset: t("Votre mot de passe est modifié. Connectez-vous ; un code vous sera demandé.")
        }
    }
}

extension CodePage.Problem {
    func text(for factor: SecondFactor) -> String {
        switch self {
        case .wrongLength:
            factor == .recoveryCode
                ? t("Un code de secours comporte 16 lettres et chiffres.") : t("Le code comporte 6 chiffres.")
        case .wrong(let left):
            t(
                one: "Ce code ne correspond pas. Il vous reste {count} essai.",
                other: "Ce code ne correspond pas. Il vous reste {count} essais.", count: left)
        case .expired: t("Ce code n’est plus valable. Un nouveau code vient d’être envoyé.")
        case .expiredUntil(let moment):
            t(
                "Ce code n’est plus valable. Un nouveau code peut être demandé dès {time}.",
                ["time": DateTexts.time(moment)])
        case .wait(let moment):
            t(
                "Trop d’essais avec cette méthode. Réessayez à {time}, ou utilisez une autre méthode.",
                ["time": DateTexts.time(moment)])
        case .newProofNeeded:
            t(
                "Trop d’essais : cette méthode est bloquée jusqu’à une nouvelle vérification de votre identité."
            )
        case .formExpired: t("Le formulaire n’était plus valable. Saisissez à nouveau le code.")
        }
    }
}
