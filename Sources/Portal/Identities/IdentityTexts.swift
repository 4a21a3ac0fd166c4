/// The words for each way in which a sign-in through a provider ends without a session. Every switch is exhaustive: a
/// new cause does not compile without words.
extension IdentityProblemPage.Cause {
    /// What happened, in one sentence.
    func reason(_ provider: String) -> String {
        switch self {
        case .start:
            t(
                "Vous allez quitter le portail pour vous identifier auprès de {provider}.",
                ["provider": provider])
        case .declined: t("{provider} n’a pas confirmé votre identité.", ["provider": provider])
        case .rejected: t("La réponse de {provider} n’a pas pu être vérifiée.", ["provider": provider])
        case .stale: t("Cette connexion n’est plus valable.")
        case .unavailable: t("{provider} ne répond pas pour le moment.", ["provider": provider])
        case .switchedOff: t("La connexion avec {provider} est momentanément fermée.", ["provider": provider])
        case .tooMany: t("Trop de connexions ont été commencées depuis votre réseau.")
        case .team: t("Une identité d’équipe n’ouvre pas de compte professionnel.")
        case .device: t("L’identité d’un appareil n’ouvre pas de compte professionnel.")
        case .requested: t("Votre demande de compte est en cours de vérification.")
        case .waiting: t("Cette identité n’est pas encore associée à votre compte.")
        case .refused: t("L’équipe du portail n’a pas accepté cette identité.")
        case .notActive: t("Votre compte n’est pas encore actif.")
        case .suspended: t("Votre compte est suspendu.")
        case .closed: t("Votre compte est fermé.")
        case .roleNotAllowed: t("Ce compte se connecte avec ses propres moyens.")
        case .noFactor: SignInPage.Problem.noFactor.text
        }
    }

    /// Why, and what one can do.
    func explanation(_ provider: String) -> [String] {
        switch self {
        case .start, .notActive, .suspended, .closed, .noFactor: []
        case .declined:
            [
                t("Votre client HIN doit être actif : ouvrez-le, identifiez-vous, puis réessayez."),
                t("Sans client, utilisez l’application HIN Authenticator, ou votre mot de passe."),
            ]
        case .rejected:
            [t("Rien n’a été ouvert. Réessayez ; si cela se répète, avertissez l’équipe du portail.")]
        case .stale:
            [
                t(
                    """
                    Elle a été commencée dans un autre navigateur ou il y a plus de dix minutes, ou elle est déjà \
                    terminée. Recommencez.
                    """)
            ]
        case .unavailable, .switchedOff: [t("Vous pouvez vous connecter avec votre mot de passe et un code.")]
        case .tooMany: [t("Patientez dix minutes, ou connectez-vous avec votre mot de passe.")]
        case .team:
            [
                t(
                    """
                    Elle est partagée par plusieurs personnes : personne ne sait laquelle est devant l’écran. Dans le \
                    portail, chaque accès est inscrit au nom d’une personne.
                    """),
                t(
                    "Utilisez votre identité HIN personnelle. Votre cabinet travaille en équipe grâce aux délégations."
                ),
            ]
        case .device: [t("Utilisez l’identité d’une personne.")]
        case .requested: [t("Vous recevrez un e-mail dès que votre compte sera actif.")]
        case .waiting:
            [
                t(
                    """
                    Un compte existe déjà avec votre numéro GLN. Par précaution, l’équipe du portail vérifie que cette \
                    identité est bien la vôtre avant de l’associer.
                    """),
                t("En attendant, connectez-vous comme d’habitude."),
            ]
        case .refused: [t("Si vous pensez qu’il s’agit d’une erreur, contactez l’équipe.")]
        case .roleNotAllowed:
            [
                t(
                    "Les comptes de l’équipe du portail n’acceptent pas d’identité externe. Utilisez votre mot de passe."
                )
            ]
        }
    }

    /// Whether the same again may lead somewhere else.
    var canTryAgain: Bool {
        switch self {
        case .start, .declined, .rejected, .stale, .unavailable, .team, .device: true
        case .switchedOff, .tooMany, .requested, .waiting, .refused, .notActive, .suspended, .closed,
            .roleNotAllowed, .noFactor:
            false
        }
    }

    /// Whether only people can help.
    var needsTeam: Bool {
        switch self {
        case .waiting, .refused, .notActive, .suspended, .closed, .requested, .rejected, .noFactor: true
        case .start, .declined, .stale, .unavailable, .switchedOff, .tooMany, .team, .device, .roleNotAllowed:
            false
        }
    }
}
