import Access
import Enrolment

@testable import Portal

extension SamplePages {
    /// The ways in through a provider of identities, and where they end.
    static var identities: [(name: String, html: [UInt8])] {
        let hin = IdentityWay(slug: "hin", label: "HIN")
        var offered = SignInPage(shell: visitor, formToken: "jeton", returnTo: "/documents")
        offered.ways = [hin, IdentityWay(slug: "oidc", label: "Mon hôpital")]
        let causes = IdentityProblemPage.Cause.allCases.map { cause in
            (
                "hin-\(cause)",
                IdentityProblemPage(shell: visitor, cause: cause, way: hin, returnTo: "/documents").html
            )
        }
        let unknown = IdentityUnknownPage(
            shell: visitor, way: hin,
            told: .init(name: "Luc Berthoud", email: "luc@hin.example", gln: "7601999000045", level: 20),
            formToken: "jeton")
        var mistaken = unknown
        mistaken.mistakes = [.landline, .email]
        let entry = IdentityDeskPage.Entry(
            id: "1", name: "Paul Jeanneret", provider: "HIN", subject: "pjeanneret", gln: "7601999000014",
            level: 10,
            owner: "Dr Paul Jeanneret", since: now, proposer: nil, hurdle: nil)
        let proposed = IdentityDeskPage.Entry(
            id: "2", name: "Luc Berthoud", provider: "HIN", subject: "lberthoud", gln: "7601999000045",
            level: 20, owner: "Dr Luc Berthoud", since: now, proposer: "Mme Nadia Benali",
            hurdle: .ownProposal)
        var team = shell
        team.place = .administration
        return causes + [
            ("connexion-fournisseurs", offered.html), ("hin-compte", unknown.html),
            ("hin-compte-erreur", mistaken.html),
            ("deconnecte-hin", SignedOutPage(shell: visitor, way: hin).html),
            (
                "identites",
                IdentityDeskPage(
                    shell: team, waiting: [entry, proposed],
                    switches: [
                        .init(name: "hin", label: "HIN", isOn: true),
                        .init(name: "oidc", label: "Autre", isOn: false),
                    ]
                ).html
            ),
            ("identites-vide", IdentityDeskPage(shell: team, waiting: [], switches: []).html),
        ]
    }
}
