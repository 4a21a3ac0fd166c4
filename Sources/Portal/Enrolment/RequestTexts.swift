import Access
import Directory
import Enrolment

/// The words of the request that code chooses. Each switch is exhaustive: a new case does not compile without words.
extension RequestMistake {
    /// The identifier of the field on the page.
    var field: String {
        switch self {
        case .honorificMissing, .tooLong(.honorific): "titre"
        case .familyNameMissing, .tooLong(.familyName): "nom"
        case .givenNameMissing, .tooLong(.givenName): "prenom"
        case .email: "email"
        case .mobileMissing, .mobile, .landline: "telephone"
        case .passwordMissing, .password: "password"
        case .passwordsDiffer: "confirmation"
        case .channelMissing: "canal"
        case .kindMissing: "type"
        case .identifier: "identifiant"
        case .professionMissing, .professionClosed: "profession"
        case .responsibleMissing, .tooLong(.responsible): "responsable"
        case .tooLong(.practice): "cabinet"
        case .tooLong(.specialities): "specialites"
        }
    }

    var text: String {
        switch self {
        case .honorificMissing: t("Saisissez votre titre, par exemple Dre, Dr, Mme ou M.")
        case .familyNameMissing: t("Saisissez votre nom.")
        case .givenNameMissing: t("Saisissez votre prénom.")
        case .email: t("Saisissez une adresse e-mail, par exemple prenom.nom@cabinet.ch.")
        case .mobileMissing: t("Saisissez votre numéro de téléphone.")
        case .mobile(let mistake): mistake.text
        case .landline:
            t(
                "Ce numéro ne reçoit pas de SMS. Saisissez un numéro de portable ou choisissez le code par e-mail."
            )
        case .passwordMissing: t("Choisissez un mot de passe.")
        case .password(let mistake): mistake.text
        case .passwordsDiffer: t("Les deux mots de passe ne sont pas les mêmes.")
        case .channelMissing: t("Choisissez comment recevoir le code de connexion.")
        case .kindMissing: t("Choisissez le type de votre identifiant professionnel.")
        case .identifier(let mistake): mistake.text
        case .professionMissing: t("Choisissez votre profession.")
        case .professionClosed:
            t("Aucun compte n’est ouvert à cette profession. Contactez l’équipe du portail.")
        case .responsibleMissing: t("Indiquez la professionnelle ou le professionnel qui répond de vous.")
        case .tooLong: t("Ce texte est trop long.")
        }
    }
}

extension PhoneNumber.Mistake {
    var text: String {
        switch self {
        case .punctuation:
            t(
                """
                Le numéro n’est pas accepté. Format : « 079 xxx xx xx », « +41 79 xxx xx xx », \
                « 0041 79 xxx xx xx », avec ou sans espaces mais sans « - » ou « . »
                """
            )
        case .notANumber: t("Saisissez un numéro de téléphone, par exemple 079 000 00 01.")
        case .tooShort: t("Ce numéro de téléphone est trop court.")
        case .tooLong: t("Ce numéro de téléphone est trop long.")
        }
    }
}

extension PasswordMistake {
    /// For a password that is chosen for the first time.
    var text: String {
        switch self {
        case .tooShort: t("Choisissez un mot de passe de 12 caractères au moins.")
        case .tooLong: t("Choisissez un mot de passe plus court : 256 octets au plus.")
        case .common: t("Ce mot de passe est trop courant. Choisissez-en un autre.")
        case .personal:
            t("Ce mot de passe contient votre nom ou votre adresse. Choisissez-en un autre.")
        }
    }
}

extension ProfessionalIdentifier.Mistake {
    var text: String {
        switch self {
        case .missing: t("Saisissez votre identifiant professionnel.")
        case .notDigits: t("Saisissez l’identifiant en chiffres seulement.")
        case .length(let digits):
            t("L’identifiant doit avoir {count} chiffres.", ["count": String(digits)])
        case .checkDigit: t("Ce GLN n’est pas juste : vérifiez chaque chiffre.")
        case .zero: t("Pour « 0 », choisissez le type « Je n’ai aucun de ces identifiants ».")
        case .notNone: t("Vous avez saisi un identifiant : choisissez son type, GLN ou RPPS.")
        }
    }
}

extension ProfessionalIdentifier.Kind {
    var text: String {
        switch self {
        case .gln: t("GLN")
        case .rpps: t("RPPS")
        case .none: t("Je n’ai aucun de ces identifiants")
        }
    }
}

extension ProfessionalIdentifier.Warning {
    var text: String {
        switch self {
        case .foreignPrefix: t("Ce GLN ne commence pas par 76 : il n’est pas suisse.")
        case .luhn: t("La clé de contrôle de ce RPPS n’est pas juste.")
        }
    }
}

extension Profession {
    var text: String {
        switch self {
        case .physician: t("Médecin")
        case .nurse: t("Infirmière ou infirmier")
        case .physiotherapist: t("Physiothérapeute")
        case .occupationalTherapist: t("Ergothérapeute")
        case .dietician: t("Diététicienne ou diététicien")
        case .psychotherapist: t("Psychothérapeute")
        case .dentist: t("Médecin-dentiste")
        case .pharmacist: t("Pharmacienne ou pharmacien")
        case .chiropractor: t("Chiropraticienne ou chiropraticien")
        case .midwife: t("Sage-femme")
        case .complementaryMedicine: t("Thérapeute complémentaire")
        case .socialService: t("Service social")
        case .speechTherapist: t("Logopédiste")
        case .lactationConsultant: t("Consultante ou consultant en lactation")
        case .assistant: t("Assistante ou assistant médical, secrétariat")
        case .other: t("Autre profession de la santé")
        }
    }
}

extension RequestAccountPage.Problem {
    var text: String {
        switch self {
        case .tooMany:
            t("Trop de demandes ont été envoyées d’ici ou pour cette adresse. Réessayez plus tard.")
        case .formExpired:
            t("Le formulaire n’était plus valable. Saisissez à nouveau votre mot de passe et envoyez-le.")
        case .busy: t("Le service est très sollicité. Réessayez dans une minute.")
        }
    }
}

extension AccountRequest.State {
    var chip: Chip {
        switch self {
        case .requested: Chip(t("À vérifier"), .info)
        case .identityVerified: Chip(t("Identité vérifiée"), .warn)
        case .activated: Chip(t("E-mail à confirmer"), .warn)
        case .confirmed: Chip(t("Actif"), .ok)
        case .refused: Chip(t("Refusé"), .danger)
        case .withdrawn: Chip(t("Retirée"), .neutral)
        case .expired: Chip(t("Expirée"), .neutral)
        }
    }
}

extension CopyMistake {
    var text: String {
        switch self {
        case .empty: t("Choisissez un fichier.")
        case .tooLarge: t("Ce fichier dépasse 10 Mo. Envoyez une copie plus légère.")
        case .type: t("Seuls les fichiers PDF, JPEG et PNG sont acceptés.")
        case .unsafe:
            t(
                """
                Ce fichier est endommagé, chiffré ou refusé par le contrôle antivirus. Envoyez une autre \
                copie.
                """)
        }
    }
}

/// The words about what a register says.
enum RegisterTexts {
    /// «Est-ce vous ? Claire Favre, Médecin, Médecine interne générale, Ville du Lac (MedReg)».
    static func question(_ entry: RegisterEntry) -> String {
        let person = [
            "\(entry.givenName) \(entry.familyName)", entry.profession, entry.specialities, entry.locality,
        ]
        return t(
            "Est-ce vous ? {person} ({register}). Sinon, vérifiez le numéro.",
            [
                "person": person.filter { !$0.isEmpty }.joined(separator: ", "),
                "register": entry.register.name,
            ])
    }
}
