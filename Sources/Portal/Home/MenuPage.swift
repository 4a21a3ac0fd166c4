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
                entry(.home, Path("/accueil"), t("Accueil"))
                entry(.document, Path("/documents"), t("Mes documents"))
                entry(.people, Path("/patients"), t("Mes patients"))
                entry(.lock, Path("/profil/securite"), t("Sécurité"))
                entry(.help, Path("/aide"), t("Aide et contact"))
                entry(.info, Path("/accessibilite"), t("Accessibilité"))
                entry(.info, Path("/protection-des-donnees"), t("Protection des données"))
            }
            section(.class("card card--pad"), .ariaLabel(t("Réglages"))) {
                ThemeForm(shell: shell)
                SignOutForm(formToken: shell.formToken)
            }
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
