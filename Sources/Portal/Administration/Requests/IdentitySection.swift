import Access
import HTML

/// The identity from outside with which an account was asked for, beside what was declared (ACC-11, D03).
struct IdentitySection: Component {
    let identity: LinkedIdentity

    var body: Node {
        section(.class("card card--pad"), .ariaLabelledBy("identite")) {
            h2(.id("identite")) { t("Demande faite avec une identité externe") }
            SummaryList(rows: [
                (t("Fournisseur"), Node(identity.provider.uppercased())),
                (t("Identifiant"), Node(identity.subject)), (t("Nom"), Node(identity.displayName)),
                (t("GLN"), Node(identity.gln.isEmpty ? "–" : identity.gln)),
                (t("Niveau de vérification"), Node(IdentityLevelTexts.name(identity.level.rawValue))),
            ])
            if identity.provesPerson {
                p {
                    t(
                        """
                        HIN a vérifié la pièce d’identité de cette personne : vous n’avez pas à la demander. \
                        Contrôlez le téléphone et le registre.
                        """)
                }
            } else if identity.state == .requested {
                p { t("Vérifiez l’identité comme pour les autres demandes.") }
                if identity.isSwitchedOff {
                    p {
                        t(
                            """
                            Ce fournisseur est fermé : il ne prouve rien, et le compte ne peut pas être activé \
                            avant qu’il soit rouvert.
                            """)
                    }
                }
            }
            if identity.state == .requested {
                p(.class("hint")) { t("L’activation du compte y associe cette identité.") }
            }
        }
    }
}
