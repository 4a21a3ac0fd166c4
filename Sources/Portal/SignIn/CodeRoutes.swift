import Access
import HTML
import HTTPTypes
import Hummingbird

/// The second step: the code.
enum CodeRoutes {
    /// `GET /connexion/code`.
    static func show(_ visit: Visit) async throws -> Response {
        guard var page = try await visit.codePage() else { return visit.toSignIn() }
        page.returnTo = visit.returnAddress
        page.wasResent = visit.query("renvoye") != nil
        page.problem = visit.query("attente").flatMap { Int64($0) }.map { .expiredUntil($0) }
        return Response(html: page.html)
    }

    /// `POST /connexion/code`.
    static func signIn(_ visit: Visit) async throws -> Response {
        guard var page = try await visit.codePage() else { return visit.toSignIn() }
        let form: PostedForm
        do { form = try await visit.form() } catch PageRefusal.forged {
            page.problem = .formExpired
            return Response(html: page.html, status: .unprocessableContent)
        }
        page.returnTo = ReturnAddress(form["retour"]).text == "/" ? "" : ReturnAddress(form["retour"]).text
        let digits = form["code"].utf8.filter { (0x30...0x39).contains($0) }
        guard digits.count == 6 else {
            page.problem = .wrongLength
            return Response(html: page.html, status: .unprocessableContent)
        }
        let token = visit.request.cookies[SessionCookies.session]?.value ?? ""
        let answer = try await visit.site.access.signIn(
            code: form["code"], token: token, browser: visit.browserCookie, origin: visit.context.origin)
        switch answer {
        case .signedIn(let newToken):
            var response = Response.toPage(Visit.address("/", returnTo: page.returnTo))
            SessionCookies.set(newToken, on: &response)
            SessionCookies.clear(SessionCookies.form, on: &response)
            if let account = visit.context.found?.account {
                SessionCookies.set(
                    visit.site.access.remember(account, in: visit.browserCookie), on: &response,
                    name: SessionCookies.browser, days: 180)
            }
            return response
        case .wrong(let left): page.problem = .wrong(triesLeft: left)
        case .expired(.sent): page.problem = .expired
        case .expired(.wait(let until)): page.problem = .expiredUntil(until.rawValue)
        case .sessionEnded:
            return .toPage(Visit.address("/connexion", returnTo: page.returnTo))
        }
        return Response(html: page.html, status: .unprocessableContent)
    }

    /// `POST /connexion/recommencer`: the sign-in that waits for its code ends here and on the server.
    static func startAgain(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let token = visit.request.cookies[SessionCookies.session]?.value ?? ""
        try await visit.site.access.abandonSignIn(token: token, origin: visit.context.origin)
        let back = ReturnAddress(form["retour"]).text
        var response = Response.toPage(Visit.address("/connexion", returnTo: back == "/" ? "" : back))
        SessionCookies.clear(SessionCookies.session, on: &response)
        return response
    }

    /// `GET /connexion/code/renvoyer`.
    static func showResend(_ visit: Visit) async throws -> Response {
        guard let page = try await visit.resendPage(returnTo: visit.returnAddress) else {
            return visit.toSignIn()
        }
        return Response(html: page.html)
    }

    /// `POST /connexion/code/renvoyer`.
    static func resend(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let back = ReturnAddress(form["retour"]).text == "/" ? "" : ReturnAddress(form["retour"]).text
        let token = visit.request.cookies[SessionCookies.session]?.value ?? ""
        let sending = try await visit.site.access.resendCode(token: token, origin: visit.context.origin)
        switch sending {
        case nil: return .toPage(Visit.address("/connexion", returnTo: back))
        case .sent:
            let address =
                "/connexion/code?renvoye=1" + (back.isEmpty ? "" : "&retour=\(ReturnAddress(back).encoded)")
            return .toPage(address)
        case .wait(let until):
            guard var page = try await visit.resendPage(returnTo: back) else { return visit.toSignIn() }
            page.waitUntil = until.rawValue
            page.wasRefused = true
            return Response(html: page.html, status: .tooManyRequests)
        }
    }
}

extension Visit {
    /// What this browser remembers of whole sign-ins.
    var browserCookie: String? { request.cookies[SessionCookies.browser]?.value }

    /// How and where the code of this session went, masked.
    func codeTarget() async throws -> (channel: CodeChannel, target: String)? {
        guard let session = context.found?.session else { return nil }
        return try await site.access.maskedTarget(of: session).map { channel, target in
            (channel == .sms ? .sms : .email, target)
        }
    }

    fileprivate func codePage() async throws -> CodePage? {
        guard let (channel, target) = try await codeTarget() else { return nil }
        var page = CodePage(shell: publicShell, formToken: formToken, channel: channel, maskedTarget: target)
        page.captureLink = site.personas.isEmpty ? nil : Path("/demo/messages")
        return page
    }

    fileprivate func resendPage(returnTo: String) async throws -> ResendPage? {
        guard let (channel, target) = try await codeTarget() else { return nil }
        return ResendPage(
            shell: publicShell, formToken: formToken, channel: channel, maskedTarget: target,
            returnTo: returnTo)
    }
}
