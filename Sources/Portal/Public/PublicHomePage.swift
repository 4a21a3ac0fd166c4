import HTML

/// `/` (P1): what the portal is, for whom, and the way in.
struct PublicHomePage: Sendable {
    let shell: PublicShell

    private var brand: Brand { shell.brand }

    var html: [UInt8] {
        shell.presentation.document(PageTitle(t("Portail des professionnels de santé")), bodyClass: "home") {
            Icon.sprite([.document, .lock, .eye, .info, .right])
            SkipLink.content
            Waves()
            header(.class("home__top")) {
                BrandLink(brand: brand, home: Path("/"))
                link(.href(Path("/aide"))) { t("Aide et contact") }
            }
            HTML.main(.id("main"), .class("home__m"), .tabindex(-1)) {
                div(.class("home__t")) {
                    h1 { t("La ville et l’hôpital, autour du même patient.") }
                    p(.class("lead")) {
                        t(
                            """
                            {product} transmet aux professionnelles et professionnels de santé les documents \
                            de leurs patientes et patients, dès qu’ils sont finalisés à l’hôpital.
                            """,
                            ["product": brand.productName])
                    }
                    p {
                        link(.class("btn btn--p btn--caps btn--lg"), .href(Path("/connexion"))) {
                            t("Connexion")
                        }
                    }
                }
                FeatureList()
                p(.class("notice home__n")) {
                    Icon.info
                    span { EmergencySentence(number: brand.emergencyNumber) }
                }
            }
            PublicFooter()
        }
    }
}
