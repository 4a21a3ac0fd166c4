import Access
import HTTPTypes
import Hummingbird

/// Who may enter a route. Every line of the table has one: a route without does not compile.
enum Audience: Sendable, CaseIterable {
    /// Everybody; a session is looked at, not required.
    case everyone
    /// Who has given the right password and is expected to type the code.
    case codeExpected
    /// Who is signed in, whatever he is: his own password, sessions, choice of space.
    case account
    /// Who is signed in and in a space of documents: his own, or a principal's.
    case space
    /// The professional himself, in his own space: never a delegate (D30).
    case ownSpace
    /// Somebody of the hospital's services; of which, the core asks in its transaction.
    case service
    /// The portal team, and those who check identities.
    case registrar
    /// The portal team.
    case administration
}

/// One line of the site's table of contents.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// `:name` stands for one part.
    let path: String
    let audience: Audience
    /// The event as which a refused attempt is traced; nil where a refusal discloses no attempt at a
    /// document.
    let traced: AuditEventKind?
    /// What kind of thing `:id` names.
    var object = "document"
    /// The event as which a forged form is traced: every route that writes has one.
    var forged: AuditEventKind?
    /// Where the form of a route that writes stands, if not at its address or above it.
    var page: String?
    /// What was typed into its form is kept when the session ended meanwhile. Never for one that asks for a password or a
    /// code; where its page has several forms, each is drawn by `KeptEntry.inForm`.
    var isKept = false
    let handle: @Sendable (Visit) async throws -> Response

    static func get(
        _ path: String, _ audience: Audience, traced: AuditEventKind? = nil, of object: String = "document",
        _ handle: @escaping @Sendable (Visit) async throws -> Response
    ) -> Route {
        Route(method: .get, path: path, audience: audience, traced: traced, object: object, handle: handle)
    }

    static func head(
        _ path: String, _ audience: Audience, traced: AuditEventKind? = nil,
        _ handle: @escaping @Sendable (Visit) async throws -> Response
    ) -> Route { Route(method: .head, path: path, audience: audience, traced: traced, handle: handle) }

    static func post(
        _ path: String, _ audience: Audience, forged: AuditEventKind, on page: String? = nil,
        keeps isKept: Bool = false, _ handle: @escaping @Sendable (Visit) async throws -> Response
    ) -> Route {
        Route(
            method: .post, path: path, audience: audience, traced: nil, forged: forged, page: page,
            isKept: isKept, handle: handle)
    }

    /// Whether an address is one of this route's.
    func matches(_ address: String) -> Bool {
        let wanted = path.utf8.split(separator: UInt8(ascii: "/"))
        let parts = address.utf8.split(separator: UInt8(ascii: "/"))
        return wanted.count == parts.count
            && zip(wanted, parts).allSatisfy { $0.first == UInt8(ascii: ":") || $0.elementsEqual($1) }
    }
}

extension Route {
    /// Lets in whom the audience names, and traces what is refused, in a transaction of its own.
    func enter(_ visit: Visit) async throws -> Response {
        switch audience {
        case .everyone: return try await handle(visit)
        case .codeExpected:
            guard let found = visit.context.found, found.holder == nil else { return visit.toSignIn() }
            return try await handle(visit)
        case .account:
            guard let holder = visit.context.found?.holder else { return try await toSignIn(visit) }
            return try await answer(visit, holder, by: .person(holder))
        case .space:
            guard let holder = visit.context.found?.holder else { return try await toSignIn(visit) }
            guard let viewer = visit.context.found?.viewer else { return visit.toSpaces(holder) }
            return try await answer(visit, holder, by: .person(viewer))
        case .ownSpace:
            guard let holder = visit.context.found?.holder else { return try await toSignIn(visit) }
            guard let viewer = visit.context.found?.viewer else { return visit.toSpaces(holder) }
            return try await answer(visit, holder, by: .person(viewer)) {
                if viewer.acting != nil { throw DelegationRefusal.notAllowed }
            }
        case .service: return try await enter(visit, as: [.serviceMember])
        case .registrar: return try await enter(visit, as: [.registrar, .portalAdmin])
        case .administration: return try await enter(visit, as: [.portalAdmin])
        }
    }

    private func enter(_ visit: Visit, as roles: Set<Account.Role>) async throws -> Response {
        guard let holder = visit.context.found?.holder else { return try await toSignIn(visit) }
        // to where one is enrolled; what is written is refused by the core
        if roles.contains(holder.role), holder.lacksStrongFactor, method == .get {
            return .toPage("/profil/securite?fait=\(Flash.strongFactorNeeded.rawValue)")
        }
        return try await answer(visit, holder, by: .person(holder)) {
            guard roles.contains(holder.role) else { throw AccessRefusal.roleNotAllowed }
        }
    }

    private func answer(
        _ visit: Visit, _ holder: Holder, by actor: AuditActor, if isAllowed: () throws -> Void = {}
    ) async throws -> Response {
        let purpose = (visit.request.headers[.secPurpose] ?? "").utf8
        do {
            if purpose.starts(with: "prefetch".utf8) { throw PageRefusal.prefetch }
            try isAllowed()
            if let kept = try await visit.keptEntry(holder) {
                return try await KeptEntry.$current.withValue(kept) { try await handle(visit) }
            }
            let response = try await handle(visit)
            return isKept ? try await visit.forgetKeptForm(holder, response) : response
        } catch let refusal as any Refusal {
            if let traced {
                let id = visit.context.parameters.get("id").flatMap { text in
                    // what is not an identifier could be anything, a name too
                    text.utf8.count == 32 && text.allSatisfy(\.isHexDigit) ? text : nil
                }
                try await visit.site.access.recordRefusal(
                    AuditEntry(
                        traced, .refused, rule: refusal.rule,
                        object: id.map { AuditObject(kind: object, id: $0) }),
                    by: actor)
            }
            throw refusal
        }
    }
}

extension Visit {
    /// Not so for what scripts ask: events and numbers.
    var wantsPage: Bool {
        let accepted = (request.headers[.accept] ?? "").utf8
        return !["text/event-stream", "application/json"].contains { accepted.starts(with: $0.utf8) }
    }

    /// To the sign-in page, and afterwards back here, or to the page of the form that was sent.
    func toSignIn() -> Response {
        // scripts cannot sign in: they are told, and say it on their page
        if !wantsPage { return Response(status: .unauthorized) }
        let isReading = request.method == .get
        let route = PortalSite.routes.first { $0.method == request.method && $0.matches(request.uri.path) }
        let back = ReturnAddress(
            isReading ? request.uri.string : route?.formPage(of: request.uri.path) ?? "/")
        guard back.text != "/" else { return .toPage("/connexion") }
        // what was sent was not done: that is said
        return .toPage("/connexion?retour=\(back.encoded)" + (isReading ? "" : "&fin=envoi"))
    }
}

extension Visit {
    /// Where somebody who is signed in, but in no space, goes on: to choose one, or to the pages of his role.
    func toSpaces(_ holder: Holder) -> Response {
        guard wantsPage else { return Response(status: .unauthorized) }
        return Response(status: .seeOther, headers: [.location: spacesAddress(holder)])
    }

    /// Because the delegation was ended while one worked under it.
    func toSpacesAfterEnd() -> Response {
        Response(status: .seeOther, headers: [.location: "/connexion/espace?fin=1"])
    }

    private func spacesAddress(_ holder: Holder) -> String {
        let back = request.method == .get ? ReturnAddress(request.uri.string).text : "/"
        return switch holder.role {
        case .practitioner, .delegate:
            Self.address("/connexion/espace", returnTo: ["/", "/accueil"].contains(back) ? "" : back)
        case .serviceMember: "/menu"
        case .registrar, .portalAdmin: "/admin"
        }
    }
}

/// An address within the portal to which one returns after signing in. Anything else becomes `/`.
struct ReturnAddress: Sendable {
    let text: String

    init(_ text: String) {
        let bytes = text.utf8
        let isLocal = bytes.first == UInt8(ascii: "/") && bytes.dropFirst().first != UInt8(ascii: "/")
        let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        self.text = isLocal && isPlain && bytes.count <= 1000 ? text : "/"
    }

    /// As a value of a query string.
    var encoded: String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
