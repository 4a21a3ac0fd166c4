import Access
import Dispatches
import HTML

/// `/admin/transmissions` (C12): how the queues stand, and what was given up. Neither patients, documents nor addresses.
struct TransmissionsPage: Sendable {
    /// How a job came to nothing.
    enum End: String, Sendable, CaseIterable {
        case givenUp = "abandonnes"
        case expired = "expires"
    }

    let shell: Shell
    let found: Transmissions
    var queue: TransmissionQueue?
    var end: End?
    /// Why a job was not done again.
    var problem: TransmissionRefusal?

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Transmissions"), isError: problem != nil), in: .transmissions) {
            if let problem { AlertBox(text: problem.text) }
            div(.class("head")) {
                h1 { t("Transmissions") }
                p(.class("lead")) {
                    t("Ce que le portail envoie ou prépare, file par file. Aucun contenu médical.")
                }
            }
            section(.class("card"), .ariaLabelledBy("files")) {
                div(.class("card__h")) { h2(.id("files")) { t("Files") } }
                TransmissionFiguresTable(figures: found.figures, now: now)
            }
            section(.class("stack"), .ariaLabelledBy("echecs")) {
                h2(.id("echecs")) { t("Envois qui n’ont pas abouti, sur 30 jours") }
                filters
                if let queue { relaunchAll(queue) }
                if found.failed.isEmpty { EmptyState(text: t("Aucun échec ici.")) } else { table }
                if let next = found.next { more(next) }
            }
        }
    }

    @Markup private var filters: Node {
        nav(.class("pills"), .ariaLabel(t("File"))) {
            pill(path(nil, end), t("Toutes les files"), queue == nil)
            for one in TransmissionQueue.allCases { pill(path(one, end), one.text, queue == one) }
        }
        nav(.class("pills"), .ariaLabel(t("État"))) {
            pill(path(queue, nil), t("Tous les états"), end == nil)
            for one in End.allCases { pill(path(queue, one), one.text, end == one) }
        }
    }

    private func pill(_ path: Path, _ text: String, _ isCurrent: Bool) -> Node {
        link(.href(path), .ariaCurrentItem(isCurrent)) { text }
    }

    private func path(_ queue: TransmissionQueue?, _ end: End?, before: String? = nil) -> Path {
        let query = [("file", queue?.rawValue), ("etat", end?.rawValue), ("avant", before)].compactMap {
            name, value in value.map { (key: name, value: $0) }
        }
        return Path("/admin/transmissions", segments: [], query: query)
    }

    /// Folded: opening it is the first step, its button the confirmation.
    @Markup private func relaunchAll(_ queue: TransmissionQueue) -> Node {
        if let count = found.figures.first(where: { $0.queue == queue })?.revivable, count > 0 {
            HTML.details(.class("fold")) {
                HTML.summary(.class("fold__s")) {
                    span { t("Relancer toute la file « {queue} »", ["queue": queue.text]) }
                    Icon.chevronDown
                }
                form(
                    .class("fold__p stack"), .method(.post),
                    .action(Path("/admin/transmissions/relancer-tout"))
                ) {
                    FormToken(shell.formToken)
                    input(.type("hidden"), .name("file"), .value(queue.rawValue))
                    p {
                        t(
                            one:
                                "{count} envoi abandonné peut être relancé. Vérifiez d’abord que la cause a disparu.",
                            other:
                                "{count} envois abandonnés peuvent être relancés. Vérifiez d’abord que la cause a disparu.",
                            count: count)
                    }
                    if count > DispatchActions.relaunchedAtOnce {
                        p {
                            t(
                                "Les {count} plus anciens le sont à la fois.",
                                ["count": String(DispatchActions.relaunchedAtOnce)])
                        }
                    }
                    div { button(.class("btn btn--s")) { t("Relancer toute la file") } }
                }
            }
        }
    }

    private var table: Node {
        HTML.table(.class("table"), .role("table")) {
            caption(.class("vh")) { t("Envois qui n’ont pas abouti") }
            thead {
                tr(.role("row")) {
                    for name in [t("Quand"), t("Envoi"), t("Cause"), t("Essais"), t("Action")] {
                        th(.scope("col"), .role("columnheader")) { name }
                    }
                }
            }
            tbody { for job in found.failed { line(job) } }
        }
    }

    private func line(_ job: FailedTransmission) -> Node {
        tr(.role("row")) {
            cell(t("Quand")) {
                HTML.time(.datetime(DateTexts.machine(job.finishedAt))) {
                    DateTexts.dateAndTime(job.finishedAt)
                }
            }
            cell(t("Envoi")) {
                // one element: on a phone the cell is a grid
                div {
                    b { TransmissionTexts.kind(job.kind) }
                    " "
                    small { t("du {date}", ["date": DateTexts.dateAndTime(job.createdAt)]) }
                    if let account = job.accountID {
                        " "
                        link(.href(Path("/admin/comptes", account.rawValue))) { t("Voir le compte") }
                    }
                }
            }
            cell(t("Cause")) {
                div {
                    (job.isGivenUp ? Chip(t("Abandonné"), .danger) : Chip(t("Expiré"), .warn))
                    " "
                    job.fault.text
                }
            }
            cell(t("Essais")) { String(job.tries) }
            cell(t("Action")) { action(job) }
        }
    }

    @Markup private func action(_ job: FailedTransmission) -> Node {
        if let obstacle = job.obstacle {
            small { obstacle.short }
        } else {
            form(.method(.post), .action(Path("/admin/transmissions/relancer"))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("envoi"), .value(job.id))
                if let queue { input(.type("hidden"), .name("file"), .value(queue.rawValue)) }
                button(.class("btn btn--s btn--sm")) {
                    t("Relancer")
                    span(.class("vh")) {
                        "\u{A0}: \(TransmissionTexts.kind(job.kind)), \(DateTexts.dateAndTime(job.createdAt))"
                    }
                }
            }
        }
    }

    private func more(_ next: Transmissions.Key) -> Node {
        nav(.class("pages"), .ariaLabel(t("Pagination"))) {
            link(.class("btn btn--s btn--sm"), .rel("next"), .href(path(queue, end, before: next.cursor))) {
                t("Plus anciens")
            }
        }
    }

    private func cell(_ name: String, @Markup _ content: () -> Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content() }
    }
}
