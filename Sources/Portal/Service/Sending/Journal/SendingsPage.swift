import Access
import Dispatches
import Documents
import HTML

/// `/service/envois` (S9): what the service sent, to whom, and how far it got.
struct SendingsPage: Sendable {
    let shell: Shell
    let services: [HospitalService]
    let sendings: Sendings
    var query = SendingsQuery()
    /// Wrong dates in the search: `du`, `au`.
    var mistakes: [FieldMistake] = []

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Envois"), isError: !mistakes.isEmpty), in: .sendings) {
            if !mistakes.isEmpty { ErrorSummary(mistakes: mistakes) }
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
            if query.hasFilters || !sendings.rows.isEmpty {
                SendingsSearch(query: query, formToken: shell.formToken, mistakes: mistakes)
                p(.class("count"), .role("status")) { found }
            }
            if !sendings.rows.isEmpty { table } else { empty }
            if let next = sendings.next {
                nav(.class("pages"), .ariaLabel(t("Pagination"))) {
                    link(.class("btn btn--s btn--sm"), .rel("next"), .href(query.at(next))) {
                        t("Plus anciens")
                    }
                }
            }
        }
    }

    /// How many there are on all pages.
    @Markup private var found: Node {
        if sendings.count > DocumentLimits.countedRows {
            t("Plus de {count} envois", ["count": Typography.number(DocumentLimits.countedRows)])
        } else {
            t(one: "{count} envoi", other: "{count} envois", count: sendings.count)
        }
        if query.hasFilters {
            " · "
            link(.href(SendingsQuery().path)) { t("Effacer les filtres") }
        }
    }

    @Markup private var empty: Node {
        if query.hasFilters {
            EmptyState(
                text: t("Aucun envoi pour cette recherche."),
                explanation: [
                    t(
                        "Les mots se trouvent dans le nom, la date de naissance ou le numéro de la patiente ou du patient, le nom du destinataire et le titre."
                    )
                ])
        } else {
            EmptyState(
                text: t("Aucun envoi pour l’instant."),
                explanation: [t("Ce que vous envoyez à la main se suit ici, jusqu’à la lecture.")])
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
                (sent.recipients.map(\.displayName)
                    + sent.strangersLetters.compactMap(\.addressee.lines.first))
                    .joined(separator: ", ")
            }
            cell(t("État")) {
                // one element: on a phone the cell is a grid
                div {
                    span(.class("chips")) { for chip in sent.chips { chip } }
                    for setback in sent.setbacks { p(.class("hint")) { setback.reason } }
                }
            }
        }
    }

    private func cell(_ name: String, @Markup _ content: () -> Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content() }
    }
}
