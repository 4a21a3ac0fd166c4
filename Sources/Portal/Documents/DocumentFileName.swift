import Access
import Documents
import Foundation

/// What files are called outside the portal: ASCII only, nothing that a file system takes for something else.
enum DocumentFileName {
    /// `2026-11-20_Lettre-de-sortie_Cardiologie_8f2c.pdf`: no patient's name.
    /// - Parameter patient: whom it is about, for who files by name:
    ///   `JAQUET_Helene_1958-03-14_2026-11-20_Lettre-de-sortie.pdf`.
    static func text(_ document: DocumentLabel, about patient: Patient? = nil) -> String {
        // the day that the pages show
        let day = LocalTime(document.authoredAt.rawValue).iso
        let title = plain(document.title, 40)
        let parts =
            patient.map { [person($0), day, title] }
            ?? [day, title, plain(document.service, 30), String(document.id.rawValue.prefix(4))]
        return parts.filter { !$0.isEmpty }.joined(separator: "_") + ".pdf"
    }

    /// `JAQUET_Helene_1958-03-14`.
    static func person(_ patient: Patient) -> String {
        [
            plain(patient.familyName, 40).uppercased(), plain(patient.givenName, 40),
            plain(patient.birthDate, 10),
        ]
        .filter { !$0.isEmpty }.joined(separator: "_")
    }

    /// Letters and digits without accents, runs of anything else as one hyphen.
    static func plain(_ text: String, _ limit: Int) -> String {
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        let folded = isPlain ? text : unaccented(text)
        var name: [UInt8] = []
        name.reserveCapacity(limit)
        var isApart = false
        for byte in folded.utf8 where name.count < limit {
            guard isLetterOrDigit(byte) else {
                isApart = !name.isEmpty
                continue
            }
            if isApart { name.append(UInt8(ascii: "-")) }
            isApart = false
            if name.count < limit { name.append(byte) }
        }
        if name.last == UInt8(ascii: "-") { name.removeLast() }
        return String(decoding: name, as: UTF8.self)
    }

    /// Of ASCII; no byte of another character is one.
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func unaccented(_ text: String) -> String {
        let folded = text.folding(options: [.diacriticInsensitive], locale: nil)
        return folded.unicodeScalars.reduce(into: "") { $0 += whole[$1] ?? String($1) }
    }

    /// Letters of European names that are not a letter with an accent.
    private static let whole: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i",
    ]
}
