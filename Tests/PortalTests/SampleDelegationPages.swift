import Access
import HTML

@testable import Portal

extension SamplePages {
    private static let acting = Shell(
        presentation: presentation, person: Person(displayName: "Mme Sandra Rochat", initials: "SR"),
        place: .principal(ActingSpace(name: "Dre Claire Favre", rights: [.read, .prepare])),
        formToken: "jeton",
        unread: 3, address: "/documents")
    private static let nowhere = Shell(
        presentation: presentation, person: Person(displayName: "Mme Sandra Rochat", initials: "SR"),
        place: .none,
        formToken: "jeton", unread: 0, address: "/connexion/espace")
    private static let desk = Shell(
        presentation: presentation, person: Person(displayName: "Mme Nadia Benali", initials: "NB"),
        place: .administration, formToken: "jeton", unread: 0, address: "/admin/delegations")
    private static let year = 365 * 24 * hour

    static var delegation: [(name: String, html: [UInt8])] {
        let cards = [
            SpacesPage.Card(
                principal: "a1", name: "Dre Claire Favre", unread: 3, rights: [.read, .prepare],
                endsAt: now + year,
                isCurrent: false),
            SpacesPage.Card(
                principal: "a2", name: "Dr Paul Jeanneret", unread: 0, rights: [.read, .prepare, .send],
                endsAt: now + year, isCurrent: true),
            SpacesPage.Card(
                principal: "a3", name: "Mme Sandra Rochat", unread: 1, rights: nil, endsAt: nil,
                isCurrent: false),
        ]
        var refused = OfferDelegationPage(shell: shell, values: .init(), needsApproval: true)
        refused.problems = [.emailMissing, .noRights, .endUnreadable]
        var proposal = ProposeDelegationPage(shell: desk, values: .init())
        proposal.problems = [.principalMissing, .noSuchDelegate, .evidenceMissing]
        var unreasoned = deskPage
        unreasoned.problem = .reasonMissing("d2")
        return [
            ("espace", SpacesPage(shell: nowhere, cards: cards, isChange: false).html),
            ("espace-aucun", SpacesPage(shell: nowhere, cards: [], isChange: false, hasEnded: true).html),
            ("espace-changer", SpacesPage(shell: acting, cards: cards, isChange: true).html),
            ("espace-autre", OtherSpacePage(shell: acting).html),
            (
                "document-ailleurs",
                ElsewherePage(
                    shell: acting, principal: "a2", name: "Dr Paul Jeanneret", address: "/documents/8f2c"
                ).html
            ),
            (
                "document-chez-soi",
                ElsewherePage(shell: acting, principal: "a3", name: nil, address: "/documents/8f2c").html
            ),
            ("espace-droit", MissingRightPage(shell: acting, right: .send).html),
            ("documents-delegation", InboxPage(shell: acting, list: list).html),
            ("delegations", delegationsPage.html),
            ("delegations-vide", DelegationsPage(shell: shell, canGive: true, given: [], received: []).html),
            (
                "delegation-nouvelle",
                OfferDelegationPage(
                    shell: shell, values: .init(email: "sandra.rochat@cabinet.example", end: "20.11.2027"),
                    needsApproval: true
                ).html
            ),
            ("delegation-nouvelle-erreur", refused.html),
            (
                "delegation-activite",
                DelegatedActsPage(
                    shell: shell,
                    entries: [
                        .init(
                            delegate: "Mme Sandra Rochat", act: AuditEventKind.documentOpened.delegatedAct,
                            wasRefused: false, at: now - hour, documentID: "8f2c"),
                        .init(
                            delegate: "Mme Sandra Rochat",
                            act: AuditEventKind.documentDownloaded.delegatedAct,
                            wasRefused: true, at: now - 2 * hour, documentID: nil),
                    ]
                ).html
            ),
            ("admin-delegations", deskPage.html), ("admin-delegations-erreur", unreasoned.html),
            ("admin-delegation-nouvelle", proposal.html),
        ]
    }

    private static var delegationsPage: DelegationsPage {
        func entry(_ id: String, _ person: String, _ state: DelegationState, reason: String = "")
            -> DelegationsPage.Entry
        {
            DelegationsPage.Entry(
                id: id, person: person, rights: [.read, .prepare], state: state, since: now - 30 * hour,
                endsAt: now + year, lastActAt: state == .active ? now - hour : nil, reason: reason)
        }
        return DelegationsPage(
            shell: shell, canGive: true,
            given: [
                entry("d1", "Mme Sandra Rochat", .active), entry("d2", "M. Luc Perret", .waiting),
                entry("d3", "Mme Léa Monnier", .ended, reason: "Fin du remplacement"),
            ],
            received: [
                entry("d4", "Dr Paul Jeanneret", .offered), entry("d5", "Dr Marc Aebischer", .expired),
            ])
    }

    private static var deskPage: DelegationDeskPage {
        func entry(_ id: String, _ state: DelegationState, by proposer: String?, isMine: Bool)
            -> DelegationDeskPage.Entry
        {
            DelegationDeskPage.Entry(
                id: id, principal: "Dre Claire Favre", delegate: "Mme Sandra Rochat", rights: [.read],
                state: state,
                since: now - 30 * hour, endsAt: now + year, proposedBy: proposer,
                evidence: "demande signée du 12.11.2026", isMine: isMine)
        }
        return DelegationDeskPage(
            shell: desk,
            waiting: [
                entry("d1", .waiting, by: nil, isMine: false),
                entry("d2", .waiting, by: "Mme Nadia Benali", isMine: true),
            ], confirmed: [entry("d3", .active, by: "M. Luc Perret", isMine: false)])
    }
}
