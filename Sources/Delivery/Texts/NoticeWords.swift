/// The announcement of new documents in the languages of the portal (D37). Only the number is told.
struct NoticeWords: Sendable {
    /// ISO 639, for the mail's own mark.
    let language: String
    let greeting: String
    let subject: String
    let link: String
    let closing: [String]

    /// - Parameters:
    ///   - count: of new documents, at least 1.
    ///   - language: ISO 639; French for one that the portal does not speak.
    init(count: Int, product: String, language: String) {
        let isOne = count <= 1
        switch language {
        case "de":
            greeting = "Guten Tag"
            subject =
                isOne
                ? "Ein neues Dokument ist auf \(product) verfügbar"
                : "\(count) neue Dokumente sind auf \(product) verfügbar"
            link = isOne ? "Dokument lesen" : "Dokumente lesen"
            closing = [
                "Aus Gründen der Vertraulichkeit enthält diese Nachricht keine medizinischen Daten.",
                "Sie erhalten sie gemäss Ihren Benachrichtigungseinstellungen. "
                    + "Sie können diese in Ihrem Profil ändern.",
                "Bitte antworten Sie nicht auf diese Nachricht: Sie wurde automatisch versandt.",
            ]
        case "it":
            greeting = "Buongiorno,"
            subject =
                isOne
                ? "Un nuovo documento è disponibile su \(product)"
                : "\(count) nuovi documenti sono disponibili su \(product)"
            link = isOne ? "Leggere il documento" : "Leggere i documenti"
            closing = [
                "Per motivi di riservatezza questo messaggio non contiene dati medici.",
                "Lo riceve secondo le sue preferenze di notifica. Può modificarle nel suo profilo.",
                "La preghiamo di non rispondere a questo messaggio: è stato inviato automaticamente.",
            ]
        case "en":
            greeting = "Good day,"
            subject =
                isOne
                ? "A new document is available on \(product)"
                : "\(count) new documents are available on \(product)"
            link = isOne ? "Read the document" : "Read the documents"
            closing = [
                "For confidentiality, this message contains no medical data.",
                "You receive it according to your notification preferences. You can change them in your profile.",
                "Please do not reply to this message: it was sent automatically.",
            ]
        default:
            greeting = "Bonjour,"
            subject =
                isOne
                ? "Un nouveau document est disponible sur \(product)"
                : "\(count) nouveaux documents sont disponibles sur \(product)"
            link = isOne ? "Lire le document" : "Lire les documents"
            closing = [
                "Par souci de confidentialité, ce message ne contient aucune donnée médicale.",
                "Vous le recevez selon vos préférences de notification. "
                    + "Vous pouvez les modifier dans votre profil.",
                "Merci de ne pas répondre à ce message\u{A0}: il a été envoyé automatiquement.",
            ]
        }
        self.language = ["de", "it", "en"].contains(language) ? language : "fr"
    }
}
