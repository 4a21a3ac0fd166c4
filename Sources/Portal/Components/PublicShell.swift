package import HTML

/// The frame of a page for somebody who is not signed in.
package struct PublicShell: Sendable {
    package let presentation: Presentation

    package init(presentation: Presentation) { self.presentation = presentation }

    var brand: Brand { presentation.brand }

    /// A short form on the left, what the portal is on the right: the pages of the sign-in.
    /// - Parameter aside: further content under the form, at its width.
    func signInPage(
        _ title: PageTitle, skip: SkipLink = .content, @Markup content: () -> Node
    ) -> [UInt8] {
        presentation.document(title) {
            Icon.sprite([.document, .lock, .eye, .right, .left, .info, .alert, .check, .clock])
            skip
            div(.class("auth")) {
                div(.class("auth__l")) {
                    header(.class("auth__top")) { BrandLink(brand: brand, home: Path("/")) }
                    HTML.main(.id("main"), .class("auth__form"), .tabindex(-1)) { content() }
                    PublicFooter()
                }
                SignInAside(brand: brand)
            }
        }
    }

    /// Text in one column: help, legal pages, errors. Used by the demo's pages too.
    /// - Parameter isWide: for tables and lists of cards.
    package func page(_ title: PageTitle, isWide: Bool = false, @Markup content: () -> Node) -> [UInt8] {
        presentation.document(title) {
            Icon.sprite([
                .document, .lock, .eye, .right, .left, .info, .alert, .check, .people, .help, .chevronDown,
            ])
            SkipLink.content
            div(.class("pub")) {
                header(.class("pub__top")) {
                    BrandLink(brand: brand, home: Path("/"))
                    nav(.class("pub__nav"), .ariaLabel(t("Navigation principale"))) {
                        link(.href(Path("/aide"))) { t("Aide et contact") }
                        link(.class("btn btn--p btn--sm btn--caps"), .href(Path("/connexion"))) {
                            t("Connexion")
                        }
                    }
                }
                HTML.main(.id("main"), .class(isWide ? "page page--wide" : "page"), .tabindex(-1)) {
                    content()
                }
                PublicFooter()
            }
        }
    }
}

/// Links that stand under all public pages.
struct PublicFooter: Component {
    var body: Node {
        footer(.class("foot")) {
            link(.href(Path("/aide"))) { t("Aide et contact") }
            link(.href(Path("/accessibilite"))) { t("Accessibilité") }
            link(.href(Path("/protection-des-donnees"))) { t("Protection des données") }
        }
    }
}

/// What the portal is for, beside the forms of the sign-in.
struct SignInAside: Component {
    let brand: Brand

    var body: Node {
        aside(.class("auth__r"), .ariaLabel(t("À propos de {product}", ["product": brand.productName]))) {
            Waves()
            p(.class("auth__h")) { t("La ville et l’hôpital, autour du même patient.") }
            FeatureList()
            p(.class("notice")) {
                Icon.info
                span { EmergencySentence(number: brand.emergencyNumber) }
            }
        }
    }
}

/// The three promises of the portal.
struct FeatureList: Component {
    var body: Node {
        ul(.class("feat"), .role("list")) {
            feature(
                .document, t("Vos documents, dès qu’ils sont finalisés"),
                t(
                    """
                    Lettres de sortie, comptes rendus, résultats : lus, imprimés ou téléchargés en deux \
                    clics.
                    """
                ))
            feature(
                .lock, t("Une notification sans donnée médicale"),
                t("Un e-mail vous signale un nouveau document. Son contenu reste ici, protégé par un code."))
            feature(
                .eye, t("Chaque accès est tracé"),
                t("Vous voyez qui a ouvert, téléchargé ou imprimé chaque document, et quand."))
        }
    }

    private func feature(_ icon: Icon, _ title: String, _ text: String) -> Node {
        li {
            icon
            div {
                b { title }
                span { text }
            }
        }
    }
}

/// Whom to call when life is at stake.
struct EmergencySentence: Component {
    let number: String

    var body: Node {
        t(
            "Pour une urgence vitale, composez le {number}. Ce portail n’est pas surveillé en continu.",
            ["number": b { number }])
    }
}

/// The drawing behind the petrol half: the water of the lake, twice a circle of light.
struct Waves: Component {
    var body: Node { Self.drawing }

    private static let drawing = svg(
        .class("waves"), .viewBox("0 0 700 900"), .preserveAspectRatio("xMidYMax slice"), .ariaHidden()
    ) {
        shapes(.fill("none"), .stroke("#9FDCEF"), .strokeOpacity(0.16), .strokeWidth(1.5)) {
            path("M-20 690c120-60 240-60 360 0s240 60 380 0")
            path("M-20 725c120-60 240-60 360 0s240 60 380 0")
            path("M-20 765c120-60 240-60 360 0s240 60 380 0")
            path("M-20 812c120-60 240-60 360 0s240 60 380 0")
            path("M-20 866c120-60 240-60 360 0s240 60 380 0")
        }
        circle(600, 110, 190, .fill("#fff"), .fillOpacity(0.035))
        circle(600, 110, 110, .fill("#fff"), .fillOpacity(0.035))
    }
}
