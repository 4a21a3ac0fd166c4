import Access

extension MessageTexts {
    /// What the holder of an account is told about its protection. No device, no number and no address: who reads the
    /// mailbox learns nothing that helps.
    func security(_ notice: AccountNotice) -> Words {
        let (subject, opening) = sentences(notice)
        let closing =
            notice == .factorResetAsked
            ? "Si vous n’avez rien signalé, connectez-vous et arrêtez cette demande, ou appelez l’équipe du portail."
            : "Si ce n’est pas vous, demandez un nouveau mot de passe et appelez l’équipe du portail."
        return Words(
            subject: subject, opening: opening, link: "Voir la sécurité de votre compte",
            path: "/profil/securite", closing: [closing])
    }

    /// The same to a telephone. Within the GSM alphabet, so that it stays one message.
    func accountNoticeSMS(_ notice: AccountNotice) -> String {
        let told =
            switch notice {
            case .factorResetAsked: "le retrait de vos seconds facteurs a été demandé."
            case .factorsReset:
                "vos seconds facteurs ont été retirés. Plus aucun code ne sera envoyé à ce numéro."
            case .mobileChanged: "les codes de connexion vont désormais à un autre numéro."
            default: "la protection de votre compte a été modifiée."
            }
        return "\(productName): \(told) Si ce n'est pas vous, appelez l'aide du portail."
    }

    private func sentences(_ notice: AccountNotice) -> (subject: String, opening: String) {
        switch notice {
        case .passwordChanged, .passwordReset:
            (
                "Votre mot de passe \(productName) a été modifié",
                "Le mot de passe de votre compte a été modifié. Vos autres sessions sont terminées."
            )
        case .factorAdded:
            (
                "Une protection a été ajoutée à votre compte \(productName)",
                "Une application d’authentification ou une clé d’accès a été ajoutée à votre compte."
            )
        case .factorRemoved:
            (
                "Une protection a été retirée de votre compte \(productName)",
                "Une application d’authentification ou une clé d’accès a été retirée de votre compte."
            )
        case .recoveryCodesMade:
            (
                "De nouveaux codes de secours pour \(productName)",
                "De nouveaux codes de secours ont été créés. Les précédents ne sont plus valables."
            )
        case .recoveryCodeUsed:
            (
                "Un code de secours a été utilisé sur \(productName)",
                "Quelqu’un s’est connecté à votre compte avec un de vos codes de secours. Il ne servira plus."
            )
        case .factorResetAsked:
            (
                "Le retrait de vos seconds facteurs a été demandé sur \(productName)",
                "L’équipe du portail prépare le retrait de vos seconds facteurs, parce que leur perte a été "
                    + "signalée. Il aura lieu au plus tôt dans 24\u{A0}heures."
            )
        case .factorsReset:
            (
                "Vos seconds facteurs ont été retirés sur \(productName)",
                "L’équipe du portail a retiré vos seconds facteurs et terminé vos sessions. Votre nouveau numéro "
                    + "comptera dès que le code qui y est envoyé aura été saisi."
            )
        case .mobileChanged:
            (
                "Votre numéro de téléphone a été modifié sur \(productName)",
                "Les codes de connexion sont désormais envoyés à un autre numéro."
            )
        case .simChanged:
            (
                "Aucun code par SMS pour le moment sur \(productName)",
                "La carte SIM de votre numéro a été remplacée récemment. Par sécurité, aucun code de connexion n’y "
                    + "est envoyé pendant 7\u{A0}jours. Une clé d’accès, une application d’authentification ou un "
                    + "code de secours ouvrent toujours votre compte\u{A0}; sinon, l’équipe du portail vérifie "
                    + "à nouveau votre identité."
            )
        // the others have words of their own
        default: (productName, "")
        }
    }
}
