import Access
import Enrolment
import HTML

/// `/admin/rendez-vous` (C4): the appointments of two weeks, the day before included, with the call of each.
struct AppointmentsPage: Sendable {
    let shell: Shell
    let appointments: [ListedAppointment]

    private var now: Int64 { shell.presentation.now }

    /// The appointments of one day.
    private struct Day {
        let heading: String
        var rows: [ListedAppointment]
    }

    private var days: [Day] {
        var days: [Day] = []
        for listed in appointments {
            guard let start = listed.appointment.startsAt else { continue }
            let heading = DateTexts.heading(start.rawValue, now: now)
            if days.last?.heading == heading {
                days[days.count - 1].rows.append(listed)
            } else {
                days.append(Day(heading: heading, rows: [listed]))
            }
        }
        return days
    }

    var html: [UInt8] {
        shell.page(PageTitle(t("Rendez-vous")), in: .appointments) {
            div(.class("head head--act")) {
                h1 { t("Rendez-vous") }
                link(.class("btn btn--s btn--sm"), .href(Path("/admin/rendez-vous/lieux"))) {
                    t("Lieux et dates libres")
                }
            }
            if days.isEmpty {
                EmptyState(text: t("Aucun rendez-vous dans les deux semaines à venir."))
            }
            for day in days {
                section(.class("card")) {
                    div(.class("card__h")) { h2 { day.heading } }
                    ul(.class("sessions"), .role("list")) { for row in day.rows { item(row) } }
                }
            }
        }
    }

    private func item(_ listed: ListedAppointment) -> Node {
        let start = listed.appointment.startsAt?.rawValue ?? 0
        return li {
            div {
                p {
                    b { DateTexts.time(start) }
                    " "
                    link(.href(Path("/admin/comptes/demandes", listed.request.id.rawValue))) {
                        listed.request.declared.displayName
                    }
                    " "
                    if listed.request.state != .requested { listed.request.state.chip }
                }
                p(.class("hint")) { listed.appointment.site.name }
            }
            div(.class("chips")) {
                if let call = ExternalLink(listed.appointment.site.address),
                    listed.appointment.site.mode == .video
                {
                    link(.class("btn btn--s btn--sm"), .href(call), .rel("noreferrer")) {
                        t("Démarrer l’appel")
                    }
                }
                if start < now, listed.request.state == .requested { missed(listed) }
            }
        }
    }

    private func missed(_ listed: ListedAppointment) -> Node {
        form(.method(.post), .action(Path("/admin/rendez-vous", listed.request.id.rawValue, "absence"))) {
            FormToken(shell.formToken)
            button(
                .class("btn btn--s btn--sm"),
                .ariaLabel(t("Noter l’absence de {name}", ["name": listed.request.declared.displayName]))
            ) { t("Noter l’absence") }
        }
    }
}
