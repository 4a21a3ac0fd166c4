import Access
import Delivery
import Demo
import Dispatches
import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Portal

/// Every route × everybody who may knock × whose object it is has one expected answer. `expected` has a row for each
/// line of the route table; a new route without one fails, and so does a row whose route has gone.
@Suite struct AuthorizationMatrixTests {
    /// Who knocks: role, space and state of the account (IDN-4).
    enum Knocker: String, CaseIterable {
        case stranger, passwordOnly
        /// Dre Favre, to whom the document is addressed.
        case addressee
        case otherPractitioner
        /// Works for Dre Favre, with all rights, and has entered her space.
        case delegate
        /// The same without the right to read.
        case delegateWithoutReading
        /// Has not chosen a space.
        case delegateNowhere
        /// Was in the space when the delegation was ended.
        case delegateAfterEnd
        case serviceMember, registrar, portalAdmin
        /// Dre Favre, suspended while signed in.
        case suspended
    }

    /// What happens at the door.
    enum Verdict: String {
        /// In; what the page then says about the form is another test's.
        case enters
        case signIn
        /// To the choice of a space.
        case spaces
        /// To the pages of one's role.
        case desk
        case forbidden
        case notFound
    }

    /// What a row stands for.
    enum Row {
        case everyone, code, account, space, ownSpace, registrar, administration
        /// To the sign-in in any case.
        case leaves
        /// A file under a name that nobody gave it, or a provider that is not there.
        case noFile
        /// In the space, about one document or one patient of it.
        case object
        /// In the space, about a document of it whose life is over; that of this test is alive.
        case goneObject
        /// About something of one's own profile; the identifier of this test is nobody's.
        case ownSpaceObject
        /// Whoever knows the link; the one of this test is nobody's.
        case link
        /// Of one's own account, for roles with patients of their own.
        case practitioner
        /// About something of one's own account; the identifier of this test is nobody's.
        case ownObject
        /// The same at a desk of the portal team.
        case deskObject
        /// Of a registrar.
        case registrarObject
        /// Of the hospital's services.
        case service
        /// About something of one's service; the identifier of this test is nobody's.
        case serviceObject
    }

    static func verdict(_ row: Row, _ knocker: Knocker) -> Verdict {
        switch (row, knocker) {
        case (.everyone, _): .enters
        case (.link, _): .notFound
        case (.leaves, _): .signIn
        case (.noFile, _): .notFound
        case (.code, .passwordOnly): .enters
        case (.code, _), (_, .stranger), (_, .passwordOnly), (_, .suspended): .signIn
        case (.account, _): .enters
        case (.practitioner, .addressee), (.practitioner, .otherPractitioner): .enters
        case (.practitioner, _): .forbidden
        case (.ownObject, _): .notFound
        case (.service, .serviceMember): .enters
        case (.serviceObject, .serviceMember): .notFound
        case (.service, _), (.serviceObject, _): .forbidden
        case (.registrar, .registrar), (.registrar, .portalAdmin), (.administration, .portalAdmin): .enters
        case (.registrarObject, .registrar), (.registrarObject, .portalAdmin), (.deskObject, .portalAdmin):
            .notFound
        case (.registrar, _), (.registrarObject, _), (.administration, _), (.deskObject, _): .forbidden
        case (_, .delegateNowhere), (_, .delegateAfterEnd): .spaces
        case (_, .serviceMember), (_, .registrar), (_, .portalAdmin): .desk
        case (.ownSpace, .delegate), (.ownSpace, .delegateWithoutReading), (.ownSpaceObject, .delegate),
            (.ownSpaceObject, .delegateWithoutReading):
            .forbidden
        case (.ownSpace, _): .enters
        case (.ownSpaceObject, _): .notFound
        case (_, .delegateWithoutReading): .forbidden
        case (.object, .otherPractitioner), (.goneObject, _): .notFound
        case (.space, _), (.object, _): .enters
        }
    }

    @Test func `Each route has its row, and each row its route`() {
        let routes = Set(PortalSite.routes.map { "\($0.method) \($0.path)" })
        #expect(routes == Set(Self.expected.keys))
    }

    @Test(arguments: Knocker.allCases)
    func `Each door opens to whom it should`(_ knocker: Knocker) async throws {
        let stage = try await Stage()
        try await stage.portal.application.test(.router) { client in
            var visitor = try await stage.visitor(knocker, client)
            var isSpent = false
            for route in PortalSite.routes {
                guard let row = Self.expected["\(route.method) \(route.path)"] else { continue }
                // what is written may end the session
                if isSpent || route.method == .post { visitor = try await stage.visitor(knocker, client) }
                isSpent = route.method == .post
                let address = stage.address(route)
                let answer = try await visitor.knock(route.method, address)
                let verdict = Verdict(answer, at: address)
                #expect(
                    verdict == Self.verdict(row, knocker),
                    "\(route.method) \(route.path): \(answer.status.code) \(answer.headers[.location] ?? "")")
                // a refusal says nothing about what is behind the door (class 1)
                if verdict != .enters {
                    let body = String(buffer: answer.body)
                    for marker in ["Jaquet", "Hélène", "14.03.1958", "1958-03-14", "Lettre de sortie"] {
                        #expect(!body.contains(marker), "\(marker) at \(route.path)")
                    }
                }
            }
        }
    }
}

extension AuthorizationMatrixTests.Verdict {
    init(_ answer: TestResponse, at address: String) {
        let location = answer.headers[.location] ?? ""
        let place = location.prefix { $0 != "?" }
        self =
            switch answer.status {
            case .seeOther where place == "/connexion" && address != "/connexion": .signIn
            case .seeOther where place == "/connexion/espace" && !address.hasPrefix("/connexion"): .spaces
            case .seeOther
            where ["/admin", "/admin/delegations", "/menu", "/service"].contains(location)
                && !address.hasPrefix("/admin"):
                .desk
            case .forbidden: .forbidden
            case .notFound: .notFound
            default: .enters
            }
    }
}

/// The people and things of the matrix.
private struct Stage {
    let portal: TestPortal
    let document: String
    let patient: String

    init() async throws {
        portal = try await TestPortal {
            ($0.codesPerHour, $0.codesPerDay, $0.smsPerNumberPer15Minutes) = (1000, 1000, 1000)
            ($0.smsPerNumberPerDay, $0.smsPerHour, $0.failuresPerAddress) = (1000, 10_000, 10_000)
        }
        try await portal.movePeopleIn()
        for persona in [Self.service, Self.registrar] {
            _ = try await portal.access.createAccount(persona.account, password: persona.password)
        }
        let nina = Self.service.account.email
        try await portal.access.addService("Chirurgie", followsRecord: false, members: [nina])
        try await portal.access.give(.dataProtection, to: nina)
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.500"), portal.recordSystem())
        document = published.document.id.rawValue
        patient = published.document.patientID.rawValue
        // it has been opened: its page images are there for whom may see them
        while try await portal.previews.workOnce() {}
        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(published.document.id, for: .reading, favre)
    }

    static let service = DemoPeople.staff(
        "Cardiologie", "Mme", "Aubert", "Nina", .serviceMember, "+41790000021")
    static let registrar = DemoPeople.staff("Guichet", "M.", "Droz", "Marc", .registrar, "+41790000022")

    /// With the identifiers of real things where there are some.
    func address(_ route: Route) -> String {
        let id =
            route.path.hasPrefix("/documents") ? document : route.path.hasPrefix("/patients") ? patient : "0"
        return route.path.replacing(":id", with: id).replacing(":page", with: "1").replacing(
            ":name", with: "app.css"
        )
        .replacing(":jeton", with: "0")
    }

    func visitor(_ knocker: AuthorizationMatrixTests.Knocker, _ client: any TestClientProtocol) async throws
        -> Visitor
    {
        let visitor = Visitor(client)
        switch knocker {
        // with the cookie and the field that a form of anybody needs
        case .stranger: try await visitor.open("/connexion")
        case .passwordOnly:
            let favre = DemoPeople.favre
            try await visitor.open("/connexion")
            try await visitor.submit(
                "/connexion", ["email": favre.account.email, "password": favre.password])
        case .addressee: try await visitor.signIn(DemoPeople.favre, at: portal)
        case .otherPractitioner: try await visitor.signIn(DemoPeople.jeanneret, at: portal)
        case .delegate: try await actFor(Set(DelegationRight.allCases), visitor)
        case .delegateWithoutReading: try await actFor([.prepare, .send], visitor)
        case .delegateNowhere:
            try await endAll()
            try await visitor.signIn(DemoPeople.rochat, at: portal)
        case .delegateAfterEnd:
            try await actFor(Set(DelegationRight.allCases), visitor)
            try await endAll()
        case .serviceMember: try await visitor.signIn(Self.service, at: portal, to: "/menu")
        case .registrar: try await visitor.signIn(Self.registrar, at: portal, to: "/menu")
        case .portalAdmin: try await visitor.signIn(DemoPeople.benali, at: portal, to: "/menu")
        case .suspended:
            let id = try await portal.id(of: DemoPeople.favre)
            try await visitor.signIn(DemoPeople.favre, at: portal)
            try await portal.access.setState(.suspended, of: id)
            // for the next one that signs in; ended sessions stay ended
            try await portal.access.setState(.active, of: id)
            try await visitor.open("/connexion")
        }
        return visitor
    }

    private func actFor(_ rights: Set<DelegationRight>, _ visitor: Visitor) async throws {
        try await endAll()
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre], rights: rights)
        try await visitor.signIn(DemoPeople.rochat, at: portal, to: "/menu")
    }

    private func endAll() async throws {
        let favre = try await portal.holder(DemoPeople.favre)
        for given in try await portal.access.delegations(of: favre).given
        where given.delegation.state != .ended {
            try await portal.access.endDelegation(given.delegation.id, favre)
        }
    }
}
