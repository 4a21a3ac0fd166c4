import HTML

/// `/menu` (M38): every entry, for phones and for browsers without scripts.
struct MenuPage: Sendable {
    let shell: Shell

    var html: [UInt8] {
        shell.page(PageTitle(t("Menu")), in: .menu) {
            div(.class("head")) {
                h1 { t("Menu") }
                p(.class("lead")) { shell.person.displayName }
            }
            nav(.class("ways"), .ariaLabel(t("Toutes les entrées"))) {
                places
                entry(.lock, Path("/profil/securite"), t("Sécurité"))
                entry(.clock, Path("/profil/acces"), t("Journal des accès"))
                entry(
                    .info, Path("/contact"), t("Contact {hospital}", ["hospital": shell.brand.hospitalShort]))
                entry(.help, Path("/aide"), t("Aide et contact"))
                entry(.info, Path("/raccourcis"), t("Raccourcis clavier"))
                entry(.info, Path("/accessibilite"), t("Accessibilité"))
                entry(.info, Path("/protection-des-donnees"), t("Protection des données"))
            }
            section(.class("card card--pad"), .ariaLabel(t("Réglages"))) {
                LanguageForm(shell: shell)
                ThemeForm(shell: shell)
                SignOutForm(formToken: shell.formToken)
            }
        }
    }

    /// What there is where the person works now.
    @Markup private var places: Node {
        if shell.place.hasDocuments {
            entry(.home, Path("/accueil"), t("Accueil"))
            entry(.document, Path("/documents"), t("Mes documents"))
            entry(.people, Path("/patients"), t("Mes patients"))
        }
        if case .own = shell.place { entry(.person, Path("/profil"), t("Voir mon profil")) }
        if case .service(let desk) = shell.place {
            if desk.isMember {
                entry(.document, Path("/service/envois"), t("Envois"))
                entry(.help, Path("/service/pourquoi"), t("Pourquoi rien reçu ?"))
            }
            if desk.watchesData { entry(.lock, Path("/dpo/patients"), t("Accès d’un patient")) }
        }
        if case .administration = shell.place {
            entry(.home, Path("/admin/services"), t("Services"))
            entry(.people, Path("/admin/delegations"), t("Délégations"))
            entry(.people, Path("/admin/changements"), t("Changements de nom"))
            entry(.up, Path("/admin/transmissions"), t("Transmissions"))
        }
        if shell.place.hasDelegations {
            entry(.people, Path("/profil/delegations"), t("Délégations"))
            entry(.swap, Path("/delegation"), t("Changer d’espace"))
        }
    }

    private func entry(_ icon: Icon, _ path: Path, _ text: String) -> Node {
        link(.class("way"), .href(path)) {
            icon
            span { text }
            Icon.right
        }
    }
}
