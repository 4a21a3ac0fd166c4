import HTML

/// `/profil/securite/codes-de-secours`: what they are for, and a button that makes new ones. Posts the form token to
/// itself.
struct RecoveryCodesPage: Sendable {
    let shell: Shell
    /// Those that were not used yet.
    let remaining: Int

    var html: [UInt8] {
        shell.page(PageTitle(t("Codes de secours"), section: t("Sécurité")), in: .account) {
            SecurityCrumb()
            h1 { t("Codes de secours") }
            section(.class("card card--pad")) {
                p {
                    t(
                        """
                        Dix codes, à conserver sur papier, pour le jour où le téléphone, l’application et la clé \
                        manquent. Chacun remplace une fois le code à la connexion.
                        """
                    )
                }
                if remaining > 0 {
                    p {
                        t(
                            one: "Il vous reste {count} code. Il ne sera plus valable.",
                            other: "Il vous reste {count} codes. Ils ne seront plus valables.",
                            count: remaining)
                    }
                }
                form(.method(.post), .action(Path("/profil/securite/codes-de-secours"))) {
                    FormToken(shell.formToken)
                    button(.class("btn btn--p")) { t("Créer dix nouveaux codes") }
                }
            }
        }
    }
}

/// The codes, shown once.
struct NewRecoveryCodesPage: Sendable {
    let shell: Shell
    /// What was done just before.
    let result: String
    let codes: [String]

    var html: [UInt8] {
        shell.page(PageTitle(t("Vos codes de secours"), section: t("Sécurité")), in: .account) {
            ResultBox(text: result)
            h1 { t("Vos codes de secours") }
            section(.class("card card--pad")) {
                p {
                    t(
                        """
                        Imprimez cette page ou recopiez les codes, et gardez-les hors de portée. Ils ne seront plus \
                        jamais affichés ; chacun ne sert qu’une fois.
                        """
                    )
                }
                ol(.class("codes")) { for one in codes { li { code { one } } } }
                div(.class("form__b")) {
                    link(.class("btn btn--p"), .href(Path("/profil/securite"))) {
                        t("J’ai conservé les codes")
                    }
                }
            }
        }
    }
}
