import Access
import Directory

/// The names of the profile's fields, as the requirements give them (3.3); the style sheet writes them in capitals.
extension ProfileField {
    var label: String {
        switch self {
        case .honorific: t("Titre")
        case .familyName: t("Nom de famille*")
        case .givenName: t("Prénom*")
        case .contactEmail: t("Mail de contact direct")
        case .phone: t("Téléphone professionnel")
        case .specialities: t("Votre / vos spécialité(s) médicale(s)")
        case .kind: t("Genre d’adresse*")
        case .recipient: t("Complément (cabinet, case postale)")
        case .street: t("Rue et numéro*")
        case .postalCode: t("Code postal*")
        case .city: t("Localité*")
        case .country: t("Pays*")
        case .organizationName: t("Nom de l’organisation / cabinet")
        case .organizationEmail: t("Mail de l’organisation / cabinet")
        case .organizationPhone: t("Téléphone de l’organisation / cabinet")
        case .notificationEmail: t("Mail pour recevoir les notifications")
        case .documentEmail: t("Mail pour recevoir les documents")
        case .displayedTypes: t("Types de documents affichés")
        case .lifetimeDays: t("Durée de vie d’un document (en jours)*")
        case .notificationPolicy:
            t("Action lorsque des nouveaux documents sont mis à disposition dans le portail")
        case .deliveryMode: t("Mode d’envoi d’un document")
        case .displayedPatients: t("Patients affichés")
        case .startPage: t("Page de départ après la connexion")
        case .fileNames: t("Noms des fichiers téléchargés")
        case .language: t("Langue")
        case .theme: t("Thème")
        case .shortcuts: t("Raccourcis clavier")
        case .domain: t("Domaine")
        case .provenance: t("Provenance")
        }
    }
}

/// What is wrong with a field, in words that say what to do.
struct ProfileFaultTexts: Sendable {
    /// Where the portal team is reached.
    let supportEmail: String

    func mistakes(_ faults: [FieldFault]) -> [FieldMistake] {
        faults.map { FieldMistake(field: $0.field.rawValue, text: text($0)) }
    }

    func text(_ fault: FieldFault) -> String {
        switch fault.fault {
        case .missing: missing(fault.field)
        case .tooLong(let count):
            t("Raccourcissez votre saisie : {count} caractères au plus.", ["count": String(count)])
        case .unreadable: t("Votre saisie contient des signes illisibles. Saisissez-la à nouveau.")
        case .notAnAddress: t("Saisissez une adresse e-mail, par exemple prenom.nom@cabinet.ch.")
        case .phonePunctuation:
            t(
                """
                Saisissez le numéro au format « 079 xxx xx xx », « +41 79 xxx xx xx », « 0041 79 xxx xx xx », \
                avec ou sans espaces mais sans « - » ou « . ».
                """)
        case .notAPhone:
            t("Saisissez un numéro de téléphone, par exemple 022 555 01 00 ou +33 1 99 00 00 01.")
        case .phoneTooShort: t("Ce numéro est trop court. Saisissez-le en entier, par exemple 022 555 01 00.")
        case .phoneTooLong: t("Ce numéro est trop long. Vérifiez-le, par exemple 022 555 01 00.")
        case .notSecured:
            t(
                """
                Cette adresse n’est pas sécurisée par HIN. Saisissez une adresse sécurisée ; en cas de doute, \
                contactez HIN ou écrivez à {email}.
                """, ["email": supportEmail])
        case .unknownDomain:
            t(
                """
                Nous ne savons pas si le domaine de cette adresse est sécurisé par HIN. La question est posée à \
                l’équipe du portail ; vous pouvez aussi contacter HIN ou écrire à {email}.
                """, ["email": supportEmail])
        case .notANumber: t("Saisissez un nombre de jours, par exemple 100.")
        case .outOfRange(let range):
            t(
                "Saisissez un nombre de jours entre {least} et {most}.",
                ["least": String(range.lowerBound), "most": String(range.upperBound)])
        case .unknownChoice: t("Choisissez une des réponses proposées.")
        case .tooMany(let count): t("Choisissez {count} réponses au plus.", ["count": String(count)])
        case .neededForMode:
            t("Saisissez une adresse sécurisée par HIN : ce mode d’envoi en a besoin.")
        }
    }

    private func missing(_ field: ProfileField) -> String {
        switch field {
        case .familyName: t("Saisissez votre nom de famille.")
        case .givenName: t("Saisissez votre prénom.")
        case .street: t("Saisissez la rue et le numéro.")
        case .postalCode: t("Saisissez le code postal.")
        case .city: t("Saisissez la localité.")
        case .lifetimeDays: t("Saisissez la durée de vie d’un document en jours, par exemple 100.")
        case .documentEmail: t("Saisissez une adresse à vérifier.")
        default: t("Remplissez ce champ.")
        }
    }

    /// That somebody else, or another window, was faster.
    static func stale(_ field: ProfileField) -> FieldMistake {
        FieldMistake(
            field: field.rawValue,
            text: t(
                """
                Ces données ont été modifiées entre-temps. Votre saisie est conservée : vérifiez-la, puis \
                sauvegardez à nouveau.
                """))
    }
}

extension Practitioner.NotificationPolicy {
    /// The label of the requirements, PRO-19.
    var text: String {
        switch self {
        case .sinceLastSignIn: t("Une notification depuis le dernier login")
        case .daily: t("Une notification maximum par jour")
        case .none: t("Aucune notification")
        }
    }

    var explanation: String? {
        switch self {
        case .sinceLastSignIn: t("Un e-mail, puis plus aucun jusqu’à votre prochaine connexion.")
        case .daily: t("Un seul e-mail par jour, s’il y a du nouveau.")
        case .none: nil
        }
    }
}

extension Practitioner.DeliveryMode {
    /// The label of the requirements, PRO-21.
    var text: String {
        switch self {
        case .portal: t("Documents envoyés dans le portail d’échange + notification")
        case .securedMail: t("Documents envoyés par mail sécurisé")
        case .none: t("Ne pas envoyer les documents")
        }
    }
}

extension DisplayedPatients {
    var text: String {
        switch self {
        case .all: t("Tous les patients")
        case .months3: t("Avec un document des 3 derniers mois")
        case .months6: t("Avec un document des 6 derniers mois")
        case .months12: t("Avec un document des 12 derniers mois")
        }
    }
}

extension StartPage {
    var text: String {
        switch self {
        case .home: t("Accueil")
        case .documents: t("Mes documents")
        case .patients: t("Mes patients")
        }
    }

    var address: String {
        switch self {
        case .home: "/accueil"
        case .documents: "/documents"
        case .patients: "/patients"
        }
    }
}

extension DeliveryGap {
    var text: String {
        switch self {
        case .noNotices:
            t(
                """
                Vous ne recevrez aucune notification de nouveaux documents : votre choix est « Aucune \
                notification ».
                """)
        case .noticeAddressMissing:
            t(
                """
                Vous ne recevrez aucune notification de nouveaux documents : l’adresse pour recevoir les \
                notifications n’est pas renseignée.
                """)
        case .bySecuredMail:
            t(
                """
                Vous ne recevrez ni document ni notification dans le portail : votre choix est « Documents envoyés \
                par mail sécurisé ». Si un document ne peut pas être remis à votre adresse, il est mis à disposition \
                ici et un e-mail vous en avertit.
                """)
        case .documentAddressMissing:
            t(
                """
                Votre choix est « Documents envoyés par mail sécurisé », mais l’adresse pour recevoir les documents \
                n’est pas renseignée : les documents sont mis à disposition dans le portail.
                """)
        case .noDocuments:
            t(
                """
                Vous ne recevrez ni document ni notification : votre choix est « Ne pas envoyer les documents ». \
                L’hôpital peut vous écrire par la poste.
                """)
        }
    }
}

extension PostalAddress.Kind {
    /// The words of the requirements, PRO-09.
    var text: String {
        switch self {
        case .general: t("Adresse générique")
        case .mailing: t("Adresse préférée pour les envois postaux")
        case .practice: t("Adresse de consultation (cabinet)")
        }
    }
}

/// Telephone numbers as they are read.
enum PhoneTexts {
    /// «+41 79 000 00 01»; other countries' numbers in groups of two from the end.
    static func international(_ stored: String) -> String {
        guard let number = PhoneNumber(rawValue: stored) else { return stored }
        let digits = Array(number.rawValue.dropFirst())
        func text(_ part: ArraySlice<Character>) -> String { String(part) }
        if digits.count == 11, digits.starts(with: "41") {
            return "+41 "
                + [digits[2..<4], digits[4..<7], digits[7..<9], digits[9..<11]].map(text)
                .joined(separator: " ")
        }
        if digits.count == 11, digits.starts(with: "33") {
            return "+33 "
                + [digits[2..<3], digits[3..<5], digits[5..<7], digits[7..<9], digits[9..<11]].map(text)
                .joined(separator: " ")
        }
        return number.rawValue
    }
}

/// Countries by the name of the form.
enum CountryTexts {
    static func name(code: String) -> String {
        switch code {
        case "CH": t("Suisse")
        case "FR": t("France")
        case "DE": t("Allemagne")
        case "IT": t("Italie")
        case "AT": t("Autriche")
        case "LI": t("Liechtenstein")
        default: code
        }
    }
}
