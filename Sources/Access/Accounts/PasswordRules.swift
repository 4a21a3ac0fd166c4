import Foundation

/// What is wrong with a chosen password.
public enum PasswordMistake: Sendable, Equatable {
    /// Fewer than 12 characters.
    case tooShort
    /// More than 256 bytes.
    case tooLong
    /// Among those that everybody tries first, or one character or a run repeated.
    case common
    /// Made of the person's names, the address or the product's name, for half of it or more.
    case personal
}

/// NIST SP 800-63B: length and a block list, no rules of composition, no periodic change (AUT-3).
public enum PasswordRules {
    public static let minimumCharacters = 12
    public static let maximumBytes = 256

    /// - Parameter context: what the password must not be made of: address, names. Words of fewer than 3
    ///   letters are ignored.
    public static func mistake(in password: String, context: [String]) -> PasswordMistake? {
        if password.unicodeScalars.count < minimumCharacters { return .tooShort }
        if password.utf8.count > maximumBytes { return .tooLong }
        let folded = password.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        if Set(folded.unicodeScalars).count < 5 || isRun(folded) { return .common }
        if common.contains(where: {
            folded == $0 || folded.hasPrefix($0) && folded.utf8.count < $0.utf8.count + 4
        }) {
            return .common
        }
        return isMade(of: context + ["passerelle", "monespacepro"], folded) ? .personal : nil
    }

    /// Whether personal words, whatever stands between them, are half of the letters and digits or more, or all
    /// of the letters. Accents and case do not count.
    private static func isMade(of context: [String], _ folded: String) -> Bool {
        let signs = words(of: folded).flatMap { $0 }
        var isPersonal = Array(repeating: false, count: signs.count)
        for word in Set(context.flatMap(words)) where (3...max(3, signs.count)).contains(word.count) {
            for start in 0...max(0, signs.count - word.count)
            where signs[start...].starts(with: word) {
                for index in start..<start + word.count { isPersonal[index] = true }
            }
        }
        let personal = isPersonal.count { $0 }
        let letters = signs.count { $0.properties.isAlphabetic }
        let personalLetters = zip(signs, isPersonal).count { $1 && $0.properties.isAlphabetic }
        return personal > 0 && (personal * 2 >= signs.count || personalLetters == letters)
    }

    /// Runs of letters and digits, without case and accents.
    private static func words(of text: String) -> [[Unicode.Scalar]] {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).unicodeScalars
            .split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { Array($0) }
    }

    /// «abcdefghijkl», «123456789012»: each scalar follows the one before.
    private static func isRun(_ text: String) -> Bool {
        let values = text.unicodeScalars.map(\.value)
        let steps = zip(values, values.dropFirst()).map { Int64($1) - Int64($0) }
        return steps.filter { abs($0) == 1 }.count * 10 > steps.count * 8
    }

    private static let common = [
        "motdepasse123", "motdepasse1234", "azertyuiop12", "azertyuiopqs", "qwertyuiop12", "qwertyuiopas",
        "password1234", "password12345", "passw0rd1234", "motdepasse2026", "bienvenue1234", "bonjour123456",
        "administrateur", "administrator", "iloveyou1234", "changemoi1234", "changeme1234", "soleil123456",
        "doudou123456", "loulou123456", "chouchou1234", "marseille123", "geneve123456", "suisse123456",
        "hopital12345", "medecin12345", "docteur12345", "infirmiere12", "cabinet12345", "sante1234567",
        "welcome12345", "letmein12345", "1q2w3e4r5t6y", "1qaz2wsx3edc", "zaq12wsxcde3", "q1w2e3r4t5y6",
        "aqwzsxedcrfv", "123456789abc", "abc123456789", "abcd12345678", "azerty123456", "qwerty123456",
        "111111111111", "000000000000", "121212121212", "123123123123", "printemps2026", "automne2026",
        "football1234", "superman1234", "starwars1234", "princesse123", "jetaime12345", "monamour1234",
    ]
}
