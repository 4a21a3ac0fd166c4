import Access
import HTTPTypes
import Hummingbird

/// A forgotten password: the link, and the new password behind it.
enum PasswordLinkRoutes {
    /// `GET /mot-de-passe-oublie`.
    static func show(_ visit: Visit) async throws -> Response {
        await answer(visit, .ok, isSent: visit.query("envoye") != nil)
    }

    /// `POST /mot-de-passe-oublie`.
    static func ask(_ visit: Visit) async throws -> Response {
        let form: PostedForm
        do { form = try await visit.form() } catch PageRefusal.forged {
            return await answer(visit, .unprocessableContent, .formExpired)
        }
        do {
            let taken = try await visit.site.access.askPasswordLink(
                email: form["email"], origin: visit.context.origin)
            switch taken {
            case .taken: return .toPage("/mot-de-passe-oublie?envoye=1")
            case .wait(let until):
                return await answer(visit, .tooManyRequests, .wait(until: until.rawValue))
            }
        } catch AccessRefusal.email { return await answer(visit, .unprocessableContent, .email) }
    }

    /// `GET /mot-de-passe/{jeton}`: looks, and consumes nothing.
    static func showNew(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("jeton")
        guard try await visit.site.access.isOpenPasswordLink(token) else { return spent(visit) }
        return await answer(visit, token, [])
    }

    /// `POST /mot-de-passe/{jeton}`.
    static func setNew(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("jeton")
        let form: PostedForm
        do { form = try await visit.form() } catch PageRefusal.forged {
            // the cookie is missing or too old: the same page again
            return try await showNew(visit)
        }
        var problems: [SecurityPage.PasswordProblem] = []
        if form["new"].isEmpty { problems.append(.newMissing) }
        if !form["new"].isEmpty, !areEqualSecrets(form["new"], form["confirmation"]) {
            problems.append(.confirmationDiffers)
        }
        guard problems.isEmpty else { return await answer(visit, token, problems) }
        let answer = try await visit.site.access.resetPassword(
            token: token, new: form["new"], origin: visit.context.origin)
        switch answer {
        case .done:
            var response = Response.toPage("/connexion?fait=mot-de-passe")
            SessionCookies.clear(SessionCookies.session, on: &response)
            return response
        case .gone: return spent(visit)
        case .mistake(let mistake):
            return await Self.answer(visit, token, [SecurityPage.PasswordProblem(mistake)])
        }
    }

    private static func answer(
        _ visit: Visit, _ status: HTTPResponse.Status, _ problem: ForgottenPasswordPage.Problem? = nil,
        isSent: Bool = false
    ) async -> Response {
        await visit.answerStranger(status: status) { secret in
            ForgottenPasswordPage(
                shell: visit.publicShell, formToken: MaskedToken.mask(secret), problem: problem,
                isSent: isSent
            ).html
        }
    }

    private static func answer(
        _ visit: Visit, _ token: String, _ problems: [SecurityPage.PasswordProblem]
    ) async -> Response {
        await visit.answerStranger(status: problems.isEmpty ? .ok : .unprocessableContent) { secret in
            NewPasswordPage(
                shell: visit.publicShell, formToken: MaskedToken.mask(secret), token: token,
                problems: problems
            ).html
        }
    }

    private static func spent(_ visit: Visit) -> Response {
        Response(html: SpentLinkPage(shell: visit.publicShell).html, status: .gone)
    }
}
