public import Access

extension MessageTexts {
    /// A mail to the holder of an account about his own account.
    /// - Parameter path: where its link leads within the portal; nil for the notice's own place.
    public func accountNotice(_ notice: AccountNotice, path: String?) -> MailTexts {
        let words = words(of: notice)
        return compose(
            subject: words.subject, opening: words.opening,
            link: (words.link, baseURL + (path ?? words.path)),
            closing: words.closing + [
                "Merci de ne pas répondre à ce message\u{A0}: il a été envoyé automatiquement."
            ])
    }

    struct Words {
        let subject: String
        let opening: String
        let link: String
        let path: String
        var closing: [String] = []
    }

    private func words(of notice: AccountNotice) -> Words {
        let unexpected = "Si vous n’attendiez pas ce message, contactez l’équipe du portail."
        let withoutData = "Par souci de confidentialité, ce message ne contient aucune donnée médicale."
        return switch notice {
        case .delegationOffered:
            Words(
                subject: "Une délégation vous est proposée sur \(productName)",
                opening: "Une personne vous propose d’agir dans son espace professionnel. "
                    + "Vous pouvez accepter ou refuser.",
                link: "Voir la proposition", path: "/profil/delegations", closing: [unexpected])
        case .delegationAccepted:
            Words(
                subject: "Votre délégation a été acceptée sur \(productName)",
                opening: "La personne à qui vous avez proposé une délégation l’a acceptée.",
                link: "Voir vos délégations", path: "/profil/delegations", closing: [unexpected])
        case .delegationConfirmed:
            Words(
                subject: "Une délégation est active sur \(productName)",
                opening: "Une délégation qui vous concerne est active. "
                    + "Chaque action est enregistrée au nom de la personne qui agit.",
                link: "Voir vos délégations", path: "/profil/delegations", closing: [unexpected])
        case .delegationEnded:
            Words(
                subject: "Une délégation a pris fin sur \(productName)",
                opening: "Une délégation qui vous concernait a pris fin ou n’a pas été accordée.",
                link: "Voir vos délégations", path: "/profil/delegations", closing: [unexpected])
        case .documentMailReturned:
            Words(
                subject: "Un document vous attend sur \(productName)",
                opening: "Un document n’a pas pu être remis à votre adresse de mail sécurisé. "
                    + "Il est à votre disposition dans le portail.",
                link: "Lire le document", path: "/documents?vue=nonlus",
                closing: ["Vérifiez l’adresse pour les documents dans vos préférences."])
        case .identityWaiting:
            Words(
                subject: "Une identité demande l’accès à votre compte sur \(productName)",
                opening:
                    "Quelqu’un s’est présenté avec une identité électronique inconnue du portail, qui porte "
                    + "votre numéro GLN. Rien n’a été ouvert\u{A0}: l’équipe du portail vérifie que cette identité "
                    + "est la vôtre.",
                link: "Ouvrir le portail", path: "/connexion",
                closing: ["Si ce n’est pas vous, avertissez l’équipe du portail."])
        case .identityLinked:
            Words(
                subject: "Une identité est associée à votre compte sur \(productName)",
                opening: "Vous pouvez désormais vous connecter avec votre identité électronique.",
                link: "Ouvrir le portail", path: "/connexion", closing: [unexpected])
        case .softwareAdded:
            Words(
                subject: "Un logiciel lit vos documents sur \(productName)",
                opening:
                    "Un logiciel a été enregistré pour votre compte. Il lit désormais vos documents "
                    + "sans que personne se connecte.",
                link: "Voir vos logiciels", path: "/profil/logiciels",
                closing: ["Si ce n’est pas vous, retirez-le et appelez l’équipe du portail."])
        case .softwareUnreachable:
            Words(
                subject: "Un logiciel n’est plus averti par \(productName)",
                opening:
                    "Un logiciel enregistré pour votre compte n’a pas répondu. Il n’est plus averti "
                    + "de ce qui change. Vos documents restent dans le portail.",
                link: "Voir vos logiciels", path: "/profil/logiciels",
                closing: ["Relancez-le quand il répond à nouveau, ou parlez-en à son fournisseur."])
        case .delegationDigest:
            Words(
                subject: "Ce qui a été fait en votre nom sur \(productName)",
                opening: "Au cours de la semaine écoulée, des personnes à qui vous avez donné une délégation "
                    + "ont agi en votre nom.",
                link: "Voir ces actions", path: "/profil/delegations/activite",
                closing: [withoutData])
        case .profileMailChanged:
            Words(
                subject: "Vos adresses d’envoi ont changé sur \(productName)",
                opening: "L’adresse pour recevoir les notifications, ou celle pour recevoir les documents, "
                    + "a été modifiée dans votre profil.",
                link: "Voir vos préférences", path: "/profil/preferences", closing: [unexpected])
        case .nameChangeApproved:
            Words(
                subject: "Votre nom a été modifié sur \(productName)",
                opening: "L’équipe du portail a validé votre changement de nom.",
                link: "Voir votre profil", path: "/profil", closing: [unexpected])
        case .nameChangeRefused:
            Words(
                subject: "Votre changement de nom sur \(productName)",
                opening: "L’équipe du portail n’a pas validé votre changement de nom. "
                    + "Contactez-la pour en connaître le motif.",
                link: "Voir votre profil", path: "/profil", closing: [unexpected])
        case .passwordChanged, .passwordReset, .factorAdded, .factorRemoved, .recoveryCodesMade,
            .recoveryCodeUsed, .factorResetAsked, .factorsReset, .mobileChanged,
            .simChanged:
            security(notice)
        case .fourEyesExecuted:
            Words(
                subject: "Une décision à deux a été exécutée sur \(productName)",
                opening: "Une décision que vous avez proposée ou approuvée a été exécutée.",
                link: "Ouvrir le tableau de bord", path: "/admin", closing: [unexpected])
        case .accountSuspended:
            Words(
                subject: "Votre compte \(productName) est suspendu",
                opening: "L’équipe du portail a suspendu votre compte. Vos sessions sont terminées.",
                link: "Contacter l’équipe du portail", path: "/aide", closing: [unexpected])
        case .accountReactivated:
            Words(
                subject: "Votre compte \(productName) est réactivé",
                opening: "Vous pouvez vous connecter à nouveau.", link: "Se connecter", path: "/connexion",
                closing: [unexpected])
        case .accountClosed:
            Words(
                subject: "Votre compte \(productName) est fermé",
                opening:
                    "L’équipe du portail a fermé votre compte. Vos sessions et vos délégations sont terminées.",
                link: "Contacter l’équipe du portail", path: "/aide", closing: [unexpected])
        case .documentWithdrawn, .mailedDocumentWithdrawn:
            Words(
                subject: "Un document a été retiré de \(productName)",
                opening:
                    "L’hôpital a retiré un document qui vous avait été adressé. Il ne peut plus être ouvert."
                    + (notice == .mailedDocumentWithdrawn
                        ? " Vous l’avez aussi reçu par e-mail sécurisé\u{A0}: ne l’utilisez plus, et "
                            + "effacez cet e-mail et ses copies." : ""),
                link: "Voir le motif", path: "/accueil", closing: [withoutData])
        case .documentReplaced, .mailedDocumentReplaced:
            Words(
                subject: "Un document a été remplacé sur \(productName)",
                opening:
                    "Un document qui vous avait été adressé n’est plus à jour\u{A0}: l’hôpital l’a remplacé "
                    + "par une version qui ne vous a pas été adressée. Pour la demander, contactez le service."
                    + (notice == .mailedDocumentReplaced
                        ? " La copie que vous avez reçue par e-mail sécurisé n’est plus à jour non plus."
                        : ""),
                link: "Voir de quel document il s’agit", path: "/documents", closing: [withoutData])
        }
    }
}
