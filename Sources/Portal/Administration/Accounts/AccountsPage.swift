import Access
import Enrolment
import HTML

/// `/admin/comptes` (C5): accounts by name, address or number.
struct AccountsPage: Sendable {
    let shell: Shell
    let list: AccountList
    var words = ""
    var state: Account.State?

    var html: [UInt8] {
        shell.page(PageTitle(t("Comptes")), in: .accounts) {
            div(.class("head head--act")) {
                h1 { t("Comptes") }
                div(.class("chips")) {
                    link(.class("btn btn--s btn--sm"), .href(Path("/admin/equipe"))) { t("Équipe") }
                    link(.class("btn btn--s btn--sm"), .href(Path("/admin/professions"))) { t("Professions") }
                    link(.class("btn btn--s btn--sm"), .href(Path("/admin/registre"))) { t("Registre") }
                }
            }
            form(.class("find"), .role("search"), .method(.get), .action(Path("/admin/comptes"))) {
                label(.for("c-q")) { t("Nom, adresse e-mail ou identifiant") }
                div {
                    input(
                        .class("input"), .id("c-q"), .name("q"), .type("search"), .value(words),
                        .autocomplete("off"), .maxLength(100))
                    button(.class("btn btn--s")) { t("Chercher") }
                }
            }
            nav(.class("pills"), .ariaLabel(t("État des comptes"))) {
                pill(nil, t("Tous"))
                for one in [Account.State.active, .emailUnconfirmed, .suspended, .closed] {
                    pill(one, one.text)
                }
            }
            if list.rows.isEmpty {
                EmptyState(text: t("Aucun compte pour cette recherche."))
            } else {
                table
            }
            if let next = list.next {
                nav(.class("pages"), .ariaLabel(t("Pagination"))) {
                    link(
                        .class("btn btn--s btn--sm"), .rel("next"),
                        .href(Path("/admin/comptes", segments: [], query: query + [("apres", next.rawValue)]))
                    ) { t("Suite") }
                }
            }
        }
    }

    private var query: [(key: String, value: String)] {
        [("q", words), ("etat", state?.rawValue ?? "")].filter { !$0.1.isEmpty }
    }

    private func pill(_ one: Account.State?, _ text: String) -> Node {
        let kept: [(key: String, value: String)] = words.isEmpty ? [] : [("q", words)]
        let chosen: [(key: String, value: String)] = one.map { [("etat", $0.rawValue)] } ?? []
        let path = Path("/admin/comptes", segments: [], query: kept + chosen)
        return link(.href(path), .ariaCurrentItem(one == state)) { text }
    }

    private var table: Node {
        HTML.table(.class("table")) {
            caption(.class("vh")) { t("Comptes") }
            thead {
                tr {
                    th(.scope("col")) { t("Personne") }
                    th(.scope("col")) { t("Rôle") }
                    th(.scope("col")) { t("Identifiant") }
                    th(.scope("col")) { t("Adresse e-mail") }
                    th(.scope("col")) { t("État") }
                }
            }
            tbody {
                for row in list.rows {
                    tr {
                        td(.dataLabel(t("Personne"))) {
                            link(.href(Path("/admin/comptes", row.account.id.rawValue))) {
                                b { "\(row.account.familyName) \(row.account.givenName)" }
                            }
                        }
                        td(.dataLabel(t("Rôle"))) { row.account.role.text }
                        td(.dataLabel(t("Identifiant"))) { row.identifier.isEmpty ? "–" : row.identifier }
                        td(.dataLabel(t("Adresse e-mail"))) { row.account.email }
                        td(.dataLabel(t("État"))) { span(.class("chips")) { row.account.state.chip } }
                    }
                }
            }
        }
    }
}

extension Account.Role {
    var text: String {
        switch self {
        case .practitioner: t("Professionnelle ou professionnel")
        case .delegate: t("Assistante ou assistant")
        case .serviceMember: t("Service de l’hôpital")
        case .registrar: t("Vérification d’identité")
        case .portalAdmin: t("Équipe du portail")
        }
    }
}

extension Account.State {
    var text: String {
        switch self {
        case .requested, .proofingPending: t("À vérifier")
        case .emailUnconfirmed: t("E-mail à confirmer")
        case .active: t("Actif")
        case .suspended: t("Suspendu")
        case .expired: t("Expiré")
        case .closed: t("Fermé")
        }
    }

    var chip: Chip {
        switch self {
        case .active: Chip(text, .ok)
        case .requested, .proofingPending, .emailUnconfirmed: Chip(text, .info)
        case .suspended, .expired: Chip(text, .warn)
        case .closed: Chip(text, .neutral)
        }
    }
}
