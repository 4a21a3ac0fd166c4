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

    /// The announcement of new documents.
    /// - Parameters:
    ///   - newDocuments: at least 1; only the number is told.
    ///   - language: of the receiver's choice, ISO 639.
    public func notice(newDocuments: Int, language: String = "fr") -> MailTexts {
        let words = NoticeWords(count: newDocuments, product: productName, language: language)
        return compose(
            subject: words.subject, opening: words.subject + ".",
            link: (words.link, baseURL + "/documents?vue=nonlus"), closing: words.closing,
            greeting: words.greeting, language: words.language)
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
