import Access
import HTML

/// `/admin/identites`: identities that claim somebody's GLN and wait for the portal team, and the switch of each
/// provider.
struct IdentityDeskPage: Sendable {
    struct Entry: Sendable {
        let id: String
        /// As the provider names the person.
        let name: String
        let provider: String
        let subject: String
        let gln: String
        let level: Int
        /// «Dre Claire Favre», whose account it would open.
        let owner: String
        /// UTC milliseconds
        let since: Int64
        /// Who takes it for the owner's; nil while nobody does.
        let proposer: String?
        /// What keeps the reader from agreeing.
        let hurdle: WaitingIdentity.Hurdle?
    }

    struct Switch: Sendable {
        /// `hin`
        let name: String
        let label: String
        let isOn: Bool
    }

    let shell: Shell
    let waiting: [Entry]
    let switches: [Switch]

    var html: [UInt8] {
        shell.page(PageTitle(t("Identités externes")), in: .identities) {
            div(.class("head")) { h1 { t("Identités externes") } }
            section(.class("card"), .ariaLabelledBy("attente")) {
                div(.class("card__h")) { h2(.id("attente")) { t("À vérifier") } }
                if waiting.isEmpty {
                    EmptyState(text: t("Aucune identité n’attend."))
                } else {
                    ul(.class("sessions"), .role("list")) { for entry in waiting { item(entry) } }
                }
            }
            section(.class("card"), .ariaLabelledBy("fournisseurs")) {
                div(.class("card__h")) { h2(.id("fournisseurs")) { t("Fournisseurs d’identité") } }
                if switches.isEmpty {
                    EmptyState(text: t("Aucun fournisseur n’est configuré."))
                } else {
                    ul(.class("sessions"), .role("list")) { for one in switches { item(one) } }
                }
            }
        }
    }

    private func item(_ entry: Entry) -> Node {
        li {
            div {
                p {
                    t(
                        "{identity} demande l’accès au compte de {owner}",
                        ["identity": b { entry.name }, "owner": b { entry.owner }])
                }
                p(.class("hint")) {
                    t(
                        "{provider}, identifiant {subject}, GLN {gln}, niveau {level}, le {date}",
                        [
                            "provider": entry.provider, "subject": entry.subject, "gln": entry.gln,
                            "level": IdentityLevelTexts.name(entry.level),
                            "date": DateTexts.date(entry.since),
                        ])
                }
                p(.class("hint")) {
                    t("Vérifiez auprès de la personne, à son numéro connu, que cette identité est la sienne.")
                }
                if let proposer = entry.proposer {
                    p {
                        t(
                            "{person} propose de l’associer. Une deuxième personne de l’équipe doit l’accepter.",
                            ["person": b { proposer }])
                    }
                }
                if let hurdle = entry.hurdle { p(.class("hint")) { Self.words(hurdle) } }
            }
            div(.class("acts")) {
                if entry.hurdle == nil {
                    decision(entry, "associer", t("Associer"), "btn btn--p btn--sm")
                }
                decision(entry, "refuser", t("Refuser"), "btn btn--s btn--sm")
            }
        }
    }

    private static func words(_ hurdle: WaitingIdentity.Hurdle) -> String {
        switch hurdle {
        case .ownAccount: t("Ce compte est le vôtre : quelqu’un d’autre décide.")
        case .ownProposal: t("La proposition est la vôtre : quelqu’un d’autre décide.")
        case .personUnknown:
            t("Votre compte n’a pas de numéro de personne : vous ne pouvez pas associer d’identité.")
        case .otherGLN:
            t("Ce GLN n’est pas celui du compte : cette identité est peut-être celle de quelqu’un d’autre.")
        }
    }

    private func decision(_ entry: Entry, _ act: String, _ text: String, _ look: String) -> Node {
        form(.method(.post), .action(Path("/admin/identites", entry.id, act))) {
            FormToken(shell.formToken)
            button(.class(look), .ariaLabel(t("{act} : {person}", ["act": text, "person": entry.name]))) {
                text
            }
        }
    }

    private func item(_ one: Switch) -> Node {
        let text = one.isOn ? t("Fermer") : t("Rouvrir")
        return li {
            div {
                p {
                    b { one.label }
                    " "
                    Chip(one.isOn ? t("ouvert") : t("fermé"), one.isOn ? .ok : .warn)
                }
                p(.class("hint")) {
                    t("Fermer un fournisseur termine aussitôt toutes les sessions ouvertes par lui.")
                }
            }
            form(.method(.post), .action(Path("/admin/identites/fournisseurs", one.name))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("etat"), .value(one.isOn ? "ferme" : "ouvert"))
                button(
                    .class("btn btn--s btn--sm"),
                    .ariaLabel(t("{act} : {person}", ["act": text, "person": one.label]))
                ) { text }
            }
        }
    }
}

/// HIN's levels of verification, in words (requirements, 5.6).
enum IdentityLevelTexts {
    static func name(_ level: Int) -> String {
        switch level {
        case 20...: t("DEP (le plus élevé)")
        case 10..<20: t("Plus")
        default: t("de base")
        }
    }
}
