import HTML

/// `/aide/je-ne-recois-pas` (P11): the two conditions of a transmission, and what one can check. Who is signed in to a
/// space of documents reads what was checked for him, and the one thing to do first.
struct MissingDocumentPage: Sendable {
    let frame: Frame
    var live: LiveDiagnosis?

    var html: [UInt8] {
        frame.page(PageTitle(t("Je ne reçois pas un document"), section: t("Aide et contact")), in: .help) {
            Crumb()
            h1 { t("Je ne reçois pas un document") }
            if let live { live }
            p(.class("lead")) { t("Un document vous parvient lorsque deux conditions sont remplies.") }
            ol {
                li {
                    b { t("La patiente ou le patient vous a désigné.") }
                    " "
                    t(
                        """
                        La désignation vaut pour un séjour ou un suivi, et elle comprend l’accord pour \
                        l’envoi électronique. Elle se fait à l’admission et peut être retirée en tout \
                        temps.
                        """
                    )
                }
                li {
                    b { t("Le document est transmissible et finalisé.") }
                    " "
                    t(
                        """
                        Certains types de documents ne quittent pas l’hôpital. Un document en cours de \
                        rédaction n’est pas envoyé.
                        """
                    )
                }
            }
            h2 { t("Ce que vous pouvez vérifier") }
            ul {
                li {
                    t(
                        """
                        Dans Mes documents, retirez les filtres : le document est peut-être déjà lu ou \
                        plus ancien.
                        """
                    )
                }
                li { t("Demandez à votre patiente ou patient si votre nom a été donné à l’admission.") }
                li {
                    t(
                        """
                        Une notification absente ne signifie pas un document absent : il n’en part qu’une \
                        jusqu’à votre prochaine connexion, selon votre réglage.
                        """
                    )
                }
                li {
                    t(
                        """
                        Un document expiré n’est plus affiché. Le service peut le mettre à nouveau à \
                        disposition.
                        """
                    )
                }
            }
            h2 { t("Il manque encore quelque chose ?") }
            p {
                t(
                    """
                    Indiquez-nous le service et la date du séjour. N’écrivez aucune donnée médicale dans \
                    un e-mail non sécurisé.
                    """
                )
            }
            ContactList(brand: frame.brand)
        }
    }
}

/// Back to the overview of the help.
struct Crumb: Component {
    var body: Node {
        p(.class("crumb")) {
            link(.href(Path("/aide"))) {
                Icon.left
                t("Aide et contact")
            }
        }
    }
}
