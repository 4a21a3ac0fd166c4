import Access
import Directory
import Enrolment
import HTML

/// `/admin/comptes/demandes` (C2): the queue of requests, the oldest first.
struct RequestQueuePage: Sendable {
    /// Which requests are shown: `?vue=…`.
    enum View: String, Sendable, CaseIterable {
        case open = ""
        case active = "activees"
        case ended = "closes"

        var states: [AccountRequest.State] {
            switch self {
            case .open: [.requested, .identityVerified]
            case .active: [.activated, .confirmed]
            case .ended: [.refused, .withdrawn, .expired]
            }
        }

        var text: String {
            switch self {
            case .open: t("À traiter")
            case .active: t("Activées")
            case .ended: t("Closes")
            }
        }
    }

    let shell: Shell
    let queue: RequestQueue
    let view: View

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Demandes de compte")), in: .requests) {
            div(.class("head")) {
                h1 { t("Demandes de compte") }
                p(.class("count"), .role("status")) {
                    t(one: "{count} demande", other: "{count} demandes", count: queue.count)
                }
            }
            nav(.class("pills"), .ariaLabel(t("Demandes montrées"))) {
                for one in View.allCases {
                    link(
                        .href(
                            one == .open
                                ? Path("/admin/comptes/demandes")
                                : Path("/admin/comptes/demandes", query: ["vue": one.rawValue])),
                        .ariaCurrentItem(one == view)
                    ) { one.text }
                }
            }
            if queue.rows.isEmpty {
                EmptyState(
                    text: view == .open ? t("Aucune demande à traiter.") : t("Aucune demande."),
                    explanation: view == .open
                        ? [
                            t(
                                "Une demande apparaît ici dès que quelqu’un crée un compte sur la page publique."
                            )
                        ] : []
                )
            } else {
                table
            }
            if let next = queue.next { more(next) }
        }
    }

    private var table: Node {
        HTML.table(.class("table")) {
            caption(.class("vh")) { t("Demandes de compte") }
            thead {
                tr {
                    th(.scope("col")) { t("Personne") }
                    th(.scope("col")) { t("Profession") }
                    th(.scope("col")) { t("Identifiant") }
                    th(.scope("col")) { t("Registre") }
                    th(.scope("col")) { t("Reçue") }
                    th(.scope("col")) { t("État") }
                }
            }
            tbody { for row in queue.rows { line(row) } }
        }
    }

    private func line(_ row: QueuedRequest) -> Node {
        let person = row.request.declared
        return tr {
            td(.dataLabel(t("Personne"))) {
                link(.href(Path("/admin/comptes/demandes", row.request.id.rawValue))) {
                    b { "\(person.familyName) \(person.givenName)" }
                }
            }
            td(.dataLabel(t("Profession"))) { person.profession.text }
            td(.dataLabel(t("Identifiant"))) { IdentifierTexts.text(person.identifier) }
            td(.dataLabel(t("Registre"))) { row.register.chip }
            td(.dataLabel(t("Reçue"))) { DateTexts.short(row.request.createdAt.rawValue, now: now) }
            td(.dataLabel(t("État"))) {
                span(.class("chips")) {
                    if let start = row.appointment?.startsAt, row.request.state == .requested {
                        Chip(
                            t("Rendez-vous {time}", ["time": DateTexts.short(start.rawValue, now: now)]),
                            .info)
                    } else {
                        row.request.state.chip
                    }
                    if row.proposalEndsAt != nil { Chip(t("Attend une seconde personne"), .violet) }
                    if row.isDuplicate { Chip(t("Déjà un compte"), .warn) }
                }
            }
        }
    }

    private func more(_ next: AccountRequest.ID) -> Node {
        nav(.class("pages"), .ariaLabel(t("Pagination"))) {
            link(
                .class("btn btn--s btn--sm"),
                .href(
                    Path(
                        "/admin/comptes/demandes", segments: [],
                        query: [("vue", view.rawValue), ("apres", next.rawValue)])), .rel("next")
            ) { t("Suite") }
        }
    }
}

/// Identifiers as the portal team reads them.
enum IdentifierTexts {
    /// «GLN 7601999000007», «Aucun».
    static func text(_ identifier: ProfessionalIdentifier) -> String {
        switch identifier.kind {
        case .gln: t("GLN {number}", ["number": identifier.value])
        case .rpps: t("RPPS {number}", ["number": identifier.value])
        case .none: t("Aucun")
        }
    }
}

extension RegisterResult {
    var chip: Chip {
        switch self {
        case .match: Chip(t("Concorde"), .ok)
        case .differences: Chip(t("Diffère"), .warn)
        case .absent: Chip(t("Absent"), .warn)
        case .notApplicable: Chip(t("Sans objet"), .neutral)
        }
    }
}
