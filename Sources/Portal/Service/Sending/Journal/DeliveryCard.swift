import Access
import Directory
import Dispatches
import Documents
import HTML

/// One recipient on the page of a sending: each step that the document took, and the ways on which it can still go.
struct DeliveryCard: Component {
    let sent: SentDocument
    let recipient: AddressedDispatch
    let formToken: String
    /// Whether the institution prints letters for its services.
    var takesLetters = false
    /// Where he gets paper; nil: unknown.
    var address: PostAddressee?

    private var dispatch: Dispatch { recipient.dispatch }

    var body: Node {
        div(.class("card card--pad")) {
            p {
                b { recipient.displayName }
                for chip in sent.chips(dispatch) {
                    " "
                    chip
                }
            }
            SummaryList(rows: steps)
            otherWays
        }
    }

    private var steps: [(term: String, value: Node)] {
        func row(_ name: String, _ at: Timestamp?) -> (term: String, value: Node) {
            (name, Node(at.map { DateTexts.dateAndTime($0.rawValue) } ?? "–"))
        }
        var rows = [
            (
                t("Destinataire"),
                Node(
                    [recipient.locality, t("GLN {number}", ["number": dispatch.gln.rawValue])]
                        .filter { !$0.isEmpty }.joined(separator: ", "))
            ),
            (t("Voie"), Node(channel)),
        ]
        if dispatch.expiresAt != nil {
            rows += [
                row(t("Disponible"), dispatch.availableAt), row(t("Notifié"), dispatch.notifiedAt),
                opened, row(t("Téléchargé"), dispatch.downloadedAt),
            ]
        }
        if dispatch.mailedAt != nil { rows.append(row(t("Par e-mail sécurisé"), dispatch.mailedAt)) }
        if let setback = dispatch.setback, setback.isOfMail {
            rows.append(
                (setback.name, Node(DateTexts.dateAndTime(setback.at.rawValue) + ". " + setback.reason)))
        }
        for letter in letters { rows.append(letter.row) }
        if dispatch.expiresAt != nil { rows.append(row(t("Expire"), dispatch.expiresAt)) }
        return rows
    }

    private var letters: [SentLetter] { sent.letters.filter { $0.accountID == dispatch.accountID } }

    /// By which way it was sent; what lies in the portal may have gone on paper besides, or lie there for want of a mail.
    private var channel: String {
        if dispatch.expiresAt != nil {
            return dispatch.setback?.isOfMail == true
                ? t("Par le portail, l’e-mail sécurisé n’ayant pas abouti") : t("Par le portail")
        }
        return letters.first?.addressee.channel ?? t("Par e-mail sécurisé")
    }

    /// Named where it was a delegate: the recipient may not have seen it himself.
    private var opened: (term: String, value: Node) {
        guard let moment = dispatch.openedAt else { return (t("Ouvert"), Node("–")) }
        let at = DateTexts.dateAndTime(moment.rawValue)
        guard let name = recipient.openedBy else { return (t("Ouvert"), Node(at)) }
        return (
            t("Ouvert"),
            Node(
                t(
                    "{date}, par {name} pour {principal}",
                    ["date": at, "name": name, "principal": recipient.displayName]))
        )
    }

    /// Once more where it reached nobody, and paper, with the address to which it would go.
    @Markup private var otherWays: Node {
        if sent.canBeSentAgain(to: dispatch.accountID) {
            offer(
                t("Renvoyer"), "renvoyer",
                hint: t("Par la voie que la personne a choisie aujourd’hui dans ses préférences."))
        }
        if takesLetters, sent.document.state == .current, !letters.contains(where: \.isOnItsWay) {
            if let address {
                offer(t("Envoyer par courrier"), "courrier", hint: address.lines.joined(separator: ", "))
            } else {
                p(.class("hint")) {
                    t("Par courrier : aucune adresse postale connue.")
                }
            }
        }
    }

    private func offer(_ name: String, _ action: String, hint: String) -> Node {
        form(.method(.post), .action(Path("/service/envois", sent.document.id.rawValue, action))) {
            FormToken(formToken)
            input(.type("hidden"), .name("destinataire"), .value(dispatch.accountID.rawValue))
            button(.class("btn btn--s btn--sm")) {
                name
                span(.class("vh")) { " " + recipient.displayName }
            }
            p(.class("hint")) { hint }
        }
    }
}

extension SentLetter {
    /// How far the letter got, as a row.
    var row: (term: String, value: Node) {
        let term =
            switch state {
            case .waiting: t("Attend l’impression depuis")
            case .exported: t("Par courrier")
            case .cancelled, .dropped: t("Courrier annulé")
            }
        return (term, Node(DateTexts.dateAndTime(at.rawValue)))
    }
}
