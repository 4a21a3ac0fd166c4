extension SecurityPage.PasswordProblem {
    /// The field it belongs to.
    var field: String {
        switch self {
        case .currentMissing, .currentWrong, .tooManyTries: "current"
        case .newMissing, .tooShort, .tooLong, .common, .personal, .sameAsCurrent: "new"
        case .confirmationDiffers: "confirmation"
        }
    }

    var text: String {
        switch self {
        case .currentMissing: t("Saisissez votre mot de passe actuel.")
        case .currentWrong: t("Le mot de passe actuel ne correspond pas.")
        case .newMissing: t("Saisissez un nouveau mot de passe.")
        case .tooShort: t("Le nouveau mot de passe comporte moins de 12 caractères.")
        case .tooLong: t("Le nouveau mot de passe est trop long.")
        case .common: t("Ce mot de passe est trop courant. Choisissez-en un autre.")
        case .personal: t("Le nouveau mot de passe ne doit pas contenir votre nom ou votre adresse.")
        case .sameAsCurrent: t("Le nouveau mot de passe est identique à l’actuel.")
        case .confirmationDiffers: t("Les deux saisies du nouveau mot de passe diffèrent.")
        case .tooManyTries: t("Trop d’essais. Réessayez dans quelques minutes.")
        }
    }
}

/// A browser's own description in two words a person recognises. Browsers imitate each other, so the order
/// counts.
enum DeviceTexts {
    static func name(userAgent: String) -> String {
        let browser = first(
            in: userAgent,
            [
                ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
                ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
            ])
        let system = first(
            in: userAgent,
            [
                ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
                ("Macintosh", "Mac"), ("Linux", "Linux"),
            ])
        guard let browser else { return system ?? t("Navigateur inconnu") }
        guard let system else { return browser }
        return t("{browser} sur {system}", ["browser": browser, "system": system])
    }

    private static func first(in text: String, _ names: [(mark: String, name: String)]) -> String? {
        let bytes = Array(text.utf8.prefix(500))
        return names.first { contains(bytes, Array($0.mark.utf8)) }?.name
    }

    private static func contains(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
        guard bytes.count >= mark.count else { return false }
        return (0...(bytes.count - mark.count)).contains { bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
    }
}
