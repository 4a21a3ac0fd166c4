import Access
import HTTPTypes
public import Hummingbird

/// The table of contents of the site: one line per route, with who may enter.
extension PortalSite {
    static let routes: [Route] =
        [
            .get("/", .everyone, PublicRoutes.home),
            .get("/aide", .everyone) { try await PublicRoutes.show($0) { HelpPage(frame: $0).html } },
            .get("/aide/mot-de-passe-oublie", .everyone) {
                try await PublicRoutes.show($0) { ForgottenPasswordPage(frame: $0).html }
            },
            .get("/aide/je-ne-recois-pas", .everyone) {
                try await PublicRoutes.show($0) { MissingDocumentPage(frame: $0).html }
            },
            .get("/accessibilite", .everyone) {
                try await PublicRoutes.show($0) { AccessibilityPage(frame: $0).html }
            },
            .get("/protection-des-donnees", .everyone) {
                try await PublicRoutes.show($0) { PrivacyPage(frame: $0).html }
            },

            .get("/connexion", .everyone, SignInRoutes.show),
            .post("/connexion", .everyone, forged: .signInPassword, SignInRoutes.signIn),
            .get("/connexion/code", .codeExpected, CodeRoutes.show),
            .post("/connexion/code", .codeExpected, forged: .signInCode, CodeRoutes.signIn),
            .get("/connexion/code/renvoyer", .codeExpected, CodeRoutes.showResend),
            .post("/connexion/code/renvoyer", .codeExpected, forged: .codeSent, CodeRoutes.resend),
            .post("/connexion/recommencer", .codeExpected, forged: .sessionEnded, CodeRoutes.startAgain),
            .post("/deconnexion", .signedIn, forged: .signedOut, SignInRoutes.signOut),
            .get("/deconnecte", .everyone, SignInRoutes.signedOut),

            .get("/accueil", .signedIn, HomeRoutes.show),
            .get("/menu", .signedIn, HomeRoutes.menu),
            .post("/apparence", .signedIn, forged: .configurationChanged, HomeRoutes.setTheme),

            .get("/documents", .signedIn, InboxRoutes.show),
            .get("/documents/:id", .signedIn, traced: .documentOpened, DocumentRoutes.show),
            .head("/documents/:id", .signedIn, traced: .documentOpened, DocumentRoutes.head),
            .get("/documents/:id/imprimer", .signedIn, traced: .documentPrinted, DocumentRoutes.print),
            .get("/documents/:id/acces", .signedIn, traced: .accessLogRead, DocumentRoutes.accesses),
            .get("/documents/:id/fichier", .signedIn, traced: .documentDownloaded, DocumentFileRoutes.file),
            .head(
                "/documents/:id/fichier", .signedIn, traced: .documentDownloaded, DocumentFileRoutes.fileHead),
            .get("/documents/:id/pages/:page", .signedIn, traced: .documentOpened, DocumentFileRoutes.page),

            .get("/patients", .signedIn, PatientRoutes.list),
            .get("/patients/:id", .signedIn, traced: .documentSearched, of: "patient", PatientRoutes.show),

            .get("/profil/securite", .signedIn, SecurityRoutes.show),
            .post(
                "/profil/securite/mot-de-passe", .signedIn, forged: .passwordChanged,
                SecurityRoutes.changePassword),
            .post(
                "/profil/securite/sessions/terminer-autres", .signedIn, forged: .sessionEnded,
                SecurityRoutes.endOthers),
            .post(
                "/profil/securite/sessions/:id/terminer", .signedIn, forged: .sessionEnded,
                SecurityRoutes.endSession),

            .get("/assets/:name", .everyone) { visit in
                visit.site.files.response(try visit.parameter("name"), to: visit.request)
            },
        ]

    /// In the order in which a request passes them.
    public func addMiddleware(to router: Router<PortalContext>) {
        router.add(middleware: TraceMiddleware())
        router.add(middleware: SecurityHeadersMiddleware(isSecure: isSecure))
        router.add(middleware: GzipMiddleware())
        router.add(middleware: ErrorPagesMiddleware(site: self))
        router.add(middleware: ArrivalMiddleware(site: self))
        router.add(middleware: SameOriginMiddleware(site: self))
    }

    public func addRoutes(to router: Router<PortalContext>) {
        for route in Self.routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await route.enter(Visit(request: request, context: context, site: self))
            }
        }
    }
}
