import Directory
import HTML

/// The tabs of the profile, in the order of the requirements (PRO-03).
enum ProfileTab: CaseIterable, Sendable {
    case identity, addresses, organization, preferences

    var path: Path {
        switch self {
        case .identity: Path("/profil")
        case .addresses: Path("/profil/adresses")
        case .organization: Path("/profil/organisation")
        case .preferences: Path("/profil/preferences")
        }
    }

    var name: String {
        switch self {
        case .identity: t("Informations personnelles")
        case .addresses: t("Vos adresses")
        case .organization: t("Votre organisation / cabinet")
        case .preferences: t("Préférences pour le portail")
        }
    }
}

/// What all pages of the profile have around them: what is wrong, the heading, the tabs, the ways to security and
/// delegations.
struct ProfileFrame: Sendable {
    let shell: Shell
    let tab: ProfileTab
    var mistakes: [FieldMistake] = []
    /// Another title than the tab's: the form of one address.
    var title: String?

    func page(@Markup content: () -> Node) -> [UInt8] {
        shell.page(
            PageTitle(title ?? tab.name, section: t("Profil"), isError: !mistakes.isEmpty), in: .account
        ) {
            if !mistakes.isEmpty { ErrorSummary(mistakes: mistakes) }
            div(.class("head head--act")) {
                h1 { t("Profil") }
                p(.class("head__l")) {
                    link(.class("btn btn--s btn--sm"), .href(Path("/profil/securite"))) {
                        Icon.lock
                        t("Sécurité")
                    }
                    " "
                    link(.class("btn btn--s btn--sm"), .href(Path("/profil/delegations"))) {
                        Icon.people
                        t("Délégations")
                    }
                    " "
                    link(.class("btn btn--s btn--sm"), .href(Path("/profil/logiciels"))) {
                        t("Logiciels du cabinet")
                    }
                }
            }
            nav(.class("tabs"), .ariaLabel(t("Profil")), .dataBoot("tabs")) {
                for one in ProfileTab.allCases {
                    link(.href(one.path), .ariaCurrent(one == tab)) { one.name }
                }
            }
            content()
        }
    }
}

/// What was saved while this form was open, in the words of its fields. Nothing of what was typed is lost: saving again
/// overwrites it.
struct SavedMeanwhile: Component {
    /// Label and value, of those fields only that differ from what was typed.
    let rows: [(label: String, value: String)]

    var body: Node {
        if rows.isEmpty {
            Node()
        } else {
            NoteBox(.warn) {
                p { t("Enregistré entre-temps, autrement que votre saisie :") }
                dl(.class("sum")) {
                    for row in rows {
                        div {
                            dt { row.label }
                            dd { row.value.isEmpty ? t("vide") : row.value }
                        }
                    }
                }
            }
        }
    }
}

/// Why somebody will not be told of new documents (D13).
struct DeliveryGapBanner: Component {
    let gap: DeliveryGap
    /// False on the page of the preferences itself.
    var hasLink = true

    var body: Node {
        NoteBox(.warn) {
            p { gap.text }
            if hasLink {
                p { link(.href(Path("/profil/preferences"))) { t("Modifier les préférences") } }
            }
        }
    }
}
