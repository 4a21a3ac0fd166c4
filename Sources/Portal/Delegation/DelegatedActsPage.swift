import Access
import HTML

/// `/profil/delegations/activite`: what others did in one's name.
struct DelegatedActsPage: Sendable {
    struct Entry: Sendable {
        let delegate: String
        let act: String
        let wasRefused: Bool
        /// UTC milliseconds
        let at: Int64
        /// The document it was done to.
        let documentID: String?
    }

    let shell: Shell
    /// Newest first.
    let entries: [Entry]

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Ce qui a été fait en votre nom"), section: t("Délégations")), in: .delegations
        ) {
            p(.class("crumb")) {
                link(.href(Path("/profil/delegations"))) {
                    Icon.left
                    t("Délégations")
                }
            }
            h1 { t("Ce qui a été fait en votre nom") }
            if entries.isEmpty {
                EmptyState(text: t("Rien n’a été fait en votre nom."))
            } else {
                entryTable
            }
            p(.class("hint")) { t("Cette consultation est enregistrée aussi.") }
        }
    }

    private var entryTable: Node {
        table(.class("table"), .role("table")) {
            caption(.class("vh")) { t("Actions faites en votre nom, de la plus récente à la plus ancienne") }
            thead {
                tr(.role("row")) {
                    for name in [t("Quand"), t("Qui"), t("Quoi")] {
                        th(.scope("col"), .role("columnheader")) { name }
                    }
                }
            }
            tbody {
                for entry in entries {
                    tr(.role("row")) {
                        cell(t("Quand")) {
                            HTML.time(.datetime(DateTexts.machine(entry.at))) {
                                DateTexts.dateAndTime(entry.at)
                            }
                        }
                        cell(t("Qui")) { entry.delegate }
                        cell(t("Quoi")) {
                            if let id = entry.documentID {
                                link(.href(Path("/documents", id, "acces"))) { entry.act }
                            } else {
                                entry.act
                            }
                            if entry.wasRefused {
                                " "
                                Chip(t("Refusé"), .danger)
                            }
                        }
                    }
                }
            }
        }
    }

    private func cell(_ name: String, @Markup _ content: () -> Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content() }
    }
}
