import Access
import Dispatches
import Foundation
import HTML
import HTTPTypes
import Hummingbird

/// What somebody had typed into a form when his session ended (ui.md 2.1): kept for who signs in again to the same account
/// in the same browser, and shown in the fields of the form's page. It is never sent on by itself.
struct KeptEntry: Codable, Sendable {
    /// Where it was sent.
    let path: String
    fileprivate(set) var fields: [String: [String]]
    /// Files are not kept.
    var hadFile = false

    /// While a page is drawn to which one comes back: its fields show what was typed in place of what is saved.
    @TaskLocal static var current: KeptEntry?

    /// The last value of a field, or nil where the page has nothing kept.
    static func value(_ name: String) -> String? { current?.fields[name]?.last }

    /// Whether a box was ticked; nil where the page has nothing kept. What was not ticked was not sent.
    static func isTicked(_ name: String, _ value: String = "1") -> Bool? {
        current.map { $0.fields[name]?.contains(value) ?? false }
    }

    /// Whether what is kept was sent from the form of this address. Of several forms with one address, `hidden` names
    /// the fields that tell which one it was.
    static func isOf(_ action: Path, _ hidden: [String: String] = [:]) -> Bool {
        current?.path == action.text && hidden.allSatisfy { value($0.key) == $0.value }
    }

    /// Draws one of the forms of a page that has several: what is kept stands in the one from which it was sent, and in
    /// no other that has a field of the same name.
    static func inForm(
        _ action: Path, _ hidden: [String: String] = [:], @Markup _ form: (_ isKept: Bool) -> Node
    ) -> Node {
        inForm(isOf(action, hidden), form)
    }

    /// The same, where the page itself knows which of its forms it was.
    static func inForm(_ isIts: Bool, @Markup _ form: (_ isKept: Bool) -> Node) -> Node {
        isIts || current == nil ? form(isIts) : $current.withValue(nil) { form(false) }
    }
}

extension Visit {
    /// Keeps the form of somebody whose session ended by itself, if it is his and short enough.
    /// - Returns: the secret for his browser; nil when nothing could be kept.
    func keepForm() async throws -> String? {
        guard let session = try await site.access.lapsedSession(token: sessionCookie) else { return nil }
        do {
            let (fields, hadFile) = try await typedFields { session.hid($0) }
            return try await keep(fields, hadFile: hadFile, of: session)
        } catch is any Refusal { return nil }
    }

    /// - Returns: the secret for his browser; nil when it is too long.
    func keep(_ fields: [String: [String]], hadFile: Bool, of session: LapsedSession) async throws -> String?
    {
        var entry = KeptEntry(path: request.uri.path, fields: fields, hadFile: hadFile)
        entry.fields["_jeton"] = nil
        return try await site.access.keepForm(Array(JSONEncoder().encode(entry)), of: session)
    }

    private func typedFields(_ isHis: @escaping @Sendable (String) -> Bool) async throws
        -> (fields: [String: [String]], hadFile: Bool)
    {
        let isUpload =
            request.headers[.contentType]?.utf8.starts(with: "multipart/form-data".utf8) == true
        let fields: [String: [String]]
        if isUpload {
            fields = try await uploadedFields(limit: site.dispatches.maximumManualBytes, isHis)
                .mapValues { [$0] }
        } else {
            fields = try await posted().fields
        }
        guard isHis(fields["_jeton"]?.last ?? "") else { throw PageRefusal.forged }
        return (fields, isUpload)
    }

    /// What this browser keeps of a form whose page is asked for, if the same account came back.
    func keptEntry(_ holder: Holder) async throws -> KeptEntry? {
        guard request.method == .get, query("saisie") != nil,
            let secret = cookies[SessionCookies.kept],
            let bytes = try await site.access.keptForm(secret: secret, holder),
            let entry = try? JSONDecoder().decode(KeptEntry.self, from: Data(bytes)),
            let route = PortalSite.routes.first(where: { $0.method == .post && $0.matches(entry.path) }),
            route.formPage(of: entry.path) == request.uri.path
        else { return nil }
        return entry
    }

    /// After the form was sent after all.
    func forgetKeptForm(_ holder: Holder, _ response: Response) async throws -> Response {
        guard response.status.kind == .redirection, cookies[SessionCookies.kept] != nil else {
            return response
        }
        try await site.access.forgetKeptForm(holder)
        var response = response
        SessionCookies.clear(SessionCookies.kept, on: &response)
        return response
    }
}

extension Route {
    /// The page on which the form stands that writes here: the one that the line names, or the nearest address above it
    /// that can be opened.
    func formPage(of address: String) -> String? {
        if let page { return page }
        var pattern = path.split(separator: "/")
        let parts = address.split(separator: "/")
        while !pattern.isEmpty, parts.count >= pattern.count {
            let above = "/" + pattern.joined(separator: "/")
            if PortalSite.routes.contains(where: { $0.method == .get && $0.path == above }) {
                return "/" + parts.prefix(pattern.count).joined(separator: "/")
            }
            pattern.removeLast()
        }
        return nil
    }

    /// Who is not signed in goes to sign in, and then to where he was. What he had typed is kept if the line says so.
    func toSignIn(_ visit: Visit) async throws -> Response {
        guard method == .post, isKept, visit.wantsPage, visit.context.found == nil,
            let page = formPage(of: visit.request.uri.path), let secret = try await visit.keepForm()
        else { return visit.toSignIn() }
        let back = ReturnAddress(page + "?saisie=1")
        var response = Response.toPage("/connexion?retour=\(back.encoded)")
        SessionCookies.set(secret, on: &response, name: SessionCookies.kept)
        return response
    }
}
