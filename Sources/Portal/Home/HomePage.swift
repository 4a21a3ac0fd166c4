import Directory
import Documents
import HTML

/// `/accueil` (M1): only what there is to do.
struct HomePage: Sendable {
    /// The sign-in before this one.
    struct LastSignIn: Sendable {
        /// UTC milliseconds
        let at: Int64
    }

    let shell: Shell
    /// The newest unread documents, five at most.
    let rows: [DocumentRow]
    let lastSignIn: LastSignIn?
    /// Unread documents that the preferences do not show.
    var hidden = 0
    /// Why one will not be told of new documents.
    var gaps: [DeliveryGap] = []
    /// What the hospital took back in the last days.
    var withdrawn = WithdrawnList(entries: [])
    /// True when the owner has never saved any of the profile.
    var isProfileUntouched = false

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Accueil")), in: .home) {
            div(.class("head")) {
                h1 { t("Accueil") }
                p(.class("lead")) { signInLine }
            }
            for gap in gaps { DeliveryGapBanner(gap: gap) }
            section(.class("card"), .ariaLabelledBy("a-lire")) {
                div(.class("card__h")) {
                    h2(.id("a-lire")) { t("À lire") }
                    ArrivalBar(way: Path("/accueil"))
                    if !rows.isEmpty {
                        p(
                            .class("count"), .dataUnread(), .dataOne(countText(1)), .dataOther(countText(2))
                        ) { countText(shell.unread) }
                    }
                }
                HiddenLine(
                    count: hidden, way: Path("/documents", query: ["vue": "nonlus", "affichage": "tout"]))
                if rows.isEmpty { upToDate } else { list }
            }
            withdrawn
            if isProfileUntouched { invitation }
            ul(.class("ways"), .role("list")) {
                way(
                    .document, Path("/documents"), t("Mes documents"), t("Tous les documents reçus, par jour")
                )
                way(
                    .people, Path("/patients"), t("Mes patients"),
                    t("Les documents de chaque patiente et patient"))
                way(.help, Path("/aide"), t("Aide et contact"), t("Guides, contact, documents manquants"))
            }
        }
    }

    private func countText(_ count: Int) -> String {
        t(
            one: "{count} document non lu", other: "{count} documents non lus", count: count,
            upTo: DocumentLimits.countedRows)
    }

    private var signInLine: String {
        guard let lastSignIn else {
            return t("Première connexion de {person}.", ["person": shell.person.displayName])
        }
        return t(
            "{person}, dernière connexion {moment}.",
            [
                "person": shell.person.displayName,
                "moment": DateTexts.sentence(lastSignIn.at, now: now),
            ])
    }

    /// The profile drives what the hospital sends (PRO-02, PRO-31).
    private var invitation: Node {
        section(.class("card card--pad invite"), .ariaLabelledBy("completer")) {
            div {
                h2(.id("completer")) { t("Complétez votre profil") }
                p {
                    t(
                        """
                        Il contient des informations importantes relatives à l’envoi de documents : vos adresses,                         votre cabinet, vos notifications.
                        """)
                }
            }
            link(.class("btn btn--p"), .href(Path("/profil"))) { t("Voir mon profil") }
        }
    }

    private var upToDate: Node {
        EmptyState(
            text: t("Tout est à jour."), explanation: [t("Aucun document non lu.")],
            way: (Path("/documents"), t("Afficher tous les documents"))
        ).body
    }

    @Markup private var list: Node {
        ul(.role("list")) {
            for row in rows {
                DocumentRowItem(row: row, path: Path("/documents", row.id), moment: .dayAndTime(now: now))
            }
        }
        if shell.unread > rows.count {
            p(.class("card__f")) {
                link(.href(Path("/documents", query: ["vue": "nonlus"]))) { t("Afficher tous les non lus") }
            }
        }
    }

    private func way(_ icon: Icon, _ path: Path, _ title: String, _ text: String) -> Node {
        li {
            link(.class("way"), .href(path)) {
                icon
                span {
                    b { title }
                    small { text }
                }
                Icon.right
            }
        }
    }
}
