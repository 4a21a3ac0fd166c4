import Access
import Demo
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Logging
import Portal
import Storage
import TestSupport
import Testing

/// A doctor clicks on HIN, and what becomes of others who do. HIN is the demo's own, over real HTTP.
@Suite struct HINJourneyTests {
    /// The portal, and a HIN that listens.
    struct Place: Sendable {
        let portal: TestPortal
        let client: any TestClientProtocol
        let hin: any TestClientProtocol

        func visitor() -> Visitor { Visitor(client) }

        /// Clicks on HIN, chooses an identity there, and comes back.
        @discardableResult
        func come(as identity: String, _ visitor: Visitor, to address: String = "/connexion/hin") async throws
            -> String
        {
            try await visitor.open(address)
            let back = try await choose(identity, at: try #require(visitor.headers[.location]))
            return try await visitor.open(back)
        }

        /// - Returns: the address with which HIN sends the browser back, within the portal.
        func choose(_ identity: String, at address: String) async throws -> String {
            let place = try #require(URLComponents(string: address))
            let target = try #require(place.queryItems?.first { $0.name == "cible" }?.value)
            let page = try await hin.execute(
                uri: "\(place.path)?\(place.percentEncodedQuery ?? "")", method: .get)
            #expect(page.status == .ok && String(buffer: page.body).contains("identité personnelle"))
            var query = URLComponents()
            query.queryItems = [
                .init(name: "cible", value: target), .init(name: "identite", value: identity),
            ]
            let answer = try await hin.execute(
                uri: "/demo/hin/choisir?\(query.percentEncodedQuery ?? "")", method: .get)
            let back = try #require(answer.headers[.location])
            #expect(back.hasPrefix("https://portail.hul.example/connexion/hin/retour?state="))
            return String(back.dropFirst("https://portail.hul.example".count))
        }
    }

    func atPlace(
        rules: @Sendable (inout AccessRules) -> Void = { _ in },
        _ test: @escaping @Sendable (Place) async throws -> Void
    ) async throws {
        let listener = Router(context: PortalContext.self)
        let time = FrozenClock()
        let base = Base()
        listener.addHIN(clock: time.clock, base)
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await Application(router: listener, logger: silent).test(.live) { [rules] hin in
            let url = "http://localhost:\(try #require(hin.port))"
            base.set(url)
            let settings = DemoHIN.settings(baseURL: url)
            let portal = try await TestPortal(
                identities: [
                    AuthserviceProvider(
                        base: try ProviderAddress(settings.address), bearer: settings.bearer,
                        returnAddress: "https://portail.hul.example/connexion/hin/retour",
                        issuer: settings.issuer, line: ProviderLine())
                ], rules: rules)
            try await portal.movePeopleIn()
            try await portal.application.test(.router) { client in
                try await test(Place(portal: portal, client: client, hin: hin))
            }
        }
    }

    @Test func `The doctor clicks on HIN, reads, and signs out`() async throws {
        try await atPlace { place in
            let doctor = place.visitor()
            try await doctor.open("/connexion?retour=/documents")
            #expect(doctor.page.contains("Identité HIN"))
            #expect(doctor.links("/connexion/hin") == ["/connexion/hin?retour=%2Fdocuments"])
            try await place.come(as: "cfavre", doctor, to: "/connexion/hin?retour=/documents")
            #expect(doctor.status == .ok && doctor.address == "/documents")
            #expect(doctor.page.contains("Se déconnecter") && doctor.page.contains("Dre Claire Favre"))
            #expect(doctor.cookie("__Host-identite") == nil, "it was for the sign-in only")
            try await doctor.open("/profil/securite")
            try await doctor.submit("/deconnexion", [:])
            #expect(doctor.page.contains("Terminer aussi la session chez HIN"))
            try await doctor.open("/connexion/hin/sortie")
            #expect(doctor.address == "/deconnecte", "this HIN has nothing to end")
            try await doctor.open("/documents")
            #expect(doctor.address.hasPrefix("/connexion"))
        }
    }

    @Test func `A team, a stranger's claim and an inactive client are told why`() async throws {
        try await atPlace { place in
            let team = place.visitor()
            try await place.come(as: "cabport", team)
            #expect(team.status == .forbidden)
            #expect(team.page.contains("Une identité d’équipe n’ouvre pas de compte professionnel."))
            #expect(team.page.contains("Utilisez votre identité HIN personnelle"))
            let jeanneret = place.visitor()
            try await place.come(as: "pjeanneret", jeanneret)
            #expect(jeanneret.page.contains("n’est pas encore associée à votre compte"))
            let inactive = place.visitor()
            try await place.come(as: "", inactive)
            #expect(inactive.page.contains("Votre client HIN doit être actif"))
            #expect(inactive.links("/connexion").contains("/connexion"), "and the password is there")
            for visitor in [team, jeanneret, inactive] {
                #expect(visitor.cookie("__Host-session") == nil)
                #expect(!visitor.page.contains("Jeanneret") && !visitor.page.contains("7601"))
            }
        }
    }

    @Test func `Somebody unknown reads what HIN says of him, in his own browser only`() async throws {
        try await atPlace { place in
            let berthoud = place.visitor()
            try await place.come(as: "lberthoud", berthoud)
            #expect(berthoud.status == .ok && berthoud.address == "/connexion/hin/compte")
            #expect(berthoud.page.contains("Luc Berthoud") && berthoud.page.contains("7601999000045"))
            #expect(berthoud.page.contains("DEP (le plus élevé)"))
            #expect(berthoud.cookie("__Host-session") == nil)
            let other = place.visitor()
            try await other.open("/connexion/hin/compte")
            #expect(other.status == .gone && !other.page.contains("Berthoud"))
            place.portal.time.advance(minutes: 11)
            try await berthoud.open("/connexion/hin/compte")
            #expect(berthoud.status == .gone)
        }
    }

    @Test func `The portal team looks at a claim, and lets it in or not`() async throws {
        try await atPlace { place in
            let jeanneret = place.visitor()
            try await place.come(as: "pjeanneret", jeanneret)
            let team = place.visitor()
            try await team.signIn(DemoPeople.benali, at: place.portal, to: "/admin/identites")
            #expect(team.page.contains("Paul Jeanneret") && team.page.contains("7601999000014"))
            let form = try #require(
                team.page.range(of: "/admin/identites/[0-9a-f]{32}/associer", options: .regularExpression))
            let address = String(team.page[form])
            try await team.submit(address, [:])
            #expect(team.page.contains("Mme Nadia Benali") && team.page.contains("Proposition enregistrée"))
            #expect(team.actions("/associer").isEmpty, "a second person agrees")
            try await team.submit(address, [:])
            try await place.come(as: "pjeanneret", jeanneret)
            #expect(jeanneret.cookie("__Host-session") == nil, "one person alone lets nobody in")
            let second = place.visitor()
            try await second.signIn(DemoPeople.perret, at: place.portal, to: "/admin/identites")
            #expect(second.page.contains("Mme Nadia Benali"))
            try await second.submit(try #require(second.actions("/associer").first), [:])
            #expect(
                second.page.contains("Identité associée")
                    && second.page.contains("Aucune identité n’attend."))
            try await team.open("/admin/identites")
            try await place.come(as: "pjeanneret", jeanneret)
            #expect(jeanneret.page.contains("Dr Paul Jeanneret") && jeanneret.page.contains("Se déconnecter"))
            let again = try await place.portal.trail.filter {
                $0.event == "identityLinked" && $0.actorRole == "portalAdmin"
            }
            #expect(again.map(\.outcome) == ["refused", "success"])
            try await team.submit("/admin/identites/fournisseurs/hin", ["etat": "ferme"])
            #expect(team.page.contains("fermé"))
            try await jeanneret.open("/accueil")
            #expect(jeanneret.address.hasPrefix("/connexion"), "his session ended with the provider")
            let doctor = place.visitor()
            try await doctor.signIn(DemoPeople.favre, at: place.portal, to: "/admin/identites")
            #expect(doctor.status == .forbidden)
        }
    }

    @Test func `An address of return is of no use to another browser, nor twice`() async throws {
        try await atPlace { place in
            let (doctor, thief) = (place.visitor(), place.visitor())
            try await doctor.open("/connexion/hin")
            let back = try await place.choose("cfavre", at: try #require(doctor.headers[.location]))
            try await thief.open(back)
            #expect(thief.status == .gone && thief.page.contains("n’est plus valable"))
            try await thief.open("/connexion/hin")
            try await thief.open(back)
            #expect(thief.status == .gone, "with a sign-in of his own under way, too")
            try await doctor.open(back)
            #expect(doctor.page.contains("Se déconnecter"))
            let again = place.visitor()
            again.set(cookie: "__Host-identite", doctor.cookie("__Host-identite") ?? "")
            try await again.open(back)
            #expect(again.status == .gone)
            // the thief's own code, brought to the doctor's browser, does not make her him
            let victim = place.visitor()
            try await victim.open("/connexion/hin")
            try await thief.open("/connexion/hin")
            let his = try await place.choose("pjeanneret", at: try #require(thief.headers[.location]))
            try await victim.open(his)
            #expect(victim.status == .gone)
        }
    }

    @Test func `Another site leads to the page, and one's own click from there to HIN`() async throws {
        try await atPlace { place in
            let visitor = place.visitor()
            try await visitor.open("/connexion/hin", headers: [.init("Sec-Fetch-Site")!: "cross-site"])
            #expect(visitor.status == .ok && visitor.page.contains("Continuer avec HIN"))
            #expect(try await place.portal.rows("identity_sign_in") == 0)
        }
    }

    @Test func `While HIN is down the page says so, with the other ways; switched off, it is not offered`()
        async throws
    {
        let nobody = AuthserviceProvider(
            base: try ProviderAddress("http://localhost:9"), bearer: "b",
            returnAddress: "https://portail.hul.example/connexion/hin/retour", line: ProviderLine())
        let portal = try await TestPortal(identities: [nobody])
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.open("/connexion/hin?retour=/documents")
            #expect(visitor.status == .serviceUnavailable && visitor.headers[.retryAfter] != nil)
            #expect(visitor.page.contains("HIN ne répond pas pour le moment."))
            #expect(visitor.links("/connexion?").contains("/connexion?retour=%2Fdocuments"))
            try await portal.access.switchProvider(.hin, isOn: false)
            try await visitor.open("/connexion")
            #expect(!visitor.page.contains("Identité HIN"))
            try await visitor.open("/connexion/hin")
            #expect(visitor.status == .serviceUnavailable && visitor.page.contains("momentanément fermée"))
        }
    }

    @Test func `Without a provider there is no button and no address`() async throws {
        let portal = try await TestPortal()
        try await portal.application.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.open("/connexion")
            #expect(!visitor.page.contains("HIN"))
            for slug in ["hin", "oidc", "acces"] {
                for path in ["", "/retour", "/compte", "/sortie"] {
                    try await visitor.open("/connexion/\(slug)\(path)")
                    #expect(visitor.status == .notFound)
                }
            }
        }
    }
}

/// Where the HIN of a test listens, known once it does.
private final class Base: @unchecked Sendable {
    private let lock = NSLock()
    private var url = ""

    var text: String {
        lock.lock()
        defer { lock.unlock() }
        return url
    }

    func set(_ url: String) {
        lock.lock()
        defer { lock.unlock() }
        self.url = url
    }
}

extension Router<PortalContext> {
    /// The demo's HIN, whose own address is known only later.
    fileprivate func addHIN(clock: Access.Clock, _ base: Base) {
        DemoHIN(
            clock: clock, secret: "a test's", baseURL: { base.text },
            portalURL: "https://portail.hul.example",
            shell: { PublicShell(presentation: TestPortal.presentation) }
        ).addRoutes(to: self)
    }
}
