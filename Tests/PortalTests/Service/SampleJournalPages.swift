@testable import Access
@testable import Dispatches
@testable import Documents
@testable import Portal

/// What is looked for in the journal of a service.
extension SamplePages {
    static var journals: [(name: String, html: [UInt8])] {
        var words = SendingsQuery()
        (words.words, words.search) = ("Jaquet", "c2VhbGVk")
        var all = words
        (all.state, all.isOwn, all.from, all.until) = (.opened, true, "01.11.2026", "20.11.2026")
        var wrong = SendingsQuery()
        (wrong.from, wrong.until) = ("demain", "20.11.2026")
        let many = Sendings(
            rows: [sent(.current, opened: true), sent(.withdrawn, opened: false)],
            next: SentKey(publishedAt: hoursAgo(9), id: Document.ID(rawValue: "8f2c")), count: 1001)
        let none = Sendings(rows: [], next: nil, count: 0)
        return [
            ("envois-mots", journal(many, words)), ("envois-filtres", journal(many, all)),
            ("envois-sans-resultat", journal(none, all)), ("envois-date", journal(many, wrong)),
        ] + changedWay
    }

    /// The last page of a sending, after the recipient chose another way.
    private static var changedWay: [(name: String, html: [UInt8])] {
        guard let recipient = foundFavre.first else { return [] }
        let check = SendingCheck(
            recipient: NamedRecipient(recipient), service: cardiology, isDesignated: true,
            way: .securedMail, doubts: [])
        let page = SendingDocumentPage(
            shell: serviceShell, fields: SendingFields(), check: check, limit: 10,
            mistakes: [check.mistake(seen: "portal")].compactMap { $0 })
        var written = SendingFields()
        written.message = "Merci de contrôler l’INR vendredi."
        let unsaid = SendingDocumentPage(
            shell: serviceShell, fields: written, check: check, limit: 10)
        let told = SendingPage(
            shell: serviceShell, sent: sent(.current, opened: true), accesses: sentAccesses,
            message: written.message)
        var read = document()
        read.message = written.message + "\nAppelez-moi en cas de saignement."
        return [
            ("document-message", DocumentPage(shell: shell, document: read).html),
            ("envoi-voie", page.html), ("envoi-message-perdu", unsaid.html), ("envoi-message", told.html),
        ]
    }

    private static func journal(_ sendings: Sendings, _ query: SendingsQuery) -> [UInt8] {
        SendingsPage(
            shell: serviceShell, services: [cardiology], sendings: sendings, query: query,
            mistakes: query.filter.mistakes
        ).html
    }
}
