import Dispatches

/// The sentences about what was typed of a patient, by the field it stands in.
enum TypedTexts {
    case patientNumber, stayNumber, familyName, givenName

    func text(_ mistake: TypedMistake) -> String {
        switch mistake {
        case .missing: missing
        case .tooLong: t("Ce texte est trop long.")
        case .unprintable: t("Ce champ contient des signes invisibles. Saisissez-le de nouveau.")
        case .noDigit:
            self == .stayNumber
                ? t("Un numéro de séjour a au moins un chiffre. Reprenez-le du dossier.")
                : t("Un numéro de patient a au moins un chiffre. Reprenez-le du dossier.")
        case .noLetter: t("Un nom a au moins une lettre.")
        case .national(.insurance):
            t("C’est un numéro AVS. Saisissez le numéro de patient de l’hôpital.")
        case .national(.card):
            t("C’est un numéro de carte d’assuré. Saisissez le numéro de patient de l’hôpital.")
        case .national(.record):
            t(
                """
                C’est un numéro du dossier électronique du patient. Saisissez le numéro de patient de l’hôpital.
                """)
        }
    }

    private var missing: String {
        switch self {
        case .patientNumber: t("Saisissez le numéro de la patiente ou du patient.")
        case .stayNumber:
            t("Saisissez le numéro du séjour ou de la prise en charge : l’accord vaut pour lui.")
        case .familyName: t("Saisissez le nom de famille.")
        case .givenName: t("Saisissez le prénom.")
        }
    }
}
