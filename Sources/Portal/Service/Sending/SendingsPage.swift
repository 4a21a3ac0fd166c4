import Access
import Dispatches
import Documents
import HTML

/// `/service/envois` (S9): what the service sent, to whom, and how far it got.
struct SendingsPage: Sendable {
    let shell: Shell
    let services: [HospitalService]
    let sendings: Sendings

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Envois")), in: .sendings) {
            div(.class("head head--act")) {
                div {
                    h1 { t("Envois") }
                    p(.class("lead")) { services.map(\.name).joined(separator: ", ") }
                }
                link(.class("btn btn--p"), .href(Path("/service/envois/nouveau"))) {
                    t("Envoyer un document")
                }
            }
            nav(.class("pills"), .ariaLabel(t("Autres listes"))) {
                link(.href(Path("/service/courrier"))) { t("Courrier") }
                link(.href(Path("/service/demandes"))) {
                    t("Nouvelles mises à disposition")
                    if case .service(let desk) = shell.place, desk.wishes > 0 { " (\(desk.wishes))" }
                }
            }
            if sendings.rows.isEmpty {
                EmptyState(
                    text: t("Aucun envoi pour l’instant."),
                    explanation: [t("Ce que vous envoyez à la main se suit ici, jusqu’à la lecture.")])
            } else {
                table
            }
            if let next = sendings.next {
                nav(.class("pages"), .ariaLabel(t("Pagination"))) {
                    link(
                        .class("btn btn--s btn--sm"), .rel("next"),
                        .href(
                            Path(
                                "/service/envois",
                                query: ["avant": "\(next.publishedAt.rawValue)-\(next.id.rawValue)"]))
                    ) { t("Plus anciens") }
                }
            }
        }
    }

    private var table: Node {
        HTML.table(.class("table"), .role("table")) {
            caption(.class("vh")) { t("Envois, du plus récent au plus ancien") }
            thead {
                tr(.role("row")) {
                    for name in [t("Quand"), t("Document"), t("Patient"), t("Destinataire"), t("État")] {
                        th(.scope("col"), .role("columnheader")) { name }
                    }
                }
            }
            tbody { for sent in sendings.rows { line(sent) } }
        }
    }

    private func line(_ sent: SentDocument) -> Node {
        tr(.role("row")) {
            cell(t("Quand")) {
                HTML.time(.datetime(DateTexts.machine(sent.document.publishedAt.rawValue))) {
                    DateTexts.short(sent.document.publishedAt.rawValue, now: now)
                }
            }
            cell(t("Document")) {
                link(.href(Path("/service/envois", sent.document.id.rawValue))) { b { sent.document.title } }
                if sent.hand == nil {
                    " "
                    small { t("par le dossier patient") }
                }
            }
            cell(t("Patient")) {
                "\(sent.patient.familyName) \(sent.patient.givenName), "
                    + DateTexts.date(iso: sent.patient.birthDate)
            }
            cell(t("Destinataire")) {
                (sent.recipients.map(\.displayName) + letters(sent).compactMap(\.addressee.lines.first))
                    .joined(separator: ", ")
            }
            cell(t("État")) {
                span(.class("chips")) {
                    for recipient in sent.recipients { chips(recipient.dispatch, sent) }
                    for letter in letters(sent) { letter.chip }
                }
            }
        }
    }

    /// How far it got with one recipient; on paper, how far the letter got.
    @Markup private func chips(_ dispatch: Dispatch, _ sent: SentDocument) -> Node {
        let letters = sent.letters.filter { $0.accountID == dispatch.accountID }
        if dispatch.expiresAt != nil || letters.isEmpty || dispatch.state == .withdrawn {
            dispatch.state.chip
        }
        for letter in letters where dispatch.state != .withdrawn { letter.chip }
    }

    /// Of those who have no account; the others have a state of their own.
    private func letters(_ sent: SentDocument) -> [SentLetter] { sent.letters.filter { $0.accountID == nil } }

    private func cell(_ name: String, @Markup _ content: () -> Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content() }
    }
}

extension SentLetter {
    var chip: Chip {
        switch state {
        case .waiting: Chip(t("Attend l’impression"), .info)
        case .exported: Chip(t("Exporté le {date}", ["date": DateTexts.date(at.rawValue)]), .ok)
        case .cancelled, .dropped: Chip(t("Courrier annulé"), .danger)
        }
    }
}

extension Dispatch.State {
    /// How far a document got with one recipient (ui.md 1.3: En attente · Disponible · Notifié · Ouvert · Échec · Annulé).
    var chip: Chip {
        switch self {
        case .deposited: Chip(t("Disponible"), .info)
        case .notified: Chip(t("Notifié"), .info)
        case .mailed: Chip(t("Envoyé par e-mail"), .ok)
        case .posted: Chip(t("Par courrier"), .ok)
        case .opened: Chip(t("Ouvert"), .ok)
        case .downloaded: Chip(t("Téléchargé"), .ok)
        case .expired: Chip(t("Expiré"), .warn)
        case .withdrawn: Chip(t("Annulé"), .danger)
        }
    }
}
