import Dispatches
import HTML

/// One line for each queue: what waits, what failed lately, and why.
struct TransmissionFiguresTable: Component {
    let figures: [TransmissionFigures]
    let now: Int64

    var body: Node {
        HTML.table(.class("table"), .role("table")) {
            caption(.class("vh")) { t("État des files") }
            thead {
                tr(.role("row")) {
                    for name in [
                        t("File"), t("En attente"), t("Échecs, 7 jours"), t("Le plus ancien"),
                        t("Dernier succès"), t("Dernière erreur"),
                    ] { th(.scope("col"), .role("columnheader")) { name } }
                }
            }
            tbody { for one in figures { line(one) } }
        }
    }

    private func line(_ one: TransmissionFigures) -> Node {
        tr(.role("row")) {
            cell(t("File")) {
                link(.href(Path("/admin/transmissions", query: ["file": one.queue.rawValue]))) {
                    b { one.queue.text }
                }
            }
            // an operator wants to know that it is off; what was left from before is shown besides
            if one.isUsed || one.hasFigures { cells(one) } else { unused }
        }
    }

    @Markup private var unused: Node {
        cell(t("En attente")) { Chip(t("Non utilisée"), .neutral) }
        for name in [t("Échecs, 7 jours"), t("Le plus ancien"), t("Dernier succès"), t("Dernière erreur")] {
            cell(name) { "–" }
        }
    }

    @Markup private func cells(_ one: TransmissionFigures) -> Node {
        cell(t("En attente")) {
            div {
                if !one.isUsed {
                    Chip(t("Non utilisée"), .neutral)
                    " "
                }
                String(one.waiting)
                if one.running > 0 { ", " + t("{count} en cours", ["count": String(one.running)]) }
                if one.retrying > 0 {
                    " "
                    Chip(
                        t(
                            one: "{count} à réessayer", other: "{count} à réessayer",
                            count: one.retrying), .warn)
                }
            }
        }
        cell(t("Échecs, 7 jours")) {
            div(.class("chips")) {
                if one.failed + one.expired == 0 { "0" }
                if one.failed > 0 {
                    Chip(
                        t(one: "{count} abandonné", other: "{count} abandonnés", count: one.failed),
                        .danger)
                }
                if one.expired > 0 {
                    Chip(t(one: "{count} expiré", other: "{count} expirés", count: one.expired), .warn)
                }
            }
        }
        cell(t("Le plus ancien")) { moment(one.oldest) }
        cell(t("Dernier succès")) { moment(one.lastDone) }
        cell(t("Dernière erreur")) {
            div {
                one.fault?.text ?? "–"
                if let at = one.faultAt {
                    " "
                    small { DateTexts.dateAndTime(at) }
                }
            }
        }
    }

    @Markup private func moment(_ moment: Int64?) -> Node {
        if let moment {
            HTML.time(.datetime(DateTexts.machine(moment))) { DateTexts.sentence(moment, now: now) }
        } else {
            "–"
        }
    }

    private func cell(_ name: String, @Markup _ content: () -> Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content() }
    }
}

extension TransmissionFigures {
    /// Whether anything is or was in it lately.
    fileprivate var hasFigures: Bool {
        waiting + running + failed + expired > 0 || lastDone != nil || fault != nil
    }
}
