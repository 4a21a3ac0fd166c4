import Access

/// Delegations in words.
enum DelegationTexts {
    /// «Lire, préparer».
    static func rights(_ rights: Set<DelegationRight>) -> String {
        let names = DelegationRight.allCases.filter(rights.contains).map(\.name)
        let first = names.first ?? ""
        return ([first] + names.dropFirst().map { $0.lowercased() }).joined(separator: ", ")
    }

    /// The last day on which it is in force, from the first moment at which it is not: 31.12.2026.
    static func lastDay(_ end: Int64) -> String { DateTexts.date(end - 1) }
}

extension DelegationRight {
    /// The word of its box.
    var name: String {
        switch self {
        case .read: t("Lire")
        case .prepare: t("Préparer")
        case .send: t("Envoyer")
        }
    }

    var explanation: String {
        switch self {
        case .read: t("Les documents reçus, les demandes et leurs réponses.")
        case .prepare: t("Des brouillons de demandes et de messages.")
        case .send: t("Soumettre et répondre en votre nom.")
        }
    }
}

/// What is wrong with the form of a delegation.
enum DelegationProblem: Sendable, CaseIterable {
    case emailMissing, noSuchDelegate, oneself, exists
    case principalMissing, noSuchPrincipal
    case noRights
    case endUnreadable, endOutside
    case evidenceMissing
    case tooMany

    init?(_ refusal: DelegationRefusal) {
        switch refusal {
        case .noSuchDelegate: self = .noSuchDelegate
        case .noSuchPrincipal: self = .noSuchPrincipal
        case .oneself: self = .oneself
        case .exists: self = .exists
        case .noRights: self = .noRights
        case .end: self = .endOutside
        case .evidenceMissing: self = .evidenceMissing
        case .tooMany: self = .tooMany
        case .notFound, .state, .samePerson, .reasonMissing, .ended, .right, .notAllowed: return nil
        }
    }

    /// The field it belongs to.
    var field: String {
        switch self {
        case .emailMissing, .noSuchDelegate, .oneself, .exists, .tooMany: "email"
        case .principalMissing, .noSuchPrincipal: "principal"
        case .noRights: "droit-read"
        case .endUnreadable, .endOutside: "fin"
        case .evidenceMissing: "justificatif"
        }
    }

    var text: String {
        switch self {
        case .emailMissing: t("Saisissez l’adresse e-mail du compte de la personne.")
        case .noSuchDelegate:
            t(
                """
                Aucun compte actif n’a cette adresse. La personne doit d’abord demander son propre compte, puis \
                attendre sa validation.
                """)
        case .oneself: t("Une délégation lie deux personnes différentes.")
        case .exists: t("Une délégation existe déjà entre ces deux personnes. Terminez-la d’abord.")
        case .principalMissing: t("Saisissez l’adresse e-mail du compte de la personne responsable.")
        case .noSuchPrincipal: t("Aucun compte actif de professionnel n’a cette adresse.")
        case .noRights: t("Choisissez au moins un droit.")
        case .endUnreadable: t("Saisissez la date de fin, par exemple 31.12.2027.")
        case .endOutside: t("La date de fin doit se situer dans le futur, au plus tard dans cinq ans.")
        case .evidenceMissing: t("Indiquez sur quelle demande la délégation se fonde.")
        case .tooMany: t("Vous avez proposé beaucoup de délégations aujourd’hui. Réessayez demain.")
        }
    }
}

extension AuditEventKind {
    /// What a delegate did, for the principal.
    var delegatedAct: String {
        switch self {
        case .documentOpened: t("Document ouvert")
        case .documentDownloaded: t("Document téléchargé")
        case .documentPrinted: t("Document imprimé")
        case .documentSearched: t("Dossier d’un patient consulté")
        case .accessLogRead: t("Accès consultés")
        default: t("Autre action")
        }
    }
}
