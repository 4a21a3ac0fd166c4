import Access
import Dispatches
import Documents

extension Setback {
    /// What happened, as the name of a row.
    var name: String {
        switch cause {
        case .returned: t("E-mail revenu")
        case .letterCancelled: t("Courrier annulé")
        default: t("E-mail non envoyé")
        }
    }

    /// Why, in a sentence for the service that sent it. The other side's status is a number, never its words.
    var reason: String {
        switch cause {
        case .addressMissing: t("L’adresse pour les documents manquait dans le profil.")
        case .unsecuredAddress: t("L’adresse pour les documents n’est plus reconnue comme sécurisée.")
        case .otherPreference: t("La personne a choisi entre-temps une autre voie.")
        case .notAccepted: t("La messagerie de l’hôpital n’a pas pu le remettre.")
        case .returned(let status):
            status.isEmpty
                ? t("La messagerie du destinataire l’a renvoyé.")
                : t("La messagerie du destinataire l’a renvoyé (code {status}).", ["status": status])
        case .unavailable: t("Le compte du destinataire a été suspendu ou fermé avant l’envoi.")
        case .replaced: t("Une nouvelle version l’a remplacé avant l’envoi.")
        case .withdrawn: t("Il a été annulé avant l’envoi.")
        case .letterCancelled: t("La lettre a quitté la file du courrier.")
        case .unknown: t("La cause n’a pas été enregistrée.")
        }
    }
}

extension SentDocument {
    /// What the journal says of mails that did not arrive; of letters the chip says it all.
    var setbacks: [Setback] {
        document.state == .withdrawn
            ? [] : recipients.compactMap(\.dispatch.setback).filter(\.isOfMail)
    }
}
