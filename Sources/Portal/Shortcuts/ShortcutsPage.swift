import HTML

/// `/raccourcis` (M37): what the keys do on the lists and on documents, and the one switch for all of them.
struct ShortcutsPage: Sendable {
    let shell: Shell
    let areOn: Bool

    private static var keys: [(keys: String, act: String)] {
        [
            ("/", t("Chercher")), ("j · k", t("Document suivant, précédent")),
            ("↓ · ↑", t("Ligne suivante, précédente de la liste")), (t("Entrée"), t("Ouvrir")),
            (t("Échap"), t("Revenir à la liste, annuler la sélection")), ("n", t("Prochain document non lu")),
            ("u", t("Marquer non lu")), ("x", t("Choisir la ligne")), (t("Maj + x"), t("Choisir jusqu’ici")),
            ("z", t("Annuler la dernière marque")), ("d", t("Télécharger")), ("p", t("Imprimer")),
            ("r", t("Contacter le service")),
            ("[ · ]", t("Page précédente, suivante du document")), ("f", t("Plein écran")),
            (t("g puis d"), t("Mes documents")), (t("g puis p"), t("Mes patients")),
            (t("g puis e"), t("Changer d’espace")),
            (t("Touche ?"), t("Cette page")),
        ]
    }

    var html: [UInt8] {
        shell.page(PageTitle(t("Raccourcis clavier")), in: .account) {
            div(.class("head")) { h1 { t("Raccourcis clavier") } }
            p {
                t(
                    """
                    Une lettre agit dans les listes de documents et de patients et sur un document ouvert, jamais pendant que vous \
                    écrivez dans un champ. Désactivez-les si vous utilisez un lecteur d’écran ou la voix.
                    """)
            }
            section(.class("card card--pad"), .ariaLabelledBy("etat")) {
                h2(.id("etat")) {
                    areOn ? t("Les raccourcis sont activés") : t("Les raccourcis sont désactivés")
                }
                form(.method(.post), .action(Path("/raccourcis"))) {
                    FormToken(shell.formToken)
                    button(.class("btn btn--s"), .name("raccourcis"), .value(areOn ? "non" : "oui")) {
                        areOn ? t("Désactiver") : t("Activer")
                    }
                }
            }
            SummaryList(rows: Self.keys.map { (term: $0.keys, value: Node($0.act)) })
        }
    }
}
