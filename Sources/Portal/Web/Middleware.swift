import Access
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// Names the request, reads where it came from, and finds the session of its cookie.
struct ArrivalMiddleware: RouterMiddleware {
    let site: PortalSite

    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.origin = RequestOrigin(
            address: address(of: request, context), userAgent: request.headers[.userAgent] ?? "",
            requestID: RandomText.identifier(), traceID: TraceParent.traceID(request.headers[.traceparent]),
            node: site.access.nodeName)
        if let token = (context.cookies ?? SentCookies(request))[SessionCookies.session] {
            context.found = try await site.access.session(
                token: token, origin: context.origin, isPresent: !LiveRoutes.isUnattended(request))
        }
        return try await next(request, context)
    }

    /// The proxy's word counts only when the proxy is the one we were told to trust; then the last address it
    /// added is the client's.
    private func address(of request: Request, _ context: PortalContext) -> String {
        let peer = context.origin.address
        guard let proxy = site.trustedProxy, proxy == peer,
            let last = request.headers[.forwardedFor]?.split(separator: ",").last
        else { return peer }
        return String(last.trimmingCharacters(in: .whitespaces).prefix(45))
    }
}

/// Refuses writing requests that another site started, and hosts that are not ours.
struct SameOriginMiddleware: RouterMiddleware {
    let site: PortalSite

    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        // a proxy that looks whether we live speaks HTTP/1.0 to whatever address it has
        if request.uri.path.hasPrefix("/sante") { return try await next(request, context) }
        // the first Host became the authority; another one is left among the fields (RFC 9112, 3.2)
        guard let host = request.head.authority, !host.isEmpty, request.headers[.host] == nil else {
            throw HTTPError(.badRequest)
        }
        if let expected = site.publicHost, host != expected { throw HTTPError(.misdirectedRequest) }
        let isMachine = request.uri.path.hasPrefix("/fhir") || request.uri.path.hasPrefix("/oauth")
        let isReading = [.get, .head, .options].contains(request.method)
        if !isReading, !isMachine {
            let visit = Visit(request: request, context: context, site: site)
            // browsers that say where a request began are believed; `no-referrer` makes their Origin «null»
            if let fetchSite = request.headers[.secFetchSite] {
                guard fetchSite == "same-origin" else { throw try await visit.forged() }
            } else if let origin = request.headers[.origin], origin != "https://\(host)",
                origin != "http://\(host)"
            {
                throw try await visit.forged()
            }
        }
        return try await next(request, context)
    }
}

/// The headers of every answer, errors included (security.md, S20).
struct SecurityHeadersMiddleware: RouterMiddleware {
    let isSecure: Bool
    /// Made once: each look at a name and a value asks whether they are legal.
    private static let headers: [HTTPField] = [
        (
            .contentSecurityPolicy,
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; font-src 'self'; form-action 'self'; "
                + "frame-ancestors 'none'; base-uri 'none'"
        ),
        (.contentTypeOptions, "nosniff"), (.referrerPolicy, "no-referrer"), (.frameOptions, "DENY"),
        (.permissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (.crossOriginOpenerPolicy, "same-origin"), (.crossOriginResourcePolicy, "same-origin"),
        (.cacheControl, "no-store"),
    ].map { HTTPField(name: $0, value: $1) }

    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // together: each place is made for by itself
        response.headers.append(
            contentsOf: Self.headers.filter { [own = response.headers] in !own.contains($0.name) })
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
        return response
    }
}

extension HTTPField.Name {
    static let host = HTTPField.Name("Host")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let secPurpose = HTTPField.Name("Sec-Purpose")!
    static let traceparent = HTTPField.Name("traceparent")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let frameOptions = HTTPField.Name("X-Frame-Options")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
    static let clearSiteData = HTTPField.Name("Clear-Site-Data")!
}

extension Response {
    init(html: [UInt8], status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: html)))
    }
    /// To another page of ours, after a POST.
    static func toPage(_ address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address])
    }
}
