import HTML

/// `/aide` (P11): the guides that exist, and how to reach us.
struct HelpPage: Sendable {
    let frame: Frame

    var html: [UInt8] {
        frame.page(PageTitle(t("Aide et contact")), in: .help) {
            h1 { t("Aide et contact") }
            ul(.class("ways"), .role("list")) {
                way(
                    Path("/aide/je-ne-recois-pas"), t("Je ne reçois pas un document"),
                    t("Les deux conditions d’une transmission, et ce que vous pouvez vérifier"))
                way(
                    Path("/mot-de-passe-oublie"), t("Mot de passe oublié"),
                    t("Recevoir un lien pour en choisir un nouveau"))
                way(
                    Path("/protection-des-donnees"), t("Protection des données"),
                    t("Ce qui est enregistré, et pourquoi"))
                way(
                    Path("/accessibilite"), t("Accessibilité"),
                    t("Utiliser le portail au clavier ou avec un lecteur d’écran"))
            }
            questions
            section(.ariaLabelledBy("contact")) {
                h2(.id("contact")) { t("Nous joindre") }
                ContactList(brand: frame.brand)
                if case .signedIn = frame {
                    p {
                        link(.href(Path("/contact"))) {
                            t("Contact {hospital}", ["hospital": frame.brand.hospitalShort])
                        }
                    }
                }
                p { EmergencySentence(number: frame.brand.emergencyNumber) }
            }
        }
    }

    private var questions: Node {
        section(.class("faq"), .ariaLabelledBy("questions")) {
            h2(.id("questions")) { t("Questions fréquentes") }
            question(
                t("Pourquoi un code à chaque connexion ?"),
                t(
                    """
                    Le mot de passe seul ne suffit pas pour des données médicales. Le code prouve que vous \
                    avez aussi votre téléphone ou votre messagerie sécurisée.
                    """
                ))
            question(
                t("Que contient la notification par e-mail ?"),
                t(
                    """
                    Seulement l’annonce qu’un document vous attend. Ni nom, ni type de document, ni \
                    service : un e-mail n’est pas un lieu sûr.
                    """
                ))
            question(
                t("Combien de temps un document reste-t-il disponible ?"),
                t(
                    """
                    La date est indiquée sous chaque document. Téléchargez-le dans votre dossier avant \
                    cette date ; l’original reste à l’hôpital.
                    """
                ))
            question(
                t("Qui voit que j’ai lu un document ?"),
                t(
                    """
                    L’hôpital voit qu’il a été ouvert. Vous voyez la liste complète des accès sous chaque \
                    document.
                    """
                ))
        }
    }

    private func question(_ title: String, _ answer: String) -> Node {
        details {
            summary { title }
            p { answer }
        }
    }

    private func way(_ path: Path, _ title: String, _ text: String) -> Node {
        li {
            link(.class("way"), .href(path)) {
                Icon.help
                span {
                    b { title }
                    small { text }
                }
                Icon.right
            }
        }
    }
}

/// Telephone and address of the people behind the portal.
struct ContactList: Component {
    let brand: Brand

    var body: Node {
        SummaryList(rows: [
            (t("Téléphone"), link(.href(ContactLink(telephone: brand.supportPhone))) { brand.supportPhone }),
            (t("E-mail"), link(.href(ContactLink(email: brand.supportEmail))) { brand.supportEmail }),
            (t("Établissement"), Node(brand.hospitalName)),
        ])
    }
}
