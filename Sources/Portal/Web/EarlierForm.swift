import Access
import HTTPTypes
import Hummingbird

/// A form of an earlier session of the same account: the session had ended, and its holder signed in again in another tab.
/// With it comes the cookie of the new session, so that it looks like one that a stranger has made. It is never executed:
/// its token says for which session it was drawn, not that its holder wants it done in this one.
struct EarlierForm: Error {
    let session: LapsedSession
    let fields: [String: [String]]
    /// Files are not kept.
    var hadFile = false
}

extension Visit {
    /// The earlier sessions of the person who is here; none for strangers, and for what scripts send.
    func earlierSessions() async throws -> [LapsedSession] {
        guard wantsPage, let holder = context.found?.holder else { return [] }
        return try await site.access.lapsedSessions(holder)
    }

    /// Back to the page of the form: filled in, where its line says that it is kept.
    func answer(_ form: EarlierForm) async throws -> Response {
        let route = PortalSite.routes.first { $0.method == request.method && $0.matches(request.uri.path) }
        let page = route?.formPage(of: request.uri.path) ?? "/accueil"
        guard route?.isKept == true,
            let secret = try await keep(form.fields, hadFile: form.hadFile, of: form.session)
        else { return .toPage("\(page)?fait=\(Flash.nothingDone.rawValue)") }
        var response = Response.toPage(page + "?saisie=1")
        SessionCookies.set(secret, on: &response, name: SessionCookies.kept)
        return response
    }
}

extension LapsedSession {
    /// Whether the masked token of a form is one of this session's.
    func hid(_ token: String) -> Bool {
        MaskedToken.unmask(token).map { areEqualSecrets($0, formSecret) } ?? false
    }
}
