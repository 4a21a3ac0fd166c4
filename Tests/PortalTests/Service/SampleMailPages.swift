import Directory

@testable import Access
@testable import Dispatches
@testable import Documents
@testable import Portal

/// What a service sees of mails that have not left, or did not arrive.
extension SamplePages {
    static var mails: [(name: String, html: [UInt8])] {
        let returned = mailed(Setback(.returned(status: "5.1.1"), at: hoursAgo(1)))
        let failed = mailed(Setback(.unavailable, at: hoursAgo(1)), isHere: false)
        return [
            ("envoi-mail-revenu", SendingPage(shell: serviceShell, sent: returned, accesses: []).html),
            ("envoi-echec", SendingPage(shell: serviceShell, sent: failed, accesses: []).html),
            (
                "envois-en-route",
                SendingsPage(
                    shell: serviceShell, services: [cardiology],
                    sendings: Sendings(
                        rows: [mailed(nil, isHere: false), returned, failed], next: nil, count: 3)
                ).html
            ),
        ]
    }

    /// By a mail that waits or did not arrive; it lies in the portal since, or reached nobody.
    static func mailed(_ setback: Setback?, isHere: Bool = true) -> SentDocument {
        let sent = sent(.current, opened: false)
        let recipients = foundFavre.map {
            AddressedDispatch(
                dispatch: Dispatch(
                    documentID: sent.document.id, accountID: $0.accountID, gln: $0.gln, basis: .assertion,
                    depositedAt: hoursAgo(3), queuedAt: setback == nil ? hoursAgo(3) : nil, setback: setback,
                    expiresAt: isHere ? hoursAgo(-2400) : nil, now: hoursAgo(0)),
                displayName: $0.displayName, locality: $0.locality)
        }
        return SentDocument(
            document: sent.document, patient: sent.patient, recipients: recipients, hand: sent.hand)
    }
}
