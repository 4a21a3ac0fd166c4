import Access
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A request as a handler sees it: who asks, what for, and the forms and addresses it may read.
struct Visit: Sendable {
    let request: Request
    let context: PortalContext
    let site: PortalSite

    /// The signed-in person in the space he has chosen. Only routes of a space have one; their table entry sees to
    /// it.
    func viewer() throws -> Viewer {
        guard let viewer = context.found?.viewer else { throw AccessRefusal.sessionEnded }
        return viewer
    }

    /// The signed-in person, as himself. Every route for signed-in people has one.
    func holder() throws -> Holder {
        guard let holder = context.found?.holder else { throw AccessRefusal.sessionEnded }
        return holder
    }

    /// A part of the address, `:id`; at most 100 bytes.
    func parameter(_ name: String) throws -> String {
        let value = try context.parameters.require(name)
        guard value.utf8.count <= 100 else { throw PageRefusal.notFound }
        return value
    }

    /// A value of the query string, trimmed to 500 bytes; empty counts as absent.
    func query(_ name: String) -> String? { longQuery(name, limit: 500) }

    /// The same for lists of identifiers.
    func longQuery(_ name: String, limit: Int = 5000) -> String? {
        guard request.uri.query != nil,
            let value = request.uri.queryParameters[Substring(name)].map(String.init), !value.isEmpty
        else { return nil }
        return String(decoding: value.utf8.prefix(limit), as: UTF8.self)
    }

    var now: Timestamp { site.access.clock.now() }

    var cookies: SentCookies { context.cookies ?? SentCookies(request) }

    /// What the hidden field of a form on this page says: the session's secret, or one bound to a cookie of
    /// this browser where there is no session yet; masked, so that it is another text on each page.
    var formToken: String { MaskedToken.mask(formSecret) }

    /// What the token of a form hides, and to what the questions to passkeys are bound.
    var formSecret: String {
        // with the space: a form that was opened in one space writes in no other
        if let session = context.found?.session {
            return session.formToken + "." + (session.principalID?.rawValue ?? "")
        }
        return site.access.formToken(forCookie: cookies[SessionCookies.form] ?? "")
    }

    /// The fields of a posted form. The anti-forgery field is checked here, so that no handler can forget it.
    /// - Throws: `PageRefusal.forged`, `.badForm`, `.tooLarge`, `EarlierForm`.
    func form() async throws -> PostedForm {
        let form = try await posted()
        guard isOwn(form["_jeton"]) else {
            if isOfAnotherSpace(MaskedToken.unmask(form["_jeton"])) { throw PageRefusal.otherSpace }
            if let session = try await earlierSessions().first(where: { $0.hid(form["_jeton"]) }) {
                throw EarlierForm(session: session, fields: form.fields)
            }
            throw try await forged()
        }
        return form
    }

    /// The same, before it is known whose form it is.
    func posted() async throws -> PostedForm {
        guard
            request.headers[.contentType]?.utf8.starts(with: "application/x-www-form-urlencoded".utf8) == true
        else { throw PageRefusal.badForm }
        let buffer: ByteBuffer
        do {
            buffer = try await Deadline.within(seconds: 10) { [request, context] in
                var request = request
                return try await request.collectBody(upTo: context.maxUploadSize)
            }
        } catch is Deadline.Passed { throw PageRefusal.tooSlow } catch { throw PageRefusal.tooLarge }
        return try PostedForm(Array(buffer.readableBytesView))
    }

    /// Whether the anti-forgery field of a form is the one that this visitor's pages hold.
    func isOwn(_ token: String) -> Bool {
        let isBound = context.found != nil || cookies[SessionCookies.form] != nil
        guard isBound, let sent = MaskedToken.unmask(token) else { return false }
        return areEqualSecrets(sent, formSecret)
    }

    /// A page with a form for anybody, signed in or not. Without a session its token is bound to a cookie of this
    /// browser, which is set if it is missing.
    func answerForm(status: HTTPResponse.Status = .ok, _ page: (_ formToken: String) -> [UInt8]) -> Response {
        if context.found != nil { return Response(html: page(formToken), status: status) }
        let known = cookies[SessionCookies.form]
        let cookie = known ?? RandomText.token()
        let token = MaskedToken.mask(site.access.formToken(forCookie: cookie))
        var response = Response(html: page(token), status: status)
        if known == nil { SessionCookies.set(cookie, on: &response, name: SessionCookies.form) }
        return response
    }

    /// Whether a form of this very session was opened before another tab changed the space (ui.md 4.8).
    private func isOfAnotherSpace(_ sent: String?) -> Bool {
        guard let sent, let session = context.found?.session else { return false }
        let parts = sent.utf8.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        return areEqualSecrets(String(decoding: parts[0], as: UTF8.self), session.formToken)
    }

    /// Traces a form that another site, or nobody, has made, as a refused attempt at what it would have done.
    /// - Returns: what to throw.
    func forged() async throws -> PageRefusal {
        let route = PortalSite.routes.first { $0.method == request.method && $0.matches(request.uri.path) }
        if let event = route?.forged {
            try await site.access.recordRepeatedRefusal(
                AuditEntry(event, .refused, rule: PageRefusal.forged.rule), session: context.found,
                origin: context.origin)
        }
        return .forged
    }
}

/// A decoded `application/x-www-form-urlencoded` body: at most 120 fields, each value at most 10,000 bytes.
struct PostedForm: Sendable {
    private(set) var fields: [String: [String]] = [:]

    init(_ body: [UInt8]) throws {
        let pairs = body.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= 120 else { throw PageRefusal.badForm }
        for pair in pairs {
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]),
                let value = parts.count > 1 ? Self.decoded(parts[1]) : "",
                value.utf8.count <= 10_000
            else { throw PageRefusal.badForm }
            fields[name, default: []].append(value)
        }
    }

    /// Empty when there is no such field; the last one where there are several.
    subscript(_ name: String) -> String { fields[name]?.last ?? "" }
    /// All fields of a name, such as boxes that were ticked.
    func all(_ name: String) -> [String] { fields[name] ?? [] }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var out: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                out.append(0x20)
            } else if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(hexValue),
                    let low = rest.popFirst().flatMap(hexValue)
                else { return nil }
                out.append(high << 4 | low)
            } else {
                out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}

/// What the web edge itself refuses.
enum PageRefusal: Refusal {
    case notFound
    /// The anti-forgery field is missing or another's.
    case forged
    case badForm
    case tooLarge
    /// The body did not arrive within ten seconds.
    case tooSlow
    /// A browser's speculative loading: it would count as reading.
    case prefetch
    /// The form was opened in another space than the one this session is in now.
    case otherSpace

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .forged, .prefetch: .forbidden
        case .badForm, .tooLarge, .tooSlow: .invalid
        case .otherSpace: .conflict
        }
    }
    var rule: String {
        switch self {
        case .notFound: "page.notFound"
        case .forged: "form.forged"
        case .badForm: "form.unreadable"
        case .tooLarge: "form.tooLarge"
        case .tooSlow: "form.tooSlow"
        case .prefetch: "page.prefetch"
        case .otherSpace: "form.otherSpace"
        }
    }
}
