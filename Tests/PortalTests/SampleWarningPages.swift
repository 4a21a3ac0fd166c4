import HTML

@testable import Access
@testable import Directory
@testable import Documents
@testable import Enrolment
@testable import Portal

/// States in which a page warns: nobody follows what is asked for, too much was asked for, what was typed is not saved yet.
extension SamplePages {
    static var warnings: [(name: String, html: [UInt8])] {
        var unsaid = shell
        unsaid.flash = .nothingDone
        let typed = KeptEntry(
            path: "/admin/domaines", fields: ["domaine": ["cabinet.example"], "source": ["Liste de HIN"]])
        let withTyped = KeptEntry.$current.withValue(typed) {
            DomainsPage(shell: adminShell, list: DomainList(questions: [], domains: [])).html
        }
        return [
            ("document-expire-sans-suivi", expired(.possible(id: "8f2c"), isFollowed: false)),
            ("document-redemande-sans-suivi", expired(.asked(at: now - hour / 2), isFollowed: false)),
            ("document-redemande-trop", expired(.possible(id: "8f2c"), isTooOften: true)),
            ("document-expire-sans-droit", expired(.withoutRight)),
            (
                "services-sans-suivi",
                ServicesPage(
                    shell: adminShell, services: [(cardiology, [])],
                    unfollowed: [
                        UnfollowedWishes(service: "Cardiologie", count: 2, oldest: hoursAgo(50)),
                        UnfollowedWishes(service: "Radiologie", count: 1, oldest: hoursAgo(9)),
                    ]
                ).html
            ),
            (
                "tableau-de-bord-sans-suivi",
                DashboardPage(
                    shell: adminShell,
                    dashboard: Dashboard(
                        requested: 0, verified: 0, oldest: nil, next: nil, appointmentsToday: 0,
                        domainQuestions: 0, registerChanges: 0, staffProposals: 0, isAdministrator: true),
                    unfollowedWishes: 3
                ).html
            ),
            ("accueil-rien-fait", HomePage(shell: unsaid, rows: [], lastSignIn: nil).html),
            ("domaines-saisie", withTyped),
        ]
    }

    private static func expired(
        _ asking: GonePage.Asking, isFollowed: Bool = true, isTooOften: Bool = false
    ) -> [UInt8] {
        var page = GonePage(
            shell: shell, typeName: "Lettre de sortie", service: "Cardiologie", receivedAt: now - 30 * hour,
            cause: .expired(at: now - hour), patient: jaquet, asking: asking)
        page.isFollowed = isFollowed
        page.isTooOften = isTooOften
        return page.html
    }
}
