import Enrolment
import HTML

/// The words of a case that code chooses.
extension ProofMistake {
    var field: String {
        switch self {
        case .documentKindMissing: "piece"
        case .documentNumberMissing: "numero"
        case .validUntilMissing, .documentExpired: "valable"
        case .photoNotCompared: "photo"
        case .birthDateMissing: "naissance"
        case .sexMissing: "sexe"
        case .controlMissing, .codeNotConfirmed: "controle"
        case .controlNoteMissing: "appel"
        case .registerNoteMissing: "registre"
        case .placeMissing: "lieu"
        }
    }

    var text: String {
        switch self {
        case .documentKindMissing: t("Choisissez le type de pièce.")
        case .documentNumberMissing: t("Saisissez le numéro de la pièce d’identité.")
        case .validUntilMissing: t("Saisissez la date de validité, par exemple 31.12.2030.")
        case .documentExpired: t("Cette pièce d’identité n’est plus valable.")
        case .photoNotCompared: t("Comparez la photo avec la personne.")
        case .birthDateMissing: t("Saisissez la date de naissance, par exemple 14.03.1978.")
        case .sexMissing: t("Choisissez le sexe selon la pièce.")
        case .controlMissing: t("Choisissez comment le téléphone a été contrôlé.")
        case .codeNotConfirmed: t("Le code de contrôle n’a pas encore été lu par la personne.")
        case .controlNoteMissing: t("Notez la réponse à l’appel de contrôle.")
        case .registerNoteMissing: t("Notez pourquoi l’écart avec le registre est accepté.")
        case .placeMissing: t("Saisissez le lieu de la vérification.")
        }
    }
}

extension RequestCasePage.Problem {
    var box: Node {
        switch self {
        case .proof(let all):
            ErrorSummary(mistakes: all.map { FieldMistake(field: $0.field, text: $0.text) }).body
        default: AlertBox(text: text).body
        }
    }

    private var text: String {
        switch self {
        case .proof: ""
        case .documentUsed: t("Cette pièce d’identité a déjà servi pour un autre compte.")
        case .codeWrong: t("Ce code ne correspond pas.")
        case .codeExpired: t("Ce code n’est plus valable. Envoyez-en un nouveau.")
        case .codeLimit:
            t("Trop de codes ont été envoyés. Attendez un quart d’heure, ou appelez la personne.")
        case .landline: t("Ce numéro ne reçoit pas de SMS.")
        case .reasonMissing: t("Saisissez le motif du refus.")
        case .complementMissing: t("Saisissez ce que la personne doit compléter.")
        case .copy(let mistake): mistake.text
        case .copiesFull: t("Quatre copies au plus sont acceptées.")
        case .copiesNotKept: t("Les copies de pièces d’identité ne sont pas conservées ici.")
        case .samePerson: t("Une autre personne doit approuver ce que vous avez proposé.")
        case .personUnknown:
            t(
                "Votre compte n’a pas de numéro de personne : une décision à deux ne peut pas être enregistrée."
            )
        case .noProposal: t("La proposition a pris fin. Proposez-la à nouveau.")
        case .changed: t("La demande a changé depuis que vous l’avez lue. Relisez-la.")
        case .alreadyDecided: t("Quelqu’un d’autre a déjà décidé.")
        case .proposerGone:
            t("La personne qui a proposé l’activation n’y est plus autorisée. Proposez-la à nouveau.")
        case .mailNotSecured:
            t("Le code irait à une adresse qui n’est pas sécurisée par HIN : l’activation est bloquée.")
        case .addressTaken: t("Cette adresse e-mail a déjà un compte.")
        case .identifierTaken: t("Cet identifiant professionnel a déjà un compte.")
        case .stateChanged: t("Cette demande a changé entre-temps. Voici où elle en est.")
        }
    }

    init?(_ refusal: EnrolmentRefusal) {
        switch refusal {
        case .documentUsed: self = .documentUsed
        case .codeWrong: self = .codeWrong
        case .codeExpired: self = .codeExpired
        case .codeLimit: self = .codeLimit
        case .landline: self = .landline
        case .copyRefused(let mistake): self = .copy(mistake)
        case .tooManyCopies: self = .copiesFull
        case .copiesNotKept: self = .copiesNotKept
        case .samePerson: self = .samePerson
        case .personUnknown: self = .personUnknown
        case .noProposal: self = .noProposal
        case .changedMeanwhile: self = .changed
        case .alreadyDecided: self = .alreadyDecided
        case .proposerGone: self = .proposerGone
        case .mailNotSecured: self = .mailNotSecured
        case .addressTaken: self = .addressTaken
        case .identifierTaken: self = .identifierTaken
        case .wrongState: self = .stateChanged
        default: return nil
        }
    }
}
