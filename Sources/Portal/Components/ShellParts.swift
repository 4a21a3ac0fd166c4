import Documents
import HTML

/// The left column on a wide screen.
struct ShellSide: Component {
    let brand: Brand
    let place: Shell.Place
    let unread: Int
    let section: Section?

    var body: Node {
        aside(.class("side"), .ariaLabel(t("Navigation"))) {
            BrandLink(brand: brand, home: place.home)
            if let acting = place.acting { SpaceLink(space: acting) }
            nav(.class("nav"), .ariaLabel(t("Navigation principale"))) { entries }
            nav(.class("nav side__foot"), .ariaLabel(t("Aide"))) {
                entry(.help, Path("/aide"), t("Aide et contact"), .help)
            }
        }
    }

    @Markup private var entries: Node {
        switch place {
        case .own, .principal:
            if place.hasDocuments {
                entry(.home, Path("/accueil"), t("Accueil"), .home)
                entry(.document, Path("/documents"), t("Mes documents"), .documents, count: unread)
                entry(.people, Path("/patients"), t("Mes patients"), .patients)
            }
            contact
        case .none: entry(.swap, Path("/connexion/espace"), t("Choisir un espace"), .spaces)
        case .service(let desk):
            if desk.isMember {
                p(.class("side__t")) { t("Service") }
                link(.href(Path("/service/envois")), .ariaCurrent(section == .sendings)) {
                    Icon.document
                    t("Envois")
                    WishBadge(count: desk.wishes)
                }
                entry(.help, Path("/service/pourquoi"), t("Pourquoi rien reçu ?"), .why)
            }
            if desk.watchesData { entry(.lock, Path("/dpo/patients"), t("Accès d’un patient"), .accesses) }
        case .registration, .administration: desk
        }
    }

    private var contact: Node {
        entry(
            .info, Path("/contact"), t("Contact {hospital}", ["hospital": brand.hospitalShort]), .contact)
    }

    /// The desk of the portal team; who only checks identities sees the first three.
    @Markup private var desk: Node {
        p(.class("side__t")) { t("Administration") }
        entry(.home, Path("/admin"), t("Tableau de bord"), .dashboard)
        entry(.document, Path("/admin/comptes/demandes"), t("Demandes de compte"), .requests)
        entry(.clock, Path("/admin/rendez-vous"), t("Rendez-vous"), .appointments)
        if case .administration = place {
            entry(.people, Path("/admin/comptes"), t("Comptes"), .accounts)
            entry(.home, Path("/admin/services"), t("Services"), .services)
            entry(.swap, Path("/admin/delegations"), t("Délégations"), .delegations)
            entry(.people, Path("/admin/changements"), t("Changements de nom"), .nameChanges)
            entry(.lock, Path("/admin/identites"), t("Identités externes"), .identities)
            entry(.lock, Path("/admin/domaines"), t("Domaines e-mail"), .domains)
            entry(.up, Path("/admin/transmissions"), t("Transmissions"), .transmissions)
            entry(.search, Path("/admin/journal"), t("Journal"), .journal)
        }
    }

    private func entry(
        _ icon: Icon, _ path: Path, _ text: String, _ target: Section, count: Int = 0
    ) -> Node {
        link(.href(path), .ariaCurrent(section == target)) {
            icon
            text
            if target == .documents { UnreadBadge(count: count) }
        }
    }
}

/// The bar at the top: search, and the menu of the person.
struct ShellTop: Component {
    let shell: Shell

    var body: Node {
        header(.class("top")) {
            BrandLink(brand: shell.brand, home: shell.place.home, isCompact: true)
            if shell.place.hasDocuments { search }
            details(.class("user"), .dataBoot("menu")) {
                summary(.class("user__s")) {
                    span(.class("avatar"), .ariaHidden()) { shell.person.initials }
                    span(.class("vh")) { t("Votre compte") }
                    span(.class("only-d")) { shell.person.displayName }
                    span(.class("only-d")) { Icon.chevronDown }
                }
                div(.class("menu")) { menu }
            }
        }
    }

    private var search: Node {
        form(
            .class("search"), .role("search"), .method(.post), .action(Path("/documents/recherche")),
            .dataBoot("search"), .dataPlace("#liste h1"),
            .dataOther(t("La recherche n’a pas abouti. Réessayez avec la touche Entrée."))
        ) {
            FormToken(shell.formToken)
            label(.class("vh"), .for("q")) { t("Rechercher un patient ou un document") }
            Icon.search
            input(
                .class("input"), .id("q"), .name("q"), .type("search"), .value(shell.search),
                .placeholder(t("Patient, document")), .autocomplete("off"), .maxLength(100))
        }
    }

    @Markup private var menu: Node {
        p(.class("menu__who")) { shell.person.displayName }
        if case .own = shell.place {
            link(.class("menu__i"), .href(Path("/profil"))) {
                Icon.person
                t("Voir mon profil")
            }
        }
        link(.class("menu__i"), .href(Path("/profil/securite"))) {
            Icon.lock
            t("Sécurité")
        }
        link(.class("menu__i"), .href(Path("/profil/acces"))) {
            Icon.clock
            t("Journal des accès")
        }
        if shell.place.hasDelegations {
            link(.class("menu__i"), .href(Path("/profil/delegations"))) {
                Icon.people
                t("Délégations")
            }
            link(.class("menu__i"), .href(Path("/delegation"))) {
                Icon.swap
                t("Changer d’espace")
            }
        }
        LanguageForm(shell: shell)
        ThemeForm(shell: shell)
        SignOutForm(formToken: shell.formToken)
    }
}

/// The choice of the language, where there is one.
struct LanguageForm: Component {
    let shell: Shell

    var body: Node {
        if shell.languages.count > 1 {
            form(.class("theme"), .method(.post), .action(Path("/langue"))) {
                FormToken(shell.formToken)
                input(.type("hidden"), .name("retour"), .value(shell.address))
                fieldset {
                    legend(.class("menu__l")) { t("Langue") }
                    div(.class("theme__b")) {
                        for language in shell.languages {
                            button(
                                .name("langue"), .value(language.rawValue), .lang(language.rawValue),
                                .ariaPressed(language == Catalogue.current.language)
                            ) { language.ownName }
                        }
                    }
                }
            }
        } else {
            Node()
        }
    }
}

/// The choice of the colour scheme, as three buttons of one form.
struct ThemeForm: Component {
    let shell: Shell

    var body: Node {
        form(.class("theme"), .method(.post), .action(Path("/apparence"))) {
            FormToken(shell.formToken)
            input(.type("hidden"), .name("retour"), .value(shell.address))
            fieldset {
                legend(.class("menu__l")) { t("Thème") }
                div(.class("theme__b")) {
                    for theme in Theme.allCases {
                        button(
                            .name("theme"), .value(theme.rawValue),
                            .ariaPressed(theme == shell.presentation.theme)
                        ) { theme.name }
                    }
                }
            }
        }
    }
}

struct SignOutForm: Component {
    let formToken: String

    var body: Node {
        form(.class("menu__out"), .method(.post), .action(Path("/deconnexion"))) {
            FormToken(formToken)
            button(.class("btn btn--s btn--sm btn--full")) { t("Se déconnecter") }
        }
    }
}

/// The bar at the foot of small screens.
struct TabBar: Component {
    let place: Shell.Place
    let unread: Int
    let section: Section?

    var body: Node {
        nav(.class("tabbar"), .ariaLabel(t("Navigation principale"))) {
            if place.hasDocuments {
                tab(.home, Path("/accueil"), t("Accueil"), section == .home)
                link(.href(Path("/documents")), .ariaCurrent(section == .documents)) {
                    Icon.document
                    t("Documents")
                    UnreadBadge(count: unread)
                }
                tab(.people, Path("/patients"), t("Patients"), section == .patients)
                tab(.info, Path("/contact"), t("Contact"), section == .contact)
            }
            tab(.menu, Path("/menu"), t("Menu"), section == .menu || section == .account || section == .help)
        }
    }

    private func tab(_ icon: Icon, _ path: Path, _ text: String, _ isCurrent: Bool) -> Node {
        link(.href(path), .ariaCurrent(isCurrent)) {
            icon
            text
        }
    }
}

/// How many documents wait; «99+» at most. Hidden while there are none, so that a script can show it.
struct UnreadBadge: Component {
    let count: Int

    var body: Node {
        span(.class("badge"), .hidden(count == 0)) {
            span(.ariaHidden(), .dataUnread()) { Typography.number(count, upTo: 99) }
            span(.class("vh"), .dataUnread(), .dataOne(text(1)), .dataOther(text(2))) { text(count) }
        }
    }

    private func text(_ count: Int) -> String {
        t(one: "{count} non lu", other: "{count} non lus", count: count, upTo: DocumentLimits.countedRows)
    }
}

extension Shell.Place {
    /// Where the mark leads.
    var home: Path {
        switch self {
        case .own, .principal: Path("/accueil")
        case .none: Path("/connexion/espace")
        case .service: Path("/menu")
        case .registration, .administration: Path("/admin")
        }
    }

    var hasDelegations: Bool {
        switch self {
        case .own, .principal, .none: true
        case .service, .registration, .administration: false
        }
    }
}
