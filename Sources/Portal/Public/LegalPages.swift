import HTML

/// `/accessibilite` (P13): level, state, how to report an obstacle.
struct AccessibilityPage: Sendable {
    let frame: Frame

    var html: [UInt8] {
        frame.page(PageTitle(t("Accessibilité")), in: .help) {
            h1 { t("Accessibilité") }
            p(.class("lead")) {
                t(
                    "{product} vise la conformité aux WCAG 2.2, niveau AA, et à la norme eCH-0059.",
                    ["product": frame.brand.productName])
            }
            h2 { t("Ce qui est en place") }
            ul {
                li { t("Toutes les pages s’utilisent au clavier seul et sans JavaScript.") }
                li {
                    t(
                        """
                        Chaque commande a un nom pour les lecteurs d’écran ; chaque page a un titre et un \
                        lien vers son contenu.
                        """
                    )
                }
                li { t("Les contrastes atteignent 4,5:1 pour le texte, en thème clair et en thème sombre.") }
                li {
                    t(
                        """
                        Les pages se lisent à 320 pixels de large et agrandies à 400 % sans défilement \
                        horizontal.
                        """
                    )
                }
                li { t("Les animations sont absentes lorsque votre appareil le demande.") }
            }
            h2 { t("Limites connues") }
            ul {
                li {
                    t(
                        """
                        Les documents sont des PDF produits par d’autres systèmes. Leur aperçu est une \
                        image ; une version texte est proposée sous l’aperçu lorsque le fichier contient \
                        du texte.
                        """
                    )
                }
                li { t("Le portail n’existe aujourd’hui qu’en français.") }
            }
            h2 { t("Signaler un obstacle") }
            p { t("Décrivez la page et ce qui vous arrête. Nous répondons en cinq jours ouvrables.") }
            ContactList(brand: frame.brand)
        }
    }
}

/// `/protection-des-donnees` (P14): purposes, what is kept, for how long, and rights.
struct PrivacyPage: Sendable {
    let frame: Frame

    var html: [UInt8] {
        frame.page(PageTitle(t("Protection des données")), in: .help) {
            h1 { t("Protection des données") }
            p(.class("lead")) {
                t(
                    "Responsable des données traitées dans {product} : {hospital}.",
                    ["hospital": frame.brand.hospitalName, "product": frame.brand.productName])
            }
            nav(.ariaLabel(t("Sur cette page"))) {
                ul {
                    li { link(.href(anchor: "buts")) { t("À quoi servent les données") } }
                    li { link(.href(anchor: "donnees")) { t("Ce qui est enregistré") } }
                    li { link(.href(anchor: "durees")) { t("Combien de temps") } }
                    li { link(.href(anchor: "droits")) { t("Vos droits") } }
                }
            }
            purposes
            contents
            h2(.id("durees")) { t("Combien de temps") }
            p {
                t(
                    """
                    Un document est disponible jusqu’à la date indiquée sous son aperçu ; ensuite son \
                    contenu est détruit dans le portail. L’original reste dans le dossier de l’hôpital. Le \
                    journal des accès est conservé selon les délais légaux.
                    """
                )
            }
            h2(.id("droits")) { t("Vos droits") }
            p {
                t(
                    """
                    Vous pouvez demander quelles données vous concernent, les faire corriger et savoir qui \
                    les a consultées. Les patientes et les patients s’adressent à l’hôpital.
                    """
                )
            }
            ContactList(brand: frame.brand)
        }
    }

    @Markup private var purposes: Node {
        h2(.id("buts")) { t("À quoi servent les données") }
        p {
            t(
                """
                Le portail transmet aux professionnelles et professionnels de santé les documents \
                finalisés de leurs patientes et patients, avec l’accord de ceux-ci. Il ne sert à aucun \
                autre but : ni publicité, ni mesure d’audience, ni vente.
                """
            )
        }
    }

    @Markup private var contents: Node {
        h2(.id("donnees")) { t("Ce qui est enregistré") }
        ul {
            li {
                t(
                    """
                    Votre compte : nom, identifiant professionnel, adresse e-mail, numéro de téléphone, \
                    mot de passe sous une forme qui ne permet pas de le retrouver.
                    """
                )
            }
            li { t("Les documents qui vous sont adressés, chiffrés, chacun avec sa propre clé.") }
            li {
                t(
                    """
                    Le journal : connexions, ouvertures, téléchargements, impressions, avec la date, la \
                    personne et l’adresse réseau. Il ne peut pas être modifié sans que cela se voie.
                    """
                )
            }
            li {
                t(
                    """
                    Quatre cookies nécessaires : votre session, la protection des formulaires, la \
                    reconnaissance d’un navigateur déjà utilisé pour la connexion (180 jours) et votre choix \
                    de thème. Aucun cookie de tiers.
                    """)
            }
        }
        p { t("Les e-mails et les SMS ne contiennent aucune donnée sur les patientes et les patients.") }
    }
}
