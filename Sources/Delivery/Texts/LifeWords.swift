import Access
import Foundation

/// What a notice says of how long documents can be read, in the languages of the portal (D37): numbers and dates.
struct LifeWords: Sendable {
    /// Of a mail that has no new document to announce.
    let subject: String
    let link: String
    /// Until when the new ones can be read.
    let availableSentence: String?
    /// Of those that end soon; nil: none.
    let expiringSentence: String?

    /// - Parameters:
    ///   - language: ISO 639.
    ///   - isOne: whether one new document is announced.
    ///   - availableUntil: a day, as people read it.
    init(
        language: String, product: String, isOne: Bool, availableUntil: String?, expiring: Int,
        expiringFrom: String?
    ) {
        let day = expiringFrom ?? ""
        let until = availableUntil ?? ""
        let sentence: String
        let available: String
        switch language {
        case "de":
            subject =
                expiring == 1
                ? "Ein Dokument läuft auf \(product) bald ab"
                : "\(expiring) Dokumente laufen auf \(product) bald ab"
            link = "Dokumente anzeigen"
            available = isOne ? "Verfügbar bis \(until)." : "Verfügbar mindestens bis \(until)."
            sentence =
                expiring == 1
                ? "Ein Dokument läuft am \(day) ab."
                : "\(expiring) Dokumente laufen bald ab, das erste am \(day)."
        case "it":
            subject =
                expiring == 1
                ? "Un documento sta per scadere su \(product)"
                : "\(expiring) documenti stanno per scadere su \(product)"
            link = "Vedere i documenti"
            available = isOne ? "Disponibile fino al \(until)." : "Disponibili almeno fino al \(until)."
            sentence =
                expiring == 1
                ? "Un documento scade il \(day)."
                : "\(expiring) documenti scadono presto, il primo il \(day)."
        case "en":
            subject =
                expiring == 1
                ? "A document is about to expire on \(product)"
                : "\(expiring) documents are about to expire on \(product)"
            link = "See the documents"
            available = isOne ? "Available until \(until)." : "Available at least until \(until)."
            sentence =
                expiring == 1
                ? "One document expires on \(day)."
                : "\(expiring) documents expire soon, the first on \(day)."
        default:
            subject =
                expiring == 1
                ? "Un document expire bientôt sur \(product)"
                : "\(expiring) documents expirent bientôt sur \(product)"
            link = "Voir les documents"
            available = isOne ? "Disponible jusqu’au \(until)." : "Disponibles au moins jusqu’au \(until)."
            sentence =
                expiring == 1
                ? "Un document expire le \(day)."
                : "\(expiring) documents expirent bientôt, le premier le \(day)."
        }
        availableSentence = availableUntil == nil ? nil : available
        expiringSentence = expiring > 0 && expiringFrom != nil ? sentence : nil
    }
}

/// Days in mails: 04.12.2026, as counted in Switzerland.
enum NoticeDate {
    static func text(_ moment: Timestamp) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Zurich") ?? .gmt
        let date = Date(timeIntervalSince1970: Double(moment.rawValue) / 1000)
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        let two = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
        return "\(two(parts.day ?? 0)).\(two(parts.month ?? 0)).\(parts.year ?? 0)"
    }
}
