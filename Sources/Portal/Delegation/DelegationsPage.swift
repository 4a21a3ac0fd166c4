import Access
import HTML

/// `/profil/delegations` (M33): what one has given and received.
struct DelegationsPage: Sendable {
    struct Entry: Sendable {
        let id: String
        /// The person on the other side.
        let person: String
        let rights: Set<DelegationRight>
        let state: DelegationState
        /// UTC milliseconds
        let since: Int64
        /// The first moment at which it is over.
        let endsAt: Int64
        let lastActAt: Int64?
        /// Why it was ended.
        let reason: String
    }

    let shell: Shell
    /// Only a professional has a space to share.
    let canGive: Bool
    let given: [Entry]
    let received: [Entry]

    var html: [UInt8] {
        shell.page(PageTitle(t("Délégations")), in: .delegations) {
            div(.class("head")) {
                h1 { t("Délégations") }
                p(.class("lead")) {
                    t("Chaque personne travaille avec son propre compte, sous la responsabilité d’une autre.")
                }
            }
            if canGive { givenSection }
            receivedSection
        }
    }

    private var givenSection: Node {
        section(.class("card"), .ariaLabelledBy("donnees")) {
            div(.class("card__h")) {
                h2(.id("donnees")) { t("Délégations données") }
                link(.class("btn btn--p btn--sm"), .href(Path("/profil/delegations/nouvelle"))) {
                    t("Demander une délégation")
                }
            }
            if given.isEmpty {
                EmptyState(
                    text: t("Personne n’agit dans votre espace."),
                    explanation: [
                        t(
                            "Une délégation permet à votre assistante ou à votre remplaçant de travailler pour vous."
                        )
                    ])
            } else {
                list(given, isGiven: true)
                p(.class("card__f")) {
                    link(.href(Path("/profil/delegations/activite"))) { t("Ce qui a été fait en votre nom") }
                }
            }
        }
    }

    private var receivedSection: Node {
        section(.class("card"), .ariaLabelledBy("recues")) {
            div(.class("card__h")) { h2(.id("recues")) { t("Délégations reçues") } }
            if received.isEmpty {
                EmptyState(text: t("Vous n’agissez dans l’espace de personne d’autre."))
            } else {
                list(received, isGiven: false)
            }
        }
    }

    private func list(_ entries: [Entry], isGiven: Bool) -> Node {
        ul(.class("sessions"), .role("list")) {
            for entry in entries { item(entry, isGiven: isGiven) }
        }
    }

    private func item(_ entry: Entry, isGiven: Bool) -> Node {
        li {
            div {
                p {
                    b { entry.person }
                    " "
                    Chip(entry.state.text, entry.state.kind)
                }
                p(.class("hint")) { facts(of: entry) }
                if !entry.reason.isEmpty {
                    p(.class("hint")) { t("Motif : {reason}", ["reason": entry.reason]) }
                }
            }
            div(.class("acts")) {
                if !isGiven, entry.state == .offered { button("accepter", t("Accepter"), entry, .p) }
                if entry.state.isAlive {
                    button(
                        "terminer", !isGiven && entry.state == .offered ? t("Refuser") : t("Terminer"), entry,
                        .s)
                }
            }
        }
    }

    private func facts(of entry: Entry) -> String {
        var facts = [
            DelegationTexts.rights(entry.rights),
            t("depuis le {date}", ["date": DateTexts.date(entry.since)]),
            t("jusqu’au {date}", ["date": DelegationTexts.lastDay(entry.endsAt)]),
        ]
        if let last = entry.lastActAt {
            facts.append(
                t(
                    "dernière activité {moment}",
                    ["moment": DateTexts.sentence(last, now: shell.presentation.now)]))
        }
        return facts.joined(separator: " · ")
    }

    private enum Weight: String { case p, s }

    private func button(_ act: String, _ text: String, _ entry: Entry, _ weight: Weight) -> Node {
        form(.method(.post), .action(Path("/profil/delegations", entry.id, act))) {
            FormToken(shell.formToken)
            HTML.button(
                .class("btn btn--\(weight.rawValue) btn--sm"),
                .ariaLabel(t("{act} : {person}", ["act": text, "person": entry.person]))
            ) { text }
        }
    }
}

/// The state of a delegation as its two sides see it.
enum DelegationState: Sendable, CaseIterable {
    case offered, waiting, active, expired, ended

    init(_ delegation: Delegation, at now: Timestamp) {
        self =
            switch delegation.state {
            case .ended: .ended
            case _ where delegation.endsAt <= now: .expired
            case .offered: .offered
            case .accepted: .waiting
            case .confirmed: .active
            }
    }

    var isAlive: Bool { [.offered, .waiting, .active].contains(self) }

    var text: String {
        switch self {
        case .offered: t("Proposée")
        case .waiting: t("En attente de validation")
        case .active: t("Active")
        case .expired: t("Échue")
        case .ended: t("Terminée")
        }
    }

    var kind: Chip.Kind {
        switch self {
        case .offered: .info
        case .waiting: .warn
        case .active: .ok
        case .expired, .ended: .neutral
        }
    }
}
