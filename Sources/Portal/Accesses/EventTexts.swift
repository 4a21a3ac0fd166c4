import Access

/// What happened, in words for the people whom it concerns; what concerns only the team is «Autre action».
enum EventTexts {
    /// An event as it stands in the trail; its own name when this version does not know it.
    static func name(_ raw: String) -> String { AuditEventKind(rawValue: raw).map { name($0) } ?? raw }

    static func name(_ event: AuditEventKind) -> String {
        document(event) ?? account(event) ?? administration(event)
    }

    private static func document(_ event: AuditEventKind) -> String? {
        switch event {
        case .documentPublished: t("Document mis à disposition")
        case .documentReplaced: t("Document remplacé par une nouvelle version")
        case .documentStateRead: t("État d’un envoi consulté")
        case .documentSearched: t("Liste de documents consultée")
        case .documentOpened: t("Document ouvert")
        case .documentDownloaded: t("Document téléchargé")
        case .documentPrinted: t("Document imprimé")
        case .documentWithdrawn: t("Document annulé par l’hôpital")
        case .documentExpired: t("Document expiré")
        case .lifetimeExtended: t("Durée de vie prolongée")
        case .documentAskedAgain: t("Nouvelle mise à disposition demandée")
        case .documentExported: t("Documents emportés")
        case .dispatchMailed: t("Document envoyé par e-mail sécurisé")
        case .mailReturned: t("E-mail revenu")
        case .dispatchPosted: t("Document remis au courrier")
        case .dispatchFellBack: t("Document déposé dans le portail, faute d’e-mail")
        case .dispatchCancelled: t("Envoi annulé")
        case .noticeSent: t("Notification envoyée")
        case .accessLogRead: t("Accès consultés")
        case .accessLogExported: t("Journal des accès emporté")
        case .patientAccessesRead: t("Accès d’une patiente ou d’un patient consultés")
        case .designationRecorded: t("Désignation enregistrée")
        case .designationRevoked: t("Désignation retirée")
        case .designationRead: t("Désignation consultée")
        case .consentRecorded: t("Accord recueilli")
        case .recipientSearched: t("Destinataire recherché")
        case .diagnosisRead: t("Diagnostic consulté")
        case .patientChanged: t("Identité d’une patiente ou d’un patient modifiée")
        case .patientMerged: t("Dossiers de patient réunis")
        case .stayRecorded: t("Séjour enregistré")
        default: nil
        }
    }

    private static func account(_ event: AuditEventKind) -> String? {
        switch event {
        case .accountCreated: t("Compte ouvert")
        case .accountStateChanged: t("État du compte modifié")
        case .passwordChanged, .passwordReset: t("Mot de passe modifié")
        case .passwordLinkAsked, .passwordLinkSent: t("Lien de mot de passe demandé")
        case .signInPassword: t("Mot de passe saisi")
        case .signInCode: t("Connexion avec un code")
        case .signInPasskey: t("Connexion avec une clé d’accès")
        case .signInIdentity: t("Connexion avec une identité externe")
        case .codeSent: t("Code envoyé")
        case .signedOut: t("Déconnexion")
        case .sessionEnded: t("Session terminée")
        case .proofRepeated: t("Identité confirmée à nouveau")
        case .factorAdded: t("Second facteur ajouté")
        case .factorRemoved, .factorsReset: t("Second facteur retiré")
        case .factorResetProposed: t("Réinitialisation des facteurs proposée")
        case .factorResetStopped: t("Réinitialisation des facteurs arrêtée")
        case .mobileChanged: t("Numéro de téléphone modifié")
        case .profileChanged: t("Profil modifié")
        case .nameChangeRequested: t("Changement de nom demandé")
        case .nameChangeDecided: t("Changement de nom décidé")
        case .domainAsked: t("Domaine e-mail vérifié")
        case .identityLinked: t("Identité externe associée")
        case .identityRefused: t("Identité externe refusée")
        case .identityAlarm: t("Alarme sur une identité externe")
        case .delegationOffered: t("Délégation proposée")
        case .delegationAccepted: t("Délégation acceptée")
        case .delegationConfirmed: t("Délégation activée")
        case .delegationEnded: t("Délégation terminée")
        case .delegationRead: t("Délégations consultées")
        case .spaceEntered: t("Espace choisi")
        case .subscriptionChanged: t("Abonnement modifié")
        case .viewSaved: t("Vue enregistrée")
        default: nil
        }
    }

    private static func administration(_ event: AuditEventKind) -> String {
        switch event {
        case .accountRead, .accountSearched: t("Compte consulté par l’équipe du portail")
        case .staffChanged: t("Équipe modifiée")
        case .actProposed: t("Décision proposée")
        case .actApproved: t("Décision approuvée")
        case .actWithdrawn: t("Décision retirée")
        case .configurationChanged: t("Réglage modifié")
        case .auditSearched, .auditVerified, .auditExported: t("Journal consulté")
        default: t("Autre action")
        }
    }
}
