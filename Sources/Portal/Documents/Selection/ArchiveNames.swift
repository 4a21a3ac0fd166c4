import Access
import Documents
import Foundation

/// What the files of an archive are called: by whom they are about, so that a practice can file them. The names stand
/// inside the archive only.
enum ArchiveNames {
    /// `2026-11-19 Lettre de sortie – JAQUET Hélène 14.03.1958.pdf`, each once.
    static func names(of items: [DocumentExport.Item]) -> [String] {
        var used: [String: Int] = [:]
        return items.map { item in
            let name = name(
                title: item.document.title, family: item.patient.familyName, given: item.patient.givenName,
                birthDate: item.patient.birthDate, authoredAt: item.document.authoredAt.rawValue)
            // file systems take «é» and «É», and both ways to write one, for the same
            let key = name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            used[key, default: 0] += 1
            let count = used[key] ?? 1
            return count == 1 ? "\(name).pdf" : "\(name) (\(count)).pdf"
        }
    }

    static func name(title: String, family: String, given: String, birthDate: String, authoredAt: Int64)
        -> String
    {
        let person = "\(plain(family, 60).uppercased()) \(plain(given, 60))"
        return
            "\(LocalTime(authoredAt).iso) \(plain(title, 80)) – \(person) \(DateTexts.date(iso: birthDate))"
    }

    /// Without what a file system or a shell takes for something else, and without signs that are not seen.
    static func plain(_ text: String, _ limit: Int) -> String {
        let scalars = text.precomposedStringWithCanonicalMapping.unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
                " "
            default: #"/\:*?"<>|"#.unicodeScalars.contains(scalar) ? " " : Character(scalar)
            }
        }
        let words = String(scalars).split(separator: " ").joined(separator: " ")
        return String(words.unicodeScalars.prefix(limit).map(Character.init))
            .trimmingCharacters(in: CharacterSet(charactersIn: ". "))
    }

    /// What stands beside the files when some are missing.
    static func note(missing: Int) -> Data {
        let text = t(
            one: """
                {count} document choisi n’est pas dans cette archive : il a expiré ou a été retiré entre-temps.
                """,
            other: """
                {count} documents choisis ne sont pas dans cette archive : ils ont expiré ou ont été retirés \
                entre-temps.
                """, count: missing)
        return Data(("\u{FEFF}" + text + "\r\n").utf8)
    }
}
