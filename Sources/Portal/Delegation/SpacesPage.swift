import Access
import HTML

/// `/connexion/espace` and `/delegation` (A1, A2): under whose responsibility one works. Each card posts
/// `principal` and `retour` to `/connexion/espace`.
struct SpacesPage: Sendable {
    struct Card: Sendable {
        /// Identifier of the account whose space it is.
        let principal: String
        let name: String
        /// Nil where the rights do not include reading.
        let unread: Int?
        /// Nil for one's own space.
        let rights: Set<DelegationRight>?
        /// UTC milliseconds; nil for one's own space.
        let endsAt: Int64?
        let isCurrent: Bool
    }

    let shell: Shell
    let cards: [Card]
    /// One is in a space already and changes it.
    let isChange: Bool
    var returnTo = ""
    /// The delegation under which one worked is over.
    var hasEnded = false

    private var title: String {
        isChange ? t("Changer d’espace") : t("Sous quelle responsabilité vous connectez-vous ?")
    }

    var html: [UInt8] {
        shell.page(PageTitle(title, isError: hasEnded), in: .spaces) {
            if hasEnded {
                NoteBox(.warn) {
                    p {
                        t(
                            "La délégation sous laquelle vous travailliez a pris fin. Choisissez un autre espace."
                        )
                    }
                }
            }
            div(.class("head")) {
                h1 { title }
                if !cards.isEmpty {
                    p(.class("lead")) {
                        t("Chaque action est enregistrée à votre nom et au nom de la personne choisie.")
                    }
                }
            }
            if cards.isEmpty { none } else { list }
        }
    }

    private var none: Node {
        EmptyState(
            text: t("Aucune délégation active"),
            explanation: [
                t("La personne pour qui vous travaillez vous propose une délégation depuis son profil."),
                t("L’équipe du portail peut aussi l’établir à votre demande commune."),
            ], way: (Path("/profil/delegations"), t("Voir mes délégations"))
        ).body
    }

    private var list: Node {
        ul(.class("ways ways--one"), .role("list")) {
            for card in cards { li { item(card) } }
        }
    }

    private func item(_ card: Card) -> Node {
        form(.method(.post), .action(Path("/connexion/espace"))) {
            FormToken(shell.formToken)
            input(.type("hidden"), .name("principal"), .value(card.principal))
            ReturnField(address: returnTo)
            button(.class("way way--full"), .autofocus(card.isCurrent)) {
                card.rights == nil ? Icon.home : Icon.people
                span {
                    b { card.name }
                    small { detail(of: card) }
                }
                if card.isCurrent { Chip(t("Espace actif"), .violet) }
                if let unread = card.unread, unread > 0 { UnreadBadge(count: unread) }
                Icon.right
            }
        }
    }

    private func detail(of card: Card) -> String {
        guard let rights = card.rights else { return t("Mon espace") }
        let until = card.endsAt.map { t("jusqu’au {date}", ["date": DelegationTexts.lastDay($0)]) }
        return [DelegationTexts.rights(rights), until].compactMap { $0 }.joined(separator: " · ")
    }
}

/// A form that was opened in another space than the one that is active now: nothing was done (ui.md 4.8).
struct OtherSpacePage: Sendable {
    let shell: Shell

    var html: [UInt8] {
        shell.page(PageTitle(t("Ce formulaire appartient à un autre espace"), isError: true), in: nil) {
            div(.class("prose")) {
                h1 { t("Ce formulaire appartient à un autre espace") }
                p(.class("lead")) {
                    t(
                        """
                        Vous avez changé d’espace dans un autre onglet. Rien n’a été enregistré. Revenez dans \
                        l’espace d’origine, puis envoyez à nouveau le formulaire.
                        """)
                }
                p { link(.class("btn btn--p"), .href(Path("/delegation"))) { t("Changer d’espace") } }
            }
        }
    }
}

/// What the delegation does not include, said once, with the way on (ui.md A3).
struct MissingRightPage: Sendable {
    let shell: Shell
    let right: DelegationRight

    private var name: String { shell.place.acting?.name ?? "" }

    var html: [UInt8] {
        shell.page(PageTitle(t("Votre délégation ne le permet pas"), isError: true), in: nil) {
            div(.class("prose")) {
                h1 { t("Votre délégation ne le permet pas") }
                p(.class("lead")) { explanation }
                p { link(.class("btn btn--p"), .href(Path("/delegation"))) { t("Changer d’espace") } }
            }
        }
    }

    private var explanation: String {
        switch right {
        case .read:
            t("Votre délégation ne permet pas de lire les documents de {person}.", ["person": name])
        case .prepare:
            t("Votre délégation ne permet pas de préparer une demande pour {person}.", ["person": name])
        case .send:
            t(
                "Votre délégation ne permet pas d’envoyer. Vous pouvez préparer et demander à {person} d’envoyer.",
                ["person": name])
        }
    }
}
