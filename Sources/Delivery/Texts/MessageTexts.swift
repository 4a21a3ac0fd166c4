public import Access
public import Dispatches

/// The words of one mail, without addresses.
public struct MailTexts: Sendable, Equatable {
    public let subject: String
    public let text: String
    public let html: String
}

/// The words of what the portal sends, in French. No message holds a patient's name, a document type or a
/// service: a mailbox and a telephone's lock screen are not private.
public struct MessageTexts: Sendable, Equatable {
    let productName: String
    let baseURL: String
    let domain: String

    /// - Parameters:
    ///   - productName: as the users know the portal.
    ///   - baseURL: where it is reached, `https://portal.hospital.example`, without a slash at the end.
    public init(productName: String, baseURL: String) {
        self.productName = productName
        let bytes = Array(baseURL.utf8)
        let trimmed = bytes.last == UInt8(ascii: "/") ? Array(bytes.dropLast()) : bytes
        self.baseURL = String(decoding: trimmed, as: UTF8.self)
        let afterScheme = trimmed.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
            .dropFirst()
        let host = afterScheme.first?.split(separator: UInt8(ascii: ":")).first ?? []
        domain = String(decoding: host, as: UTF8.self)
    }

    /// The announcement of new documents, and of those whose life in the portal ends soon: one mail for both. Only
    /// numbers and dates are told.
    public func notice(_ due: DueNotice) -> MailTexts {
        notice(
            newDocuments: due.count, language: due.language, availableUntil: due.availableUntil,
            expiring: due.expiring, expiringFrom: due.expiringFrom)
    }

    /// The same of plain values.
    /// - Parameters:
    ///   - newDocuments: with `expiring` at least 1.
    ///   - language: of the receiver's choice, ISO 639.
    ///   - availableUntil: when the first of the new ones ends.
    ///   - expiringFrom: when the first of the others ends.
    public func notice(
        newDocuments: Int, language: String = "fr", availableUntil: Timestamp? = nil, expiring: Int = 0,
        expiringFrom: Timestamp? = nil
    ) -> MailTexts {
        let words = NoticeWords(count: newDocuments, product: productName, language: language)
        let lives = LifeWords(
            language: words.language, product: productName, isOne: newDocuments <= 1,
            availableUntil: newDocuments > 0 ? availableUntil.map(NoticeDate.text) : nil,
            expiring: expiring, expiringFrom: expiringFrom.map(NoticeDate.text))
        let isNew = newDocuments > 0
        let subject = isNew ? words.subject : lives.subject
        var opening = isNew ? subject + "." : lives.expiringSentence ?? ""
        if let until = lives.availableSentence { opening += " " + until }
        let path = isNew ? "/documents?vue=nonlus" : "/documents"
        return compose(
            subject: subject, opening: opening, link: (isNew ? words.link : lives.link, baseURL + path),
            closing: (isNew ? [lives.expiringSentence].compactMap { $0 } : []) + words.closing,
            greeting: words.greeting, language: words.language)
    }

    /// The words around a document that goes to a secured mailbox: the same for every document.
    public func securedDocument() -> MailTexts {
        compose(
            subject: "Document transmis par \(productName)",
            opening: "Vous trouverez en pièce jointe un document qui vous est adressé. "
                + "Vous le recevez par mail sécurisé, selon vos préférences.",
            link: ("Modifier vos préférences", baseURL + "/profil/preferences"),
            closing: [
                "Si ce document ne vous est pas destiné, supprimez-le et avertissez l’équipe du portail.",
                "Merci de ne pas répondre à ce message\u{A0}: il a été envoyé automatiquement.",
            ])
    }

    /// A link for a forgotten password. Its host is the configured one, whoever asked and from where.
    /// - Parameter token: 64 hexadecimal digits.
    public func passwordLink(token: String) -> MailTexts {
        compose(
            subject: "Choisir un nouveau mot de passe pour \(productName)",
            opening: "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour \(productName). "
                + "Ce lien est valable 60\u{A0}minutes et une seule fois.",
            link: ("Choisir un nouveau mot de passe", baseURL + "/mot-de-passe/" + token),
            closing: [
                "Un code vous sera demandé comme d’habitude à la prochaine connexion.",
                "Si vous n’avez rien demandé, ignorez ce message\u{A0}: votre mot de passe reste inchangé.",
                "Merci de ne pas répondre à ce message\u{A0}: il a été envoyé automatiquement.",
            ])
    }

    /// A one-time code by mail.
    /// - Parameter code: six digits.
    public func codeMail(_ code: String) -> MailTexts {
        compose(
            subject: "Votre code de connexion à \(productName)",
            opening: "\(Self.grouped(code)) est votre code \(productName). Il est valable 10\u{A0}minutes.",
            link: nil,
            closing: [
                "Ne communiquez ce code à personne\u{A0}: aucun collaborateur ne vous le demandera.",
                "Si vous n’avez pas essayé de vous connecter, changez votre mot de passe.",
            ])
    }

    /// A one-time code by SMS, bound to the portal's domain so that browsers fill it in there and nowhere
    /// else (WICG origin-bound one-time codes). Plain spaces keep it in the GSM alphabet.
    /// - Parameter code: six digits.
    public func codeSMS(_ code: String) -> String {
        "\(Self.grouped(code, space: " ")) est votre code \(productName). Il est valable 10 minutes.\n\n"
            + "@\(domain) #\(code)"
    }

    /// `482 913`.
    static func grouped(_ code: String, space: String = "\u{202F}") -> String {
        let digits = Array(code.utf8)
        guard digits.count == 6 else { return code }
        return String(decoding: digits.prefix(3), as: UTF8.self) + space
            + String(decoding: digits.suffix(3), as: UTF8.self)
    }

    func compose(
        subject: String, opening: String, link: (words: String, url: String)?, closing: [String],
        greeting: String = "Bonjour,", language: String = "fr"
    ) -> MailTexts {
        var paragraphs = [greeting, opening]
        let colon = language == "fr" ? "\u{A0}:" : ":"
        if let link { paragraphs.append("\(link.words)\(colon)\n\(link.url)") }
        paragraphs += closing
        return MailTexts(
            subject: subject, text: paragraphs.joined(separator: "\n\n") + "\n\n-- \n\(productName)\n",
            html: MailPage(
                language: language, title: subject, heading: productName, opening: [greeting, opening],
                link: link, closing: closing
            ).html)
    }
}
