import Dispatches
import HTML

extension TransmissionQueue {
    var text: String {
        switch self {
        case .codes: t("Codes de connexion")
        case .email: t("E-mails")
        case .sms: t("SMS")
        case .securedMail: t("E-mail sécurisé HIN")
        case .recordFeed: t("Dossier patient (DPI)")
        case .webhooks: t("Logiciels de cabinet")
        case .nationalRecord: t("Dossier électronique (DEP)")
        case .previews: t("Images des pages")
        }
    }
}

extension TransmissionsPage.End {
    var text: String {
        switch self {
        case .givenUp: t("Abandonnés")
        case .expired: t("Expirés")
        }
    }
}

/// What a job is, by its kind.
enum TransmissionTexts {
    static func kind(_ kind: String) -> String {
        switch kind {
        case "code": t("Code de connexion")
        case "notice": t("Avis de nouveaux documents")
        case "accountNotice": t("E-mail au sujet d’un compte")
        case "accountNoticeText": t("SMS au sujet d’un compte")
        case "passwordLink": t("Lien pour un mot de passe")
        case "enrolmentMail": t("E-mail d’une demande de compte")
        case "controlCode": t("Code de contrôle")
        case "securedMail": t("Document par e-mail sécurisé")
        case "recordFeed": t("Trace pour le dossier patient")
        case "subscription": t("Appel d’un logiciel de cabinet")
        case "nationalRecord": t("Publication au DEP")
        case "preview": t("Images d’un document")
        default: kind
        }
    }

    private static func withStatus(_ text: String, _ status: Int?) -> String {
        status.map { text + " " + t("(code {status})", ["status": String($0)]) } ?? text
    }

    static func fault(_ fault: TransmissionFault) -> String {
        switch fault {
        case .refused(let status):
            withStatus(t("Refusé définitivement par le destinataire ou le relais"), status)
        case .unreachable(let status):
            withStatus(t("L’autre système ne répond pas ou n’est pas prêt"), status)
        case .misconfigured(let status):
            withStatus(t("L’autre système n’accepte pas nos accès : à régler par l’exploitation"), status)
        case .badAddress: t("Adresse ou numéro qui ne peut pas être juste")
        case .addressNotAllowed: t("Adresse que le portail n’a pas le droit d’appeler")
        case .tooLate: t("Pas parti à temps")
        case .unreadable: t("Contenu illisible avec les clés de cette installation")
        case .notYet: t("Attend un événement plus ancien du même document")
        case .other: t("Erreur technique : voir le journal du serveur")
        }
    }
}

extension TransmissionFault {
    var text: String { TransmissionTexts.fault(self) }
}

extension TransmissionRefusal {
    /// At the head of the page.
    var text: String {
        switch self {
        case .notFound: t("Cet envoi n’attend plus d’être relancé.")
        case .contentWiped:
            t("Cet envoi ne peut pas être relancé : son contenu est effacé.")
        case .tooLate: t("Cet envoi ne peut pas être relancé : son délai est passé.")
        case .wentOtherWay:
            t(
                "Cet envoi ne peut pas être relancé : le document est dans le portail, le destinataire le sait."
            )
        }
    }

    /// In place of the button.
    var short: String {
        switch self {
        case .notFound: "–"
        case .contentWiped: t("Contenu effacé")
        case .tooLate: t("Délai passé")
        case .wentOtherWay: t("Remis dans le portail")
        }
    }
}
