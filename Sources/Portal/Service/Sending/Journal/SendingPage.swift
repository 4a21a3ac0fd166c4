import Access
import Directory
import Dispatches
import Documents
import HTML

/// `/service/envois/{id}` (S9): one sending, each step of each recipient, who read it, and how it is taken back. Printed,
/// it is the proof of who had opened it.
struct SendingPage: Sendable {
    let shell: Shell
    let sent: SentDocument
    let accesses: [SentAccess]
    /// The page with the newest of them.
    var isFirst = true
    /// Where the next page begins; nil at the end.
    var next: Int64?
    /// Whether the institution prints letters for its services.
    var takesLetters = false
    /// Where recipients get paper.
    var addresses: [Account.ID: PostAddressee] = [:]
    /// What was written to the recipient, as long as the document is there.
    var message: String?
    var problem: String?

    private var id: String { sent.document.id.rawValue }
    private var takeBack: TakeBackPart { TakeBackPart(sent: sent, formToken: shell.formToken) }

    var html: [UInt8] {
        shell.page(PageTitle(t("Envoi"), section: t("Envois"), isError: problem != nil), in: .sendings) {
            if let problem { ErrorSummary(mistakes: [FieldMistake(field: "suite", text: problem)]) }
            BackToSendings()
            h1(.lang(sent.document.language)) { sent.document.title }
            if sent.document.state == .withdrawn {
                NoteBox(.danger) { p { takeBack.outcome.joined(separator: " ") } }
            }
            div(.class("card card--pad")) { SummaryList(rows: rows) }
            h2 { t("Destinataires") }
            for recipient in sent.recipients {
                DeliveryCard(
                    sent: sent, recipient: recipient, formToken: shell.formToken, takesLetters: takesLetters,
                    address: addresses[recipient.dispatch.accountID])
            }
            for letter in sent.strangersLetters { card(letter) }
            h2 { t("Qui l’a lu") }
            OlderAccesses(
                newest: Path("/service/envois", id),
                older: next.map { Path("/service/envois", id, query: ["avant": String($0)]) },
                isFirst: isFirst, content: readings.isEmpty ? nobody : table)
            div(.id("suite"), .class("stack"), .tabindex(-1)) { takeBack }
            if sent.hand == nil, sent.document.state == .current {
                p {
                    t(
                        "Ce document vient du dossier patient intégré : c’est là qu’il s’annule ou se rappelle."
                    )
                }
            }
            p(.class("hint")) {
                t("Cette consultation est enregistrée. La page peut être imprimée comme preuve.")
            }
        }
    }

    private var rows: [(term: String, value: Node)] {
        let document = sent.document
        var rows: [(term: String, value: Node)] = [
            (
                t("Patient"),
                Node(
                    "\(sent.patient.familyName) \(sent.patient.givenName), "
                        + DateTexts.date(iso: sent.patient.birthDate))
            ),
            (t("Séjour"), Node(document.stay.number)),
            (t("Type"), Node(DocumentTypeTexts.name(code: document.typeCode))),
            (t("Service"), Node(document.service)),
            (t("Envoyé"), Node(DateTexts.dateAndTime(document.publishedAt.rawValue))),
        ]
        guard let hand = sent.hand else {
            rows.append((t("Par"), Node(t("le dossier patient intégré"))))
            return rows
        }
        rows.append((t("Par"), Node(hand.senderName)))
        rows.append((t("Accord"), Node(consent(hand))))
        if !hand.reason.isEmpty { rows.append((t("Motif"), Node(hand.reason))) }
        if let message {
            rows.append((t("Message au destinataire"), MessageLines(text: message).body))
        }
        return rows
    }

    private func consent(_ hand: HandSending) -> String {
        let giver =
            switch hand.consent.givenBy {
            case .patient: t("La patiente ou le patient")
            case .representative: t("Sa représentation légale ou thérapeutique")
            }
        let form =
            switch hand.consent.form {
            case .oral: t("oralement")
            case .written: t("par écrit")
            }
        return t(
            "{giver}, {form}, le {date} ; recueilli par {person}.",
            [
                "giver": giver, "form": form, "date": DateTexts.date(iso: hand.consent.on),
                "person": hand.senderName,
            ])
    }

    /// Somebody without an account, who gets it on paper only.
    private func card(_ letter: SentLetter) -> Node {
        div(.class("card card--pad")) {
            p {
                b { letter.addressee.lines.first ?? "" }
                " "
                letter.chip
            }
            SummaryList(rows: [(t("Voie"), Node(letter.addressee.channel)), letter.row])
        }
    }

    private var readings: [SentAccess] {
        accesses.filter { $0.event != .documentPublished && $0.event != .documentReplaced }
    }

    private var nobody: Node {
        p { isFirst ? t("Personne ne l’a ouvert.") : t("Aucune lecture plus ancienne.") }
    }

    private var table: Node {
        HTML.table(.class("table"), .role("table")) {
            caption(.class("vh")) { t("Lectures, de la plus récente à la plus ancienne") }
            thead {
                tr(.role("row")) {
                    for name in [t("Quand"), t("Qui"), t("Pour qui"), t("Quoi")] {
                        th(.scope("col"), .role("columnheader")) { name }
                    }
                }
            }
            tbody {
                for access in readings {
                    tr(.role("row")) {
                        cell(t("Quand")) {
                            HTML.time(.datetime(DateTexts.machine(access.at.rawValue))) {
                                DateTexts.dateAndTime(access.at.rawValue)
                            }
                        }
                        cell(t("Qui")) { access.name ?? shell.brand.hospitalName }
                        cell(t("Pour qui")) { access.principal ?? "–" }
                        cell(t("Quoi")) { EventTexts.name(access.event) }
                    }
                }
            }
        }
    }

    private func cell(_ name: String, @Markup _ content: () -> Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content() }
    }
}
