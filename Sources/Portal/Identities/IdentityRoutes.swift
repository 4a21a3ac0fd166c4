import Access
import Enrolment
import HTTPTypes
import Hummingbird
import Logging

/// The way in through a provider of identities: out to it, and back.
enum IdentityRoutes {
    /// `GET /connexion/hin`: sends the browser to the provider. Another site can lead somebody here, but not through:
    /// then one goes on by one's own click (SES-8).
    static func begin(_ name: IdentityProviderName) -> @Sendable (Visit) async throws -> Response {
        { visit in
            let provider = try visit.identityProvider(name)
            let back = visit.returnAddress
            if visit.context.found?.holder != nil { return .toPage(back.isEmpty ? "/accueil" : back) }
            if (visit.request.headers[.secPurpose] ?? "").utf8.starts(with: "prefetch".utf8) {
                throw PageRefusal.prefetch
            }
            if visit.request.headers[.secFetchSite] == "cross-site" {
                return visit.identityPage(.start, provider, returnTo: back)
            }
            let known = visit.cookies[SessionCookies.identity]
            let cookie = known.flatMap { $0.utf8.count == 64 ? $0 : nil } ?? RandomText.token()
            do {
                let secrets = try await visit.site.access.beginIdentitySignIn(
                    name, browser: cookie, returnTo: back, origin: visit.context.origin)
                var response = Response.toPage(try await provider.begin(secrets))
                SessionCookies.set(cookie, on: &response, name: SessionCookies.identity)
                return response
            } catch let refusal as any Refusal {
                return try await visit.answer(refusal, provider, returnTo: back)
            }
        }
    }

    /// `GET /connexion/hin/retour`: the browser comes back with what proves who is there.
    static func finish(_ name: IdentityProviderName) -> @Sendable (Visit) async throws -> Response {
        { visit in
            let provider = try visit.identityProvider(name)
            let access = visit.site.access
            let back = visit.browserReturn
            var returnTo = ""
            do {
                let begun = try await access.takeIdentitySignIn(
                    name, state: back.query["state"] ?? "",
                    browser: visit.cookies[SessionCookies.identity] ?? "",
                    origin: visit.context.origin)
                returnTo = begun.secrets.returnTo
                let identity = try await provider.finish(back, begun.secrets)
                let answer = try await access.signIn(
                    identity, begun, known: visit.site.knownGLN,
                    replacing: visit.cookies[SessionCookies.session],
                    origin: visit.context.origin)
                return visit.answer(answer, provider, returnTo: returnTo)
            } catch let refusal as any Refusal {
                return try await visit.answer(refusal, provider, returnTo: returnTo)
            }
        }
    }

    /// `GET /connexion/hin/compte`: whom the provider has confirmed, and what he can do.
    static func unknown(_ name: IdentityProviderName) -> @Sendable (Visit) async throws -> Response {
        { visit in try await visit.unknownPage(name) }
    }

    /// `POST /connexion/hin/compte`, with `mobile`: asks for an account with what the provider has told.
    static func request(_ name: IdentityProviderName) -> @Sendable (Visit) async throws -> Response {
        { visit in
            let provider = try visit.identityProvider(name)
            var mobile = ""
            do {
                mobile = String(try await visit.form()["mobile"].prefix(100))
                let cookie = visit.cookies[SessionCookies.identity] ?? ""
                guard try await visit.site.access.heldIdentity(browser: cookie)?.provider == name else {
                    throw IdentityRefusal.nothingHeld
                }
                let receipt = try await visit.site.enrolment.requestAccount(
                    withIdentityHeldBy: cookie, mobile: mobile, origin: visit.context.origin)
                var response = Response.toPage("/creer-un-compte/envoye")
                SessionCookies.set(receipt.token, on: &response, name: SessionCookies.request)
                SessionCookies.clear(SessionCookies.identity, on: &response)
                return response
            } catch let mistakes as RequestMistakes {
                return try await visit.unknownPage(
                    name, status: .unprocessableContent, mobile: mobile, mistakes: mistakes.all)
            } catch PageRefusal.forged {
                return try await visit.unknownPage(
                    name, status: .unprocessableContent, problem: .formExpired)
            } catch EnrolmentRefusal.tooMany {
                return try await visit.unknownPage(
                    name, status: .tooManyRequests, mobile: mobile, problem: .tooMany)
            } catch IdentityRefusal.decided {
                return visit.identityPage(.requested, provider, returnTo: "")
            } catch IdentityRefusal.nothingHeld {
                return visit.identityPage(.stale, provider, returnTo: "")
            } catch IdentityRefusal.switchedOff {
                return visit.identityPage(.switchedOff, provider, returnTo: "")
            }
        }
    }

    /// `GET /connexion/hin/sortie`: ends the browser's session with the provider too, where it offers that.
    static func leave(_ name: IdentityProviderName) -> @Sendable (Visit) async throws -> Response {
        { visit in
            .toPage(try await visit.identityProvider(name).signOutAddress() ?? "/deconnecte")
        }
    }
}

extension Visit {
    /// - Throws: `PageRefusal.notFound` when the installation has no such provider.
    func identityProvider(_ name: IdentityProviderName) throws -> any IdentityProvider {
        guard let provider = site.identities.first(where: { $0.name == name }) else {
            throw PageRefusal.notFound
        }
        return provider
    }

    /// The providers that are configured and switched on.
    func identityWays() async throws -> [IdentityWay] {
        var ways: [IdentityWay] = []
        for provider in site.identities where try await site.access.isSwitchedOn(provider.name) {
            ways.append(IdentityWay(provider))
        }
        return ways
    }

    /// The provider through which this session was opened.
    var outsideWay: IdentityWay? {
        let first = context.found?.session.authentication.split(separator: "+").first.map(String.init) ?? ""
        guard let name = IdentityProviderName(rawValue: first) else { return nil }
        return identityWay(slug: name.slug)
    }

    /// The provider of an address, if the installation has it.
    func identityWay(slug: String?) -> IdentityWay? {
        site.identities.first { $0.name.slug == slug }.map { IdentityWay($0) }
    }

    /// The query and the header fields, within limits; adapters read them.
    fileprivate var browserReturn: BrowserReturn {
        var query: [String: String] = [:]
        for (name, value) in request.uri.queryParameters
        where name.utf8.count <= 50 && value.utf8.count <= 4000 && query.count < 30 {
            if query[String(name)] == nil { query[String(name)] = String(value) }
        }
        var fields: [String: [String]] = [:]
        for field in request.headers { fields[field.name.canonicalName, default: []].append(field.value) }
        return BrowserReturn(query: query, fields: fields, peer: context.remoteAddress?.ipAddress ?? "")
    }

    /// Whom the provider has confirmed and of whom nothing is known.
    fileprivate func unknownPage(
        _ name: IdentityProviderName, status: HTTPResponse.Status = .ok, mobile: String = "",
        mistakes: [RequestMistake] = [], problem: RequestAccountPage.Problem? = nil
    ) async throws -> Response {
        let provider = try identityProvider(name)
        let cookie = cookies[SessionCookies.identity] ?? ""
        guard let held = try await site.access.heldIdentity(browser: cookie), held.provider == name else {
            return identityPage(.stale, provider, returnTo: "")
        }
        return answerForm(status: status) { token in
            IdentityUnknownPage(
                shell: publicShell, way: IdentityWay(provider),
                told: .init(
                    name: held.displayName, email: held.email, gln: held.gln ?? "", level: held.level.rawValue
                ), formToken: token, mobile: mobile, mistakes: mistakes, problem: problem
            ).html
        }
    }

    func identityPage(
        _ cause: IdentityProblemPage.Cause, _ provider: any IdentityProvider, returnTo: String
    ) -> Response {
        let page = IdentityProblemPage(
            shell: publicShell, cause: cause, way: IdentityWay(provider), returnTo: returnTo)
        var response = Response(html: page.html, status: cause.status)
        if cause.status == .serviceUnavailable { response.headers[.retryAfter] = "60" }
        return response
    }

    fileprivate func answer(_ answer: IdentityAnswer, _ provider: any IdentityProvider, returnTo: String)
        -> Response
    {
        switch answer {
        case .signedIn(let token, let account):
            var response = Response.toPage(returnTo.isEmpty ? "/accueil" : returnTo)
            SessionCookies.set(token, on: &response)
            SessionCookies.clear(SessionCookies.form, on: &response)
            SessionCookies.clear(SessionCookies.identity, on: &response)
            SessionCookies.set(
                site.access.remember(account, in: browserCookie), on: &response, name: SessionCookies.browser,
                days: 180)
            return response
        case .codeExpected(let token, let sending):
            var address = Visit.address("/connexion/code", returnTo: returnTo)
            if case .wait(let until) = sending {
                address += (returnTo.isEmpty ? "?" : "&") + "attente=\(until.rawValue)"
            }
            var response = Response.toPage(address)
            SessionCookies.set(token, on: &response)
            return response
        case .unknown: return .toPage("/connexion/\(provider.name.slug)/compte")
        case .waiting: return identityPage(.waiting, provider, returnTo: returnTo)
        case .requested: return identityPage(.requested, provider, returnTo: returnTo)
        case .refused: return identityPage(.refused, provider, returnTo: returnTo)
        case .notPersonal(.device): return identityPage(.device, provider, returnTo: returnTo)
        case .notPersonal: return identityPage(.team, provider, returnTo: returnTo)
        case .notActive(.suspended): return identityPage(.suspended, provider, returnTo: returnTo)
        case .notActive(.closed), .notActive(.expired):
            return identityPage(.closed, provider, returnTo: returnTo)
        case .notActive: return identityPage(.notActive, provider, returnTo: returnTo)
        case .noFactor: return identityPage(.noFactor, provider, returnTo: returnTo)
        case .roleNotAllowed: return identityPage(.roleNotAllowed, provider, returnTo: returnTo)
        }
    }

    /// What a sign-in that failed on the way is told; anything but the refusals of identities goes on.
    fileprivate func answer(_ refusal: any Refusal, _ provider: any IdentityProvider, returnTo: String)
        async throws
        -> Response
    {
        switch refusal {
        case let failure as IdentityFailure:
            context.logger.warning(
                "identity not proved",
                metadata: ["provider": "\(provider.name)", "rule": "\(failure.detail)"])
            try await site.access.recordIdentityFailure(failure, of: provider.name, origin: context.origin)
            let cause: IdentityProblemPage.Cause =
                switch failure {
                case .declined: .declined
                case .rejected: .rejected
                case .unavailable: .unavailable
                }
            return identityPage(cause, provider, returnTo: returnTo)
        case IdentityRefusal.switchedOff: return identityPage(.switchedOff, provider, returnTo: returnTo)
        case IdentityRefusal.tooMany: return identityPage(.tooMany, provider, returnTo: returnTo)
        case IdentityRefusal.unknownState: return identityPage(.stale, provider, returnTo: returnTo)
        default: throw refusal
        }
    }
}

extension IdentityFailure {
    /// For our log: what the provider's side did.
    fileprivate var detail: String {
        if case .unavailable(let words) = self { "\(rule): \(words)" } else { rule }
    }
}

extension IdentityProblemPage.Cause {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .start: .ok
        case .unavailable, .switchedOff: .serviceUnavailable
        case .tooMany: .tooManyRequests
        case .stale: .gone
        case .declined, .rejected, .team, .device, .requested, .waiting, .refused, .notActive, .suspended,
            .closed,
            .roleNotAllowed, .noFactor:
            .forbidden
        }
    }
}

extension IdentityProviderName {
    /// Its part of the portal's addresses.
    package var slug: String {
        switch self {
        case .hin: "hin"
        case .oidc: "oidc"
        case .gateway: "acces"
        }
    }
}

extension IdentityWay {
    init(_ provider: any IdentityProvider) { self.init(slug: provider.name.slug, label: provider.label) }
}
