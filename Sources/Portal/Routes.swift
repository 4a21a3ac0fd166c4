import Access
import HTTPTypes
public import Hummingbird

/// The table of contents of the site: one line per route, with who may enter.
extension PortalSite {
    static let routes: [Route] = own + desk + service

    private static let own: [Route] =
        [
            .get("/", .everyone, PublicRoutes.home),
            .get("/aide", .everyone) { try await PublicRoutes.show($0) { HelpPage(frame: $0).html } },
            .get("/contact", .account, ContactRoutes.show),
            .get("/aide/je-ne-recois-pas", .everyone, DiagnosisRoutes.show),
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
            .post("/connexion/cle", .everyone, forged: .signInPasskey, SignInRoutes.signInWithPasskey),
            .get("/connexion/code/secours", .codeExpected, CodeRoutes.showRecovery),
            .post("/connexion/code/secours", .codeExpected, forged: .signInCode, CodeRoutes.recover),
            .post("/connexion/code/methode", .codeExpected, forged: .codeSent, CodeRoutes.choose),
            .get("/connexion/code/renvoyer", .codeExpected, CodeRoutes.showOthers),
            .post("/connexion/code/renvoyer", .codeExpected, forged: .codeSent, CodeRoutes.resend),
            .post("/connexion/recommencer", .codeExpected, forged: .sessionEnded, CodeRoutes.startAgain),
            .post("/deconnexion", .account, forged: .signedOut, SignInRoutes.signOut),
            .get("/deconnecte", .everyone, SignInRoutes.signedOut),
            .get("/mot-de-passe-oublie", .everyone, PasswordLinkRoutes.show),
            .post("/mot-de-passe-oublie", .everyone, forged: .passwordLinkAsked, PasswordLinkRoutes.ask),
            .get("/mot-de-passe/:jeton", .everyone, PasswordLinkRoutes.showNew),
            .post("/mot-de-passe/:jeton", .everyone, forged: .passwordReset, PasswordLinkRoutes.setNew),

            .get("/connexion/espace", .account, SpaceRoutes.choose),
            .post("/connexion/espace", .account, forged: .spaceEntered, SpaceRoutes.enter),
            .get("/delegation", .account, SpaceRoutes.change),

            .get("/connexion/hin", .everyone, IdentityRoutes.begin(.hin)),
            .get("/connexion/hin/retour", .everyone, IdentityRoutes.finish(.hin)),
            .get("/connexion/hin/compte", .everyone, IdentityRoutes.unknown(.hin)),
            .post(
                "/connexion/hin/compte", .everyone, forged: .accountRequested, IdentityRoutes.request(.hin)),
            .get("/connexion/hin/sortie", .everyone, IdentityRoutes.leave(.hin)),
            .get("/connexion/oidc", .everyone, IdentityRoutes.begin(.oidc)),
            .get("/connexion/oidc/retour", .everyone, IdentityRoutes.finish(.oidc)),
            .get("/connexion/oidc/compte", .everyone, IdentityRoutes.unknown(.oidc)),
            .post(
                "/connexion/oidc/compte", .everyone, forged: .accountRequested, IdentityRoutes.request(.oidc)),
            .get("/connexion/oidc/sortie", .everyone, IdentityRoutes.leave(.oidc)),
            .get("/connexion/acces", .everyone, IdentityRoutes.begin(.gateway)),
            .get("/connexion/acces/retour", .everyone, IdentityRoutes.finish(.gateway)),
            .get("/connexion/acces/compte", .everyone, IdentityRoutes.unknown(.gateway)),
            .post(
                "/connexion/acces/compte", .everyone, forged: .accountRequested,
                IdentityRoutes.request(.gateway)),
            .get("/connexion/acces/sortie", .everyone, IdentityRoutes.leave(.gateway)),
            .get("/creer-un-compte", .everyone, EnrolmentRoutes.show),
            .post("/creer-un-compte", .everyone, forged: .accountRequested, EnrolmentRoutes.request),
            .post(
                "/creer-un-compte/registre", .everyone, forged: .accountRequested, EnrolmentRoutes.lookUp),
            .get("/creer-un-compte/envoye", .everyone, EnrolmentRoutes.sent),
            .get("/creer-un-compte/suivi/:token", .everyone, EnrolmentRoutes.follow),
            .post(
                "/creer-un-compte/suivi/:token/rendez-vous", .everyone, forged: .requestChanged,
                EnrolmentRoutes.chooseAppointment),
            .post(
                "/creer-un-compte/suivi/:token/canal", .everyone, forged: .requestChanged,
                EnrolmentRoutes.chooseChannel),
            .post(
                "/creer-un-compte/suivi/:token/piece", .everyone, forged: .identityCopyAdded,
                EnrolmentRoutes.addCopy),
            .post(
                "/creer-un-compte/suivi/:token/retirer", .everyone, forged: .requestChanged,
                EnrolmentRoutes.withdraw),
            .get("/confirmer-email/:token", .everyone, ConfirmEmailRoutes.show),
            .post("/confirmer-email/:token", .everyone, forged: .emailConfirmed, ConfirmEmailRoutes.confirm),
            .post(
                "/confirmer-email/:token/renvoyer", .everyone, forged: .confirmationSent,
                ConfirmEmailRoutes.resend),

            .get("/accueil", .space, HomeRoutes.show),
            .get("/menu", .account, HomeRoutes.menu),
            .post("/apparence", .account, forged: .profileChanged, HomeRoutes.setTheme),
            .get("/raccourcis", .account, ShortcutRoutes.show),
            .post("/raccourcis", .account, forged: .profileChanged, ShortcutRoutes.save),
            .post("/langue", .account, forged: .profileChanged, HomeRoutes.setLanguage),

            .get("/evenements", .space, LiveRoutes.events),
            .get("/compteurs", .space, LiveRoutes.counts),

            .get("/documents", .space, InboxRoutes.show),
            .post("/documents/recherche", .space, forged: .documentSearched, SearchRoutes.documents),
            .get("/documents/vues", .ownSpace, ViewRoutes.list),
            .post(
                "/documents/vues", .ownSpace, forged: .viewSaved, keeps: true,
                ViewRoutes.save),
            .post(
                "/documents/vues/:id", .ownSpace, forged: .viewSaved, keeps: true,
                ViewRoutes.change),
            .post("/documents/vues/:id/filtres", .ownSpace, forged: .viewSaved, ViewRoutes.changeFilters),
            .post("/documents/vues/:id/supprimer", .ownSpace, forged: .viewSaved, ViewRoutes.remove),
            .post("/documents/selection", .space, forged: .documentExported, SelectionRoutes.act),
            .get("/documents/:id", .space, traced: .documentOpened, DocumentRoutes.show),
            .head("/documents/:id", .space, traced: .documentOpened, DocumentRoutes.head),
            .get("/documents/:id/imprimer", .space, traced: .documentPrinted, DocumentRoutes.print),
            .get("/documents/:id/plein-ecran", .space, traced: .documentOpened, DocumentRoutes.full),
            .post("/documents/:id/prolonger", .space, forged: .lifetimeExtended, LifeRoutes.extend),
            .post("/documents/:id/demander", .space, forged: .documentAskedAgain, LifeRoutes.ask),
            .get("/documents/:id/acces", .space, traced: .accessLogRead, DocumentRoutes.accesses),
            .get("/documents/:id/lecteur", .space, traced: .accessLogRead, LiveRoutes.reader),
            .get("/documents/:id/fichier", .space, traced: .documentDownloaded, DocumentFileRoutes.file),
            .head(
                "/documents/:id/fichier", .space, traced: .documentDownloaded, DocumentFileRoutes.fileHead),
            .get("/documents/:id/pages/:page", .space, traced: .documentOpened, DocumentFileRoutes.page),

            .get("/patients", .space, PatientRoutes.list),
            .post("/patients/recherche", .space, forged: .documentSearched, SearchRoutes.patients),
            .get("/patients/:id", .space, traced: .documentSearched, of: "patient", PatientRoutes.show),

            .get("/profil", .ownSpace, ProfileRoutes.showIdentity),
            .post("/profil", .ownSpace, forged: .profileChanged, keeps: true, ProfileRoutes.saveIdentity),
            .get("/profil/adresses", .ownSpace, AddressRoutes.list),
            .get("/profil/adresses/nouvelle", .ownSpace, AddressRoutes.showNew),
            .post(
                "/profil/adresses/nouvelle", .ownSpace, forged: .profileChanged, keeps: true,
                AddressRoutes.add),
            .get("/profil/adresses/:id", .ownSpace, AddressRoutes.show),
            .post(
                "/profil/adresses/:id", .ownSpace, forged: .profileChanged, keeps: true, AddressRoutes.change),
            .post("/profil/adresses/:id/supprimer", .ownSpace, forged: .profileChanged, AddressRoutes.remove),
            .get("/profil/organisation", .ownSpace, ProfileRoutes.showOrganization),
            .post(
                "/profil/organisation", .ownSpace, forged: .profileChanged, keeps: true,
                ProfileRoutes.saveOrganization),
            .get("/profil/preferences", .ownSpace, PreferenceRoutes.show),
            .post(
                "/profil/preferences", .ownSpace, forged: .profileChanged, keeps: true, PreferenceRoutes.save),
            .post(
                "/profil/preferences/adresse", .ownSpace, forged: .profileChanged, keeps: true,
                PreferenceRoutes.check),

            .get("/profil/securite", .account, SecurityRoutes.show),
            .post(
                "/profil/securite/mot-de-passe", .account, forged: .passwordChanged,
                SecurityRoutes.changePassword),
            .post(
                "/profil/securite/sessions/terminer-autres", .account, forged: .sessionEnded,
                SecurityRoutes.endOthers),
            .post(
                "/profil/securite/sessions/:id/terminer", .account, forged: .sessionEnded,
                SecurityRoutes.endSession),

            .get("/profil/securite/verification", .account, FactorRoutes.showVerification),
            .post(
                "/profil/securite/verification", .account, forged: .proofRepeated, FactorRoutes.verify),
            .get("/profil/securite/application", .account, FactorRoutes.showAuthenticator),
            .post(
                "/profil/securite/application", .account, forged: .factorAdded,
                FactorRoutes.beginAuthenticator),
            .post(
                "/profil/securite/application/confirmer", .account, forged: .factorAdded,
                FactorRoutes.confirmAuthenticator),
            .post(
                "/profil/securite/application/retirer", .account, forged: .factorRemoved,
                FactorRoutes.removeAuthenticator),
            .get("/profil/securite/codes-de-secours", .account, FactorRoutes.showRecoveryCodes),
            .post(
                "/profil/securite/codes-de-secours", .account, forged: .factorAdded,
                FactorRoutes.renewRecoveryCodes),
            .get("/profil/securite/cles/nouvelle", .account, PasskeyRoutes.showNew),
            .post("/profil/securite/cles/nouvelle", .account, forged: .factorAdded, PasskeyRoutes.enrol),
            .post(
                "/profil/securite/cles/:id/retirer", .account, forged: .factorRemoved, PasskeyRoutes.remove),
            .get("/profil/securite/mobile", .account, PasskeyRoutes.showMobile),
            .post("/profil/securite/mobile", .account, forged: .mobileChanged, PasskeyRoutes.beginMobile),
            .post(
                "/profil/securite/mobile/confirmer", .account, forged: .mobileChanged,
                PasskeyRoutes.confirmMobile),
            .post(
                "/profil/securite/demande/arreter", .account, forged: .factorResetStopped,
                FactorRoutes.stopReset),

            .get("/profil/acces", .account, AccessLogRoutes.show),
            .post(
                "/profil/acces/export", .account, forged: .accessLogExported, AccessLogRoutes.export),
            .get("/profil/logiciels", .ownSpace, SoftwareRoutes.show),
            .post(
                "/profil/logiciels", .ownSpace, forged: .clientRegistered, keeps: true,
                SoftwareRoutes.register),
            .post(
                "/profil/logiciels/:id/retirer", .ownSpace, forged: .clientRegistered, SoftwareRoutes.end),
            .post(
                "/profil/logiciels/:id/relancer", .ownSpace, forged: .subscriptionChanged,
                SoftwareRoutes.resume),

            .get("/profil/delegations", .account, DelegationRoutes.list),
            .get("/profil/delegations/nouvelle", .account, DelegationRoutes.showOffer),
            .post(
                "/profil/delegations/nouvelle", .account, forged: .delegationOffered, keeps: true,
                DelegationRoutes.offer),
            .get("/profil/delegations/activite", .account, DelegationRoutes.acts),
            .post(
                "/profil/delegations/:id/accepter", .account, forged: .delegationAccepted,
                DelegationRoutes.accept),
            .post(
                "/profil/delegations/:id/terminer", .account, forged: .delegationEnded, DelegationRoutes.end),

            .get("/assets/:name", .everyone) { visit in
                visit.site.files.response(try visit.parameter("name"), to: visit.request)
            },
        ]

    /// In the order in which a request passes them; as one value, because the router goes from one to the next by more
    /// tasks than a value does (ADR 0033).
    public func addMiddleware(to router: Router<PortalContext>) {
        router.addMiddleware {
            TraceMiddleware()
            SecurityHeadersMiddleware(isSecure: isSecure)
            GzipMiddleware()
            LanguageMiddleware(site: self)
            // before it is known who asks, and after: the second one shows its pages in the frame of the person
            ErrorPagesMiddleware(site: self)
            ArrivalMiddleware(site: self)
            ErrorPagesMiddleware(site: self)
            SameOriginMiddleware(site: self)
        }
    }

    /// What is asked most. Hummingbird compares an address with one route after the other, in the order of adding: behind
    /// all the others that took 10,000 of the 590,000 instructions of a list.
    private static let askedMost = ["/documents", "/documents/:id/fichier", "/documents/:id/pages/:page"]

    public func addRoutes(to router: Router<PortalContext>) {
        let first = Self.routes.filter { Self.askedMost.contains($0.path) }
        let others = Self.routes.filter { !Self.askedMost.contains($0.path) }
        for route in first + others {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await route.enter(Visit(request: request, context: context, site: self))
            }
        }
    }
}
