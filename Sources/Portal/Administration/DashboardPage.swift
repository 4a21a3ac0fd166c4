import Access
import Enrolment
import HTML

/// `/admin` (C1): what waits for the portal team, the oldest first.
struct DashboardPage: Sendable {
    let shell: Shell
    let dashboard: Dashboard
    /// Proposals to take second factors away.
    var resets: [WaitingFactorReset] = []
    /// Wishes for new releases that nobody of a service sees.
    var unfollowedWishes = 0

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Tableau de bord")), in: .dashboard) {
            div(.class("head")) {
                h1 { t("Tableau de bord") }
                p(.class("lead")) { t("Ce qui attend. Aucune page d’ici ne montre de contenu médical.") }
            }
            ul(.class("ways"), .role("list")) {
                tile(
                    Path("/admin/comptes/demandes"), .people,
                    t(
                        one: "{count} demande à vérifier", other: "{count} demandes à vérifier",
                        count: dashboard.requested),
                    dashboard.oldest.map {
                        t("La plus ancienne : {date}", ["date": DateTexts.short($0, now: now)])
                    })
                tile(
                    Path("/admin/comptes/demandes"), .check,
                    t(
                        one: "{count} activation attend une seconde personne",
                        other: "{count} activations attendent une seconde personne", count: dashboard.verified
                    ), nil)
                tile(
                    Path("/admin/rendez-vous"), .clock,
                    t(
                        one: "{count} rendez-vous aujourd’hui", other: "{count} rendez-vous aujourd’hui",
                        count: dashboard.appointmentsToday), nil)
                if dashboard.isAdministrator {
                    tile(
                        Path("/admin/domaines"), .help,
                        t(
                            one: "{count} domaine e-mail à décider",
                            other: "{count} domaines e-mail à décider",
                            count: dashboard.domainQuestions), nil)
                    tile(
                        Path("/admin/registre"), .document,
                        t(
                            one: "{count} différence avec les registres",
                            other: "{count} différences avec les registres", count: dashboard.registerChanges),
                        nil)
                    tile(
                        Path("/admin/equipe"), .lock,
                        t(
                            one: "{count} accès d’équipe à approuver",
                            other: "{count} accès d’équipe à approuver",
                            count: dashboard.staffProposals), nil)
                    if unfollowedWishes > 0 {
                        tile(
                            Path("/admin/services"), .alert,
                            t(
                                one: "{count} demande que personne ne voit",
                                other: "{count} demandes que personne ne voit", count: unfollowedWishes),
                            t("Nouvelles mises à disposition, sans service qui les suive"))
                    }
                    for waiting in resets {
                        tile(
                            Path("/admin/comptes", waiting.reset.accountID.rawValue), .lock,
                            t(
                                "Seconds facteurs à réinitialiser : {person}",
                                ["person": waiting.accountName]),
                            t(
                                "À approuver dès le {date}",
                                ["date": DateTexts.dateAndTime(waiting.reset.openFrom.rawValue)]))
                    }
                }
            }
            if let next = dashboard.next {
                p {
                    link(.class("btn btn--p"), .href(Path("/admin/comptes/demandes", next.rawValue))) {
                        t("Ouvrir la demande la plus ancienne")
                    }
                }
            }
        }
    }

    private func tile(_ path: Path, _ icon: Icon, _ text: String, _ detail: String?) -> Node {
        li {
            link(.class("way"), .href(path)) {
                icon
                span {
                    text
                    if let detail { small { detail } }
                }
                Icon.right
            }
        }
    }
}
