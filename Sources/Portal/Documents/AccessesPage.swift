import HTML

/// `/documents/{id}/acces` (M5): who did what with a document, for whom, and when.
struct AccessesPage: Sendable {
    struct Entry: Sendable {
        /// «Dre Claire Favre»; nil when the portal or the hospital's system acted.
        let person: String?
        /// Under delegation, the one for whom; nil otherwise.
        var principal: String?
        let event: DocumentEvent
        /// UTC milliseconds
        let at: Int64
    }

    let shell: Shell
    let documentID: String
    /// Nil of what is gone.
    let title: String?
    let language: String
    /// From `DocumentTypeTexts.name(code:)`.
    let typeName: String
    let service: String
    /// Nil where it is not told.
    let patient: PatientIdentity?
    /// Newest first.
    let entries: [Entry]
    /// The page with the newest.
    var isFirst = true
    /// Where the next page begins; nil at the end.
    var next: Int64?

    var html: [UInt8] {
        shell.page(PageTitle(t("Accès à ce document"), section: t("Mes documents")), in: .documents) {
            p(.class("crumb")) {
                link(.href(Path("/documents", documentID))) {
                    Icon.left
                    t("Retour au document")
                }
            }
            h1 { t("Accès à ce document") }
            div {
                if let title {
                    p(.class("lead"), .lang(language)) { title }
                } else {
                    p(.class("lead")) { [typeName, service].filter { !$0.isEmpty }.joined(separator: ", ") }
                }
                if let patient {
                    p(.class("lead")) { patient.name + ", " + DateTexts.date(iso: patient.birthDate) }
                }
            }
            OlderAccesses(
                newest: Path("/documents", documentID, "acces"),
                older: next.map {
                    Path("/documents", documentID, "acces", query: ["avant": String($0)])
                }, isFirst: isFirst,
                content: entries.isEmpty
                    ? EmptyState(text: t("Aucun accès enregistré.")).body : entryTable)
            p(.class("hint")) {
                t(
                    """
                    Chaque mise à disposition, ouverture, copie et impression est enregistrée. Cette \
                    consultation l’est aussi.
                    """
                )
            }
        }
    }

    private var isDelegated: Bool { entries.contains { $0.principal != nil } }

    private var columns: [String] {
        isDelegated
            ? [t("Quand"), t("Qui"), t("Pour qui"), t("Quoi")] : [t("Quand"), t("Qui"), t("Quoi")]
    }

    private var entryTable: Node {
        table(.class("table"), .role("table")) {
            caption(.class("vh")) { t("Accès à ce document, du plus récent au plus ancien") }
            thead {
                tr(.role("row")) {
                    for name in columns { th(.scope("col"), .role("columnheader")) { name } }
                }
            }
            tbody {
                for entry in entries {
                    tr(.role("row")) {
                        cell(
                            t("Quand"),
                            HTML.time(.datetime(DateTexts.machine(entry.at))) {
                                DateTexts.dateAndTime(entry.at)
                            })
                        cell(t("Qui"), Node(entry.person ?? shell.brand.hospitalName))
                        if isDelegated { cell(t("Pour qui"), Node(entry.principal ?? "–")) }
                        cell(t("Quoi"), Node(entry.event.text))
                    }
                }
            }
        }
    }

    private func cell(_ name: String, _ content: Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content }
    }
}
