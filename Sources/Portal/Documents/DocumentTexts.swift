/// The state of a document, in the words of the glossary. `new` and `read` belong to the reader, the others
/// to the document.
enum DocumentStatus: Sendable, Equatable {
    case new, read, corrected, superseded
    /// In so many days, counted by the calendar; 0 is today.
    case expiresSoon(days: Int)

    /// What is said of a document that comes near its end.
    /// - Parameter within: from how many days on.
    static func ending(_ expiresAt: Int64, now: Int64, within days: Int) -> DocumentStatus? {
        guard expiresAt > now, expiresAt <= now + Int64(days) * 86_400_000 else { return nil }
        return .expiresSoon(days: LocalTime(expiresAt).dayNumber - LocalTime(now).dayNumber)
    }

    var chip: Chip {
        switch self {
        case .new: Chip(t("Nouveau"), .info)
        case .read: Chip(t("Lu"), .neutral)
        case .corrected: Chip(t("Corrigé"), .warn)
        case .superseded: Chip(t("Remplacé"), .neutral)
        case .expiresSoon(0): Chip(t("Expire aujourd’hui"), .warn)
        case .expiresSoon(let days):
            Chip(t(one: "Expire demain", other: "Expire dans {count} jours", count: days), .warn)
        }
    }
}

/// What somebody did with a document, as the list of accesses names it.
enum DocumentEvent: Sendable, CaseIterable {
    case published, replaced, withdrawn, noticeSent, opened, downloaded, printed, accessListRead
    case exported, extended, followed, mailed, posted, fellBack

    var text: String {
        switch self {
        case .published: t("Mis à disposition")
        case .replaced: t("Remplacé par une nouvelle version")
        case .withdrawn: t("Retiré par l’hôpital")
        case .noticeSent: t("Notification envoyée")
        case .opened: t("Ouvert")
        case .downloaded: t("Téléchargé")
        case .printed: t("Imprimé")
        case .accessListRead: t("Liste des accès consultée")
        case .exported: t("Emporté avec d’autres documents")
        case .followed: t("État de l’envoi consulté par l’hôpital")
        case .extended: t("Durée de mise à disposition prolongée")
        case .mailed: t("Envoyé par mail sécurisé")
        case .posted: t("Préparé pour un envoi par courrier")
        case .fellBack: t("Mail sécurisé non remis, mis à disposition dans le portail")
        }
    }
}

/// Why the hospital was allowed to send the document.
enum DisclosureBasis: Sendable {
    /// The patient designated the reader and allowed electronic sending.
    case designation
    /// The patient agreed to this one sending.
    case consent
    /// The hospital vouches for it with the sending.
    case assertion

    var text: String {
        switch self {
        case .designation: t("transmis avec l’accord de la patiente ou du patient")
        case .consent: t("transmis avec l’accord explicite de la patiente ou du patient")
        case .assertion: t("transmis sous la responsabilité de l’hôpital")
        }
    }
}

/// Administrative sex, as the hospital sent it.
enum Sex: Sendable {
    case female, male, other, unknown

    var letter: String? {
        switch self {
        case .female: t("F")
        case .male: t("M")
        case .other: t("X")
        case .unknown: nil
        }
    }
}

/// Names of the Swiss document-type codes (SNOMED CT, value set DocumentEntry.typeCode). A code that is not
/// in the table is «Document»: the title says more than a code would.
enum DocumentTypeTexts {
    /// All codes of the table, in the order in which forms offer them.
    static let codes = [
        "373942005", "371535009", "445300006", "371530004", "371526002", "4201000179104", "4241000179101",
        "371528001", "371532007", "371529009", "445418005", "737427001", "773130005", "736055001",
        "761938008",
        "765492005", "721912009", "736378000", "761931002", "82291000195104", "722446000", "41000179103",
        "772786005", "721965002", "721966001", "2161000195103", "900000000000471006", "787148009",
    ]

    /// All names by their codes.
    static var names: [String: String] {
        Dictionary(uniqueKeysWithValues: codes.map { ($0, name(code: $0)) })
    }

    static func name(code: String) -> String {
        switch code {
        case "373942005": t("Lettre de sortie")
        case "371535009": t("Rapport de transfert")
        case "445300006": t("Rapport des urgences")
        case "371530004": t("Rapport de consultation")
        case "371526002": t("Protocole opératoire")
        case "4201000179104": t("Rapport d’imagerie")
        case "4241000179101": t("Résultats de laboratoire")
        case "371528001": t("Rapport de pathologie")
        case "371532007": t("Rapport d’évolution")
        case "371529009": t("Anamnèse et status")
        case "445418005": t("Rapport paramédical")
        case "737427001": t("Plan de traitement")
        case "773130005": t("Plan de soins")
        case "736055001": t("Plan de réadaptation")
        case "761938008": t("Ordonnance")
        case "765492005": t("Ordonnance non médicamenteuse")
        case "721912009": t("Liste des médicaments")
        case "736378000": t("Plan de médication")
        case "761931002": t("Décision de médication")
        case "82291000195104": t("Remise de médicaments")
        case "722446000": t("Allergies et intolérances")
        case "41000179103": t("Vaccinations")
        case "772786005": t("Certificat médical")
        case "721965002": t("Demande d’analyses")
        case "721966001": t("Demande de pathologie")
        case "2161000195103": t("Demande d’imagerie")
        case "900000000000471006": t("Images")
        case "787148009": t("Image d’un prélèvement")
        default: t("Document")
        }
    }
}

/// Sizes of files.
enum SizeTexts {
    /// «840 Ko», «2,3 Mo»; units of 1000, rounded up.
    static func text(bytes: Int) -> String {
        if bytes < 1_000_000 { return t("{size} Ko", ["size": String(max(1, (bytes + 999) / 1000))]) }
        let tenths = (bytes + 99_999) / 100_000
        return t("{size} Mo", ["size": "\(tenths / 10),\(tenths % 10)"])
    }
}
