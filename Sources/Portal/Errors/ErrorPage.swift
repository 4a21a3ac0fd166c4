import HTML

/// What one reads when a page cannot be shown (P17): plain words, a way on, a telephone number, and for a
/// fault of ours a number under which it can be found.
struct ErrorPage: Sendable {
    enum Kind: Int, Sendable, CaseIterable {
        case badRequest = 400
        case forbidden = 403
        /// Unknown, or not yours: the same page.
        case notFound = 404
        case conflict = 409
        case gone = 410
        case tooLarge = 413
        case unreadable = 422
        case tooManyRequests = 429
        case fault = 500
        case unavailable = 503

        /// The page for any status; those without one of their own get the nearest.
        init(status: Int) {
            self = Kind(rawValue: status) ?? (status < 500 ? .badRequest : .fault)
        }
    }

    let kind: Kind
    let frame: Frame
    /// For a fault: what the person tells us, and what stands in our log.
    var incident: String?
    /// Why, and who can change that, where more is known than the kind.
    var reason: String?
    /// Whether one was on the way to a document, which one may need at once.
    var isAboutDocument = true

    var html: [UInt8] {
        frame.page(PageTitle(kind.title, isError: true), in: nil) {
            p(.class("code")) { t("Code {number}", ["number": String(kind.rawValue)]) }
            h1 { kind.title }
            p(.class("lead")) { reason ?? kind.explanation }
            if let incident {
                p { t("Numéro de l’incident : {number}", ["number": incident]) }
            }
            p { way }
            section(.class("new")) {
                h2 {
                    isAboutDocument ? t("Il vous faut ce document maintenant ?") : t("Besoin d’aide ?")
                }
                ContactSentence(brand: frame.brand)
                p { EmergencySentence(number: frame.brand.emergencyNumber) }
            }
        }
    }

    private var way: Node {
        switch frame {
        case .visitor: link(.class("btn btn--p"), .href(Path("/"))) { t("Page d’accueil du portail") }
        case .signedIn: link(.class("btn btn--p"), .href(Path("/accueil"))) { t("Revenir à l’accueil") }
        }
    }
}

extension ErrorPage.Kind {
    var title: String {
        switch self {
        case .badRequest: t("Demande incomplète")
        case .forbidden: t("Accès refusé")
        case .notFound: t("Page introuvable")
        case .conflict: t("Modifié entre-temps")
        case .gone: t("Contenu expiré")
        case .tooLarge: t("Envoi trop volumineux")
        case .unreadable: t("Formulaire illisible")
        case .tooManyRequests: t("Trop de demandes")
        case .fault: t("Le service ne répond pas")
        case .unavailable: t("Service momentanément indisponible")
        }
    }

    var explanation: String {
        switch self {
        case .badRequest:
            t("L’adresse ou le formulaire n’est pas complet. Revenez à la page précédente et réessayez.")
        case .forbidden: t("Le formulaire n’était plus valable, ou votre compte n’a pas accès à cette page.")
        case .notFound: t("Cette page ou ce document n’existe pas, ou ne vous est pas adressé.")
        case .conflict:
            t("Ce que vous vouliez changer a été modifié entre-temps. Revenez à la page et vérifiez.")
        case .gone:
            t(
                """
                Ce contenu n’est plus disponible. Le service qui l’a envoyé peut le mettre à nouveau à \
                disposition.
                """
            )
        case .tooLarge: t("Ce qui a été envoyé dépasse la taille permise.")
        case .unreadable: t("Le formulaire n’a pas pu être lu. Revenez à la page précédente et réessayez.")
        case .tooManyRequests: t("Vous avez fait beaucoup de demandes en peu de temps. Patientez une minute.")
        case .fault:
            t("Une panne de notre côté empêche d’afficher cette page. Réessayez dans quelques minutes.")
        case .unavailable:
            t("Une opération de maintenance ou une surcharge est en cours. Réessayez dans quelques minutes.")
        }
    }
}
