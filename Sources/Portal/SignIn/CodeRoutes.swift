import Access
import HTML
import HTTPTypes
import Hummingbird

/// The second step: the code, whichever it is.
enum CodeRoutes {
    /// `GET /connexion/code`.
    static func show(_ visit: Visit) async throws -> Response {
        guard let step = try await visit.signInStep() else { return visit.toSignIn() }
        var page = visit.codePage(step.factor, step.target)
        page.wasResent = visit.query("renvoye") != nil
        page.problem = visit.query("attente").flatMap { Int64($0) }.map { .expiredUntil($0) }
        return Response(html: page.html)
    }

    /// `POST /connexion/code`.
    static func signIn(_ visit: Visit) async throws -> Response {
        guard let step = try await visit.signInStep() else { return visit.toSignIn() }
        return try await answer(visit, visit.codePage(step.factor, step.target), with: nil)
    }

    /// `GET /connexion/code/secours`.
    static func showRecovery(_ visit: Visit) async throws -> Response {
        Response(html: visit.codePage(.recoveryCode, "").html)
    }

    /// `POST /connexion/code/secours`.
    static func recover(_ visit: Visit) async throws -> Response {
        try await answer(visit, visit.codePage(.recoveryCode, ""), with: .recoveryCode)
    }

    private static func answer(_ visit: Visit, _ shown: CodePage, with factor: SecondFactor?) async throws
        -> Response
    {
        var page = shown
        let form: PostedForm
        do { form = try await visit.form() } catch PageRefusal.forged {
            page.problem = .formExpired
            return Response(html: page.html, status: .unprocessableContent)
        }
        page.returnTo = form.returnAddress
        guard page.factor.hasLength(form["code"]) else {
            page.problem = .wrongLength
            return Response(html: page.html, status: .unprocessableContent)
        }
        let answer = try await visit.site.access.signIn(
            code: form["code"], with: factor, token: visit.sessionCookie, browser: visit.browserCookie,
            origin: visit.context.origin)
        switch answer {
        case .signedIn(let token):
            guard let account = visit.context.found?.account else { return visit.toSignIn() }
            return visit.signedIn(token, account, to: page.returnTo)
        case .wrong(let left): page.problem = .wrong(triesLeft: left)
        case .expired(.sent), .expired(.notSent): page.problem = .expired
        case .expired(.wait(let until)): page.problem = .expiredUntil(until.rawValue)
        case .wait(let until): page.problem = .wait(until.rawValue)
        case .newProofNeeded: page.problem = .newProofNeeded
        case .triesUsedUp:
            let address = Visit.address("/connexion", returnTo: page.returnTo)
            var response = Response.toPage(address + (page.returnTo.isEmpty ? "?" : "&") + "fin=essais")
            SessionCookies.clear(SessionCookies.session, on: &response)
            return response
        case .sessionEnded: return .toPage(Visit.address("/connexion", returnTo: page.returnTo))
        }
        return Response(html: page.html, status: .unprocessableContent)
    }

    /// `POST /connexion/recommencer`: the sign-in that waits for its code ends here and on the server.
    static func startAgain(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try await visit.site.access.abandonSignIn(token: visit.sessionCookie, origin: visit.context.origin)
        var response = Response.toPage(Visit.address("/connexion", returnTo: form.returnAddress))
        SessionCookies.clear(SessionCookies.session, on: &response)
        return response
    }

    /// `GET /connexion/code/renvoyer`.
    static func showOthers(_ visit: Visit) async throws -> Response {
        guard let page = try await visit.otherWayPage(returnTo: visit.returnAddress) else {
            return visit.toSignIn()
        }
        return Response(html: page.html)
    }

    /// `POST /connexion/code/renvoyer`.
    static func resend(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let sending = try await visit.site.access.resendCode(
            token: visit.sessionCookie, origin: visit.context.origin)
        return try await afterSending(sending, visit, returnTo: form.returnAddress)
    }

    /// `POST /connexion/code/methode`: goes on with another factor.
    static func choose(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let factor = SecondFactor(rawValue: form["methode"]) else { throw PageRefusal.badForm }
        let sending = try await visit.site.access.choose(
            factor, token: visit.sessionCookie, origin: visit.context.origin)
        return try await afterSending(sending, visit, returnTo: form.returnAddress)
    }

    private static func afterSending(_ sending: CodeSending?, _ visit: Visit, returnTo back: String)
        async throws -> Response
    {
        switch sending {
        case nil: return .toPage(Visit.address("/connexion", returnTo: back))
        case .sent:
            let address =
                "/connexion/code?renvoye=1" + (back.isEmpty ? "" : "&retour=\(ReturnAddress(back).encoded)")
            return .toPage(address)
        case .notSent: return .toPage(Visit.address("/connexion/code", returnTo: back))
        case .wait(let until):
            guard var page = try await visit.otherWayPage(returnTo: back) else { return visit.toSignIn() }
            page.waitUntil = until.rawValue
            page.wasRefused = true
            return Response(html: page.html, status: .tooManyRequests)
        }
    }
}

extension SecondFactor {
    /// Whether as much was typed as its codes are long; nothing is counted for less.
    fileprivate func hasLength(_ typed: String) -> Bool {
        switch self {
        case .sms, .email, .authenticator:
            typed.utf8.count { (0x30...0x39).contains($0) } == 6
        case .recoveryCode:
            typed.utf8.count { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            } == 16
        }
    }
}

extension PostedForm {
    /// `retour`, if it is an address of ours; else empty.
    var returnAddress: String {
        let text = ReturnAddress(self["retour"]).text
        return text == "/" ? "" : text
    }
}

extension Visit {
    /// What this browser remembers of whole sign-ins.
    var browserCookie: String? { cookies[SessionCookies.browser] }

    /// The token of this browser's session, or empty.
    var sessionCookie: String { cookies[SessionCookies.session] ?? "" }

    /// After a whole sign-in: the session's cookie, and the one by which this browser is known again.
    func signedIn(_ token: String, _ account: Account, to back: String) -> Response {
        var response = Response.toPage(Visit.address("/", returnTo: back))
        SessionCookies.set(token, on: &response)
        SessionCookies.clear(SessionCookies.form, on: &response)
        SessionCookies.set(
            site.access.remember(account, in: browserCookie), on: &response, name: SessionCookies.browser,
            days: 180)
        return response
    }

    fileprivate func signInStep() async throws -> SignInStep? {
        guard let session = context.found?.session else { return nil }
        return try await site.access.signInStep(of: session)
    }

    fileprivate func codePage(_ factor: SecondFactor, _ target: String) -> CodePage {
        var page = CodePage(shell: publicShell, formToken: formToken, factor: factor, maskedTarget: target)
        page.returnTo = returnAddress
        page.captureLink = site.personas.isEmpty ? nil : Path("/demo/messages")
        return page
    }

    fileprivate func otherWayPage(returnTo: String) async throws -> OtherWayPage? {
        guard let step = try await signInStep() else { return nil }
        return OtherWayPage(
            shell: publicShell, formToken: formToken, factor: step.factor, maskedTarget: step.target,
            others: step.others, hasPasskey: step.hasPasskey, returnTo: returnTo)
    }
}
