import HTML

/// The result of an action, shown once at the top of the next page. The raw value may travel in the query
/// string: `?fait=mot-de-passe`.
enum Flash: String, Sendable, CaseIterable {
    case nothingDone = "rien"
    case passwordChanged = "mot-de-passe"
    case sessionEnded = "session"
    case otherSessionsEnded = "sessions"
    case delegationOffered = "delegation-proposee"
    case delegationAccepted = "delegation-acceptee"
    case delegationProposed = "delegation-etablie"
    case delegationConfirmed = "delegation-active"
    case delegationEnded = "delegation-terminee"
    case lifeExtended = "prolonge"
    case notExtended = "non-prolonge"
    case askedAgain = "demande-envoyee"
    case wishKept = "demande-enregistree"
    case nothingToPost = "rien-a-imprimer"
    case letterCancelled = "courrier-annule"
    case wishSettled = "demande-traitee"
    case profileSaved = "profil"
    case nameWaits = "nom"
    case addressSaved = "adresse"
    case addressRemoved = "adresse-supprimee"
    case preferencesSaved = "preferences"
    case nameApproved = "nom-valide"
    case nameRefused = "nom-refuse"
    case authenticatorAdded = "application"
    case passkeyAdded = "cle"
    case recoveryCodesMade = "codes-de-secours"
    case factorRemoved = "retire"
    case mobileChanged = "mobile"
    case resetStopped = "demande"
    case softwareEnded = "logiciel-retire"
    case softwareResumed = "logiciel-relance"
    case identityProposed = "identite-proposee"
    case identityLinked = "identite-associee"
    case identityRefused = "identite-refusee"
    case providerSwitched = "fournisseur"

    case markedRead = "lus"
    case markedUnread = "non-lus"
    case selectionEmpty = "choix-vide"
    case viewSaved = "vue"
    case viewRemoved = "vue-supprimee"
    case shortcutsSaved = "raccourcis"

    case codeSent = "code-envoye"
    case codeConfirmed = "code-confirme"
    case identityVerified = "identite"
    case activationProposed = "proposition"
    case accountActivated = "activation"
    case requestRefused = "refus"
    case complementAsked = "complement"
    case copyAdded = "copie"
    case absenceNoted = "absence"
    case siteSaved = "lieu"
    case slotsAdded = "creneaux"
    case slotCancelled = "creneau"
    case accountSuspended = "suspension"
    case accountReactivated = "reactivation"
    case accountClosed = "fermeture"
    case staffProposed = "equipe-proposee"
    case staffApproved = "equipe-approuvee"
    case staffWithdrawn = "equipe-retiree"
    case domainDecided = "domaine"
    case professionsSaved = "professions"
    case registerSettled = "registre"
    case strongFactorNeeded = "facteur-fort"
    case resetProposed = "facteurs-proposes"
    case resetWithdrawn = "facteurs-gardes"
    case factorsReset = "facteurs-retires"

    case documentSent = "envoi"
    case documentLeft = "parti"
    case letterQueued = "courrier"
    case documentResent = "renvoi"
    case sendingCancelled = "envoi-annule"
    case sendingRecalled = "envoi-rappele"
    case serviceSaved = "service"
    case relaunched = "relance"
    case nothingToRelaunch = "rien-a-relancer"
    case dutyProposed = "tache-proposee"
    case dutyApproved = "tache"
    case dutyWithdrawn = "tache-retiree"

    var text: String {
        switch self {
        case .nothingDone:
            t(
                "Rien n’a été exécuté : ce formulaire datait d’avant votre nouvelle connexion. Recommencez ici."
            )
        case .documentSent:
            t("Document mis à disposition. Il peut être annulé tant que personne ne l’a ouvert.")
        case .documentLeft: t("Document envoyé. La voie et l’état sont indiqués ci-dessous.")
        case .documentResent: t("Document renvoyé. La voie et l’état sont indiqués ci-dessous.")
        case .letterQueued: t("Document mis au courrier. Il attend l’impression.")
        case .sendingCancelled: t("Envoi annulé.")
        case .sendingRecalled: t("Document rappelé. S’il a des lecteurs, ils en sont avertis.")
        case .serviceSaved: t("Services enregistrés.")
        case .relaunched: t("Relancé. Les envois partent dans les prochaines minutes.")
        case .nothingToRelaunch: t("Rien à relancer dans cette file.")
        case .dutyProposed: t("Tâche proposée. Une autre personne de l’équipe doit l’approuver.")
        case .dutyApproved: t("Tâche en vigueur.")
        case .dutyWithdrawn: t("Tâche retirée, avec effet immédiat.")
        case .softwareEnded: t("Logiciel retiré. Il ne lit plus rien.")
        case .softwareResumed: t("Le logiciel est averti à nouveau, dès maintenant.")
        case .markedRead: t("Marqué comme lu.")
        case .markedUnread: t("Marqué comme non lu.")
        case .selectionEmpty: t("Choisissez d’abord des documents dans la liste.")
        case .viewSaved: t("Vue enregistrée.")
        case .viewRemoved: t("Vue supprimée.")
        case .shortcutsSaved: t("Choix enregistré.")
        case .codeSent: t("Code de contrôle envoyé.")
        case .codeConfirmed: t("Code confirmé : la personne tient ce téléphone.")
        case .identityVerified: t("Identité vérifiée par vous. Une seconde personne doit activer le compte.")
        case .activationProposed: t("Activation proposée à une seconde personne.")
        case .accountActivated: t("Compte activé. Un e-mail demande à la personne de confirmer son adresse.")
        case .requestRefused: t("Demande refusée. La personne en est avertie.")
        case .complementAsked: t("Complément demandé.")
        case .copyAdded: t("Copie déposée.")
        case .absenceNoted: t("Absence notée. Un e-mail propose une autre date.")
        case .siteSaved: t("Lieu enregistré.")
        case .slotsAdded: t("Dates ajoutées.")
        case .slotCancelled: t("Date retirée.")
        case .accountSuspended: t("Compte suspendu. Ses sessions sont terminées.")
        case .accountReactivated: t("Compte réactivé.")
        case .accountClosed: t("Compte fermé. Ses sessions sont terminées.")
        case .staffProposed: t("Accès proposé. Une autre personne de l’équipe doit l’approuver.")
        case .staffApproved: t("Accès approuvé. La personne reçoit un e-mail.")
        case .staffWithdrawn: t("Proposition retirée.")
        case .domainDecided: t("Domaine enregistré.")
        case .professionsSaved: t("Professions enregistrées.")
        case .registerSettled: t("Différence traitée.")
        case .strongFactorNeeded:
            t(
                "Ajoutez une application de codes ou une clé d’accès : les codes par SMS n’ouvrent pas l’administration."
            )
        case .resetProposed: t("Réinitialisation proposée. La personne en est avertie par e-mail.")
        case .resetWithdrawn: t("Proposition retirée. Les seconds facteurs restent en place.")
        case .factorsReset: t("Seconds facteurs retirés. Les sessions de la personne sont terminées.")
        case .passwordChanged: t("Mot de passe modifié. Vos autres sessions sont terminées.")
        case .sessionEnded: t("Session terminée.")
        case .otherSessionsEnded: t("Toutes vos autres sessions sont terminées.")
        case .delegationOffered: t("Délégation proposée. La personne en est informée par e-mail.")
        case .delegationAccepted: t("Délégation acceptée.")
        case .delegationProposed: t("Délégation établie. Une autre personne de l’équipe doit l’activer.")
        case .delegationConfirmed: t("Délégation active. Les deux personnes en sont informées.")
        case .delegationEnded: t("Délégation terminée, avec effet immédiat.")
        case .lifeExtended: t("Durée prolongée. La nouvelle date est indiquée ci-dessous.")
        case .notExtended: t("Ce document a déjà été prolongé, ou atteint la durée maximale.")
        case .askedAgain: t("Demande envoyée au service.")
        case .wishKept: t("Demande enregistrée. Personne du service ne la voit encore : appelez.")
        case .nothingToPost: t("Aucun document n’attend d’être imprimé.")
        case .letterCancelled: t("Courrier annulé.")
        case .wishSettled: t("Réponse enregistrée.")
        case .profileSaved: t("Modifications enregistrées.")
        case .nameWaits:
            t("Modifications enregistrées. Le changement de nom attend la validation de l’équipe du portail.")
        case .addressSaved: t("Adresse enregistrée.")
        case .addressRemoved: t("Adresse supprimée.")
        case .preferencesSaved: t("Préférences enregistrées.")
        case .nameApproved: t("Nom validé. Le portail le montre dès maintenant.")
        case .nameRefused: t("Changement de nom refusé.")
        case .authenticatorAdded: t("Application ajoutée. Son code vous sera demandé à chaque connexion.")
        case .passkeyAdded: t("Clé d’accès ajoutée. Vos autres sessions sont terminées.")
        case .recoveryCodesMade: t("Nouveaux codes de secours. Les précédents ne sont plus valables.")
        case .factorRemoved: t("Retiré. Vos autres sessions sont terminées.")
        case .mobileChanged: t("Numéro modifié. Vos autres sessions sont terminées.")
        case .resetStopped: t("Demande arrêtée. Vos seconds facteurs restent en place.")
        case .identityProposed:
            t("Proposition enregistrée. Une deuxième personne de l’équipe doit l’accepter.")
        case .identityLinked: t("Identité associée. La personne en est informée par e-mail.")
        case .identityRefused: t("Identité refusée.")
        case .providerSwitched: t("C’est fait, avec effet immédiat sur toutes les connexions.")
        }
    }
}

/// A box, green where something was done, that is read out when the page arrives.
struct ResultBox: Component {
    let text: String
    var isDone = true
    var undo: MarkForm?

    var body: Node {
        div(.class(isDone ? "note note--ok" : "note note--info"), .role("status")) {
            isDone ? Icon.check : Icon.info
            p { text }
            if let undo { undo }
        }
    }
}

/// Why fields hold what is not saved: it was typed before the session ended.
struct KeptBox: Component {
    /// Then there is one to choose again.
    let hadFile: Bool

    var body: Node {
        div(.class("note note--info"), .role("status")) {
            Icon.info
            div {
                p {
                    t("Votre session avait pris fin. Votre saisie est conservée : vérifiez-la et envoyez.")
                }
                if hadFile { p { t("Choisissez à nouveau le fichier : il n’est pas conservé.") } }
            }
        }
    }
}

/// A box that draws attention to something about the page, not to the result of an action.
struct NoteBox: Component {
    enum Kind: String { case info, ok, warn, danger }
    let kind: Kind
    let content: Node

    init(_ kind: Kind, @Markup content: () -> Node) {
        self.kind = kind
        self.content = content()
    }

    var body: Node {
        div(.class("note note--\(kind.rawValue)")) {
            icon
            div { content }
        }
    }

    private var icon: Icon {
        switch kind {
        case .info: .info
        case .ok: .check
        case .warn, .danger: .alert
        }
    }
}
