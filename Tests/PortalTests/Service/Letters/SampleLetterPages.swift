@testable import Access
@testable import Directory
@testable import Dispatches
@testable import Documents
@testable import Portal

/// What goes on paper, and what recipients ask for once more.
extension SamplePages {
    static var letters: [(name: String, html: [UInt8])] {
        let wish = wish(isSettled: false)
        return [
            (
                "courrier",
                LettersPage(
                    shell: serviceShell,
                    waiting: letter(.noElectronicWay, .waiting) + letter(.unreadDays, .waiting),
                    exported: letter(.asked, .exported)
                ).html
            ),
            ("courrier-exporte", exportedLetters.html), ("courrier-sans-adresse", unaddressedLetters.html),
            ("envoi-courrier", onPaper.html), ("envoi-infecte", infected.html),
            ("courrier-vide", LettersPage(shell: serviceShell, waiting: [], exported: []).html),
            (
                "demandes",
                RenewalsPage(shell: serviceShell, waiting: [wish], settled: [self.wish(isSettled: true)]).html
            ),
            ("demandes-erreur", tooLongReason(wish).html),
            ("demandes-vide", RenewalsPage(shell: serviceShell, waiting: [], settled: []).html),
        ]
    }

    /// More of them than are shown.
    private static var unaddressedLetters: LettersPage {
        let document = sent(.current, opened: false).document
        return LettersPage(
            shell: serviceShell, waiting: [], exported: [],
            unaddressed: UnaddressedDocuments(
                rows: [
                    UnaddressedDocument(
                        document: document, recipient: "Dre Claire Favre", receivedAt: hoursAgo(240))
                ], count: 51))
    }

    private static var exportedLetters: LettersPage {
        let exported = letter(.asked, .exported)
        return LettersPage(
            shell: serviceShell, waiting: [], exported: exported, export: exported.first?.exportID)
    }

    static var sentAccesses: [SentAccess] {
        [
            SentAccess(
                event: .documentOpened, at: hoursAgo(1), name: "Mme Sandra Rochat",
                principal: "Dre Claire Favre"),
            SentAccess(event: .documentPublished, at: hoursAgo(3), name: "Mme Elsa Chappuis", principal: nil),
        ]
    }

    /// Offered to one recipient, waiting for another, who has no account.
    private static var onPaper: SendingPage {
        let sent = sent(.current, opened: false)
        let letters = PostAddressee(lines: ["Julien Aubert", "Rue des Tanneurs 21", "1200 Ville du Lac"])
            .map { [SentLetter(accountID: nil, addressee: $0, state: .waiting, at: hoursAgo(1))] }
        let address = PostAddressee(lines: ["Dre Claire Favre", "Rue du Port 7", "1200 Ville du Lac"])
        return SendingPage(
            shell: serviceShell,
            sent: SentDocument(
                document: sent.document, patient: sent.patient, recipients: sent.recipients,
                letters: letters ?? [], hand: sent.hand),
            accesses: [], takesLetters: true,
            addresses: Dictionary(
                uniqueKeysWithValues: foundFavre.compactMap { one in address.map { (one.accountID, $0) } }))
    }

    /// Taken back by the portal, because a scanner found something in it.
    private static var infected: SendingPage {
        let sent = sent(.withdrawn, opened: true)
        return SendingPage(
            shell: serviceShell,
            sent: SentDocument(
                document: sent.document, patient: sent.patient, recipients: sent.recipients, hand: sent.hand,
                malware: "Test.Letter-1"),
            accesses: sentAccesses)
    }

    private static func letter(_ reason: PostItem.Reason, _ state: PostItem.State) -> [PostItem] {
        let sent = sent(.current, opened: false)
        let lines = ["Dre Claire Favre", "Cabinet du Port", "Rue du Port 7", "1200 Ville du Lac"]
        guard let addressee = PostAddressee(lines: lines) else { return [] }
        return [
            PostItem(
                id: PostItem.ID(rawValue: "l-\(reason.rawValue)"), document: sent.document,
                patient: sent.patient,
                accountID: nil, addressee: addressee, reason: reason, state: state,
                queuedAt: hoursAgo(50), settledAt: state == .exported ? hoursAgo(2) : nil,
                exportID: state == .exported ? "e1" : nil)
        ]
    }

    private static func wish(isSettled: Bool) -> AskedAgain {
        let sent = sent(.expired, opened: true)
        return AskedAgain(
            document: sent.document, patient: sent.patient, accountID: Account.ID(rawValue: "a1"),
            recipientName: "Dre Claire Favre", expiredAt: hoursAgo(72), askedAt: hoursAgo(3),
            settledAt: isSettled ? hoursAgo(1) : nil, answer: isSettled ? .refused : nil,
            reason: isSettled ? "Ce document a été remplacé." : nil)
    }

    private static func tooLongReason(_ wish: AskedAgain) -> RenewalsPage {
        var page = RenewalsPage(shell: serviceShell, waiting: [wish], settled: [])
        page.refused = .init(
            documentID: wish.document.id, recipientID: wish.accountID, reason: "Trop long",
            text: "Saisissez au plus 200 caractères.")
        return page
    }
}
