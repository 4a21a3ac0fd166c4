import Dispatches

extension ManualRefusal {
    /// The field of the last step it belongs to; nil: none.
    var field: String? {
        switch self {
        case .consentDate: "accord-date"
        case .reasonMissing: "titre"
        case .fileTooLarge, .badFile: "fichier"
        case .wayChanged: "voie"
        case .invalid: "titre"
        case .notSetUp, .notFound, .alreadyOpened, .addressUnknown, .alreadyPosted, .readsInPortal,
            .readsByMail, .lettersClosed, .professionUnknown, .alreadySent, .notKept:
            nil
        }
    }

    var text: String {
        switch self {
        case .consentDate: t("La date de l’accord est dans le futur, ou date de plus d’une année.")
        case .reasonMissing: t("Le motif de l’envoi manque : reprenez depuis le destinataire.")
        case .fileTooLarge: t("Le fichier est trop grand.")
        case .badFile("pdf-encrypted"):
            t("Le fichier est protégé par un mot de passe. Enregistrez-le sans protection.")
        case .badFile("pdf-header"), .badFile("pdf-empty"): t("Ce fichier n’est pas un PDF.")
        case .badFile("pdf-pages"): t("Le fichier a trop de pages.")
        case .badFile("pdf-archive"):
            t(
                """
                Une archive, un programme ou trop de fichiers sont joints au PDF. Enregistrez-le sans pièces \
                jointes.
                """)
        case .badFile("pdf-objects"), .badFile("pdf-output"), .badFile("pdf-time"):
            t("Le fichier est trop complexe pour être contrôlé. Imprimez-le de nouveau en PDF.")
        case .badFile: t("Le fichier est abîmé ou ne peut pas être lu. Produisez-le de nouveau.")
        case .invalid: t("Un champ est vide ou trop long.")
        case .notSetUp: t("L’envoi à la main n’est pas réglé dans cette installation.")
        case .notFound: t("Cet envoi n’existe pas.")
        case .addressUnknown:
            t("Ni le portail ni les registres ne connaissent d’adresse postale de cette personne.")
        case .readsInPortal:
            t("Cette personne reçoit ses documents par le portail : rien n’est parti par courrier.")
        case .readsByMail:
            t("Cette personne reçoit ses documents par e-mail sécurisé : rien n’est parti par courrier.")
        case .alreadyPosted: t("Ce document est déjà au courrier pour cette personne.")
        case .lettersClosed:
            t("Le portail n’imprime pas de courrier pour les services : envoyez-le par la voie habituelle.")
        case .professionUnknown:
            t(
                """
                Le portail ne reconnaît pas la profession que le registre donne à cette personne, et ce type de document \
                n’est pas adressé à toutes les professions. Demandez à l’équipe du portail de la faire reconnaître.
                """)
        case .alreadySent: t("Ce document est déjà parti, ou parvenu, à cette personne.")
        case .notKept:
            t("Ce document n’est plus là, ou a été remplacé ou annulé : commencez un nouvel envoi.")
        case .wayChanged: t("La voie d’envoi a changé : rien n’est parti.")
        case .alreadyOpened: t("Le document a été ouvert entre-temps : il peut être rappelé, avec un motif.")
        }
    }
}

extension RefusalTexts {
    /// To who wants to send by hand.
    static func sending(_ refusal: DispatchRefusal) -> String {
        switch refusal {
        case .denied:
            t(
                """
                La patiente ou le patient a refusé l’envoi électronique à cette personne pour ce séjour. Ce refus \
                prime sur tout accord donné ailleurs.
                """)
        case .notCommunicant: t("Ce type de document ne quitte pas l’hôpital.")
        case .otherIdentity:
            t(
                """
                Ce numéro de patient est connu pour une autre personne. Vérifiez le numéro, le nom et la date de \
                naissance.
                """)
        case .unavailableRecipient, .unknownRecipient:
            t("Cette personne ne reçoit pas de documents par le portail : envoyez-le par courrier.")
        case .otherContent: t("Ce formulaire a déjà servi à un envoi. Commencez un nouvel envoi.")
        default: reason(refusal.rule)
        }
    }
}
