import Access
import HTML
import HTTPTypes
import Hummingbird

/// The way in: address and password, then the code.
enum SignInRoutes {
    /// `GET /connexion`.
    static func show(_ visit: Visit) async throws -> Response {
        let back = visit.returnAddress
        if visit.context.found?.holder != nil { return .toPage(back == "" ? "/accueil" : back) }
        var page = visit.signInPage()
        page.returnTo = back
        // a cookie without a session: it has ended, and that is why one is here
        let hadSession = visit.request.cookies[SessionCookies.session] != nil
        page.notice = back.isEmpty || !hadSession ? nil : .sessionEnded
        return visit.answer(with: page)
    }

    /// `POST /connexion`.
    static func signIn(_ visit: Visit) async throws -> Response {
        var page = visit.signInPage()
        let form: PostedForm
        do { form = try await visit.form() } catch PageRefusal.forged {
            page.problem = .formExpired
            return visit.answer(with: page, status: .unprocessableContent)
        }
        page.email = String(form["email"].prefix(254))
        page.returnTo = ReturnAddress(form["retour"]).text == "/" ? "" : ReturnAddress(form["retour"]).text
        guard !form["email"].isEmpty else { return visit.answer(with: page, problem: .emailMissing) }
        guard !form["password"].isEmpty else { return visit.answer(with: page, problem: .passwordMissing) }
        let answer = try await visit.site.access.signIn(
            email: form["email"], password: form["password"], browser: visit.browserCookie,
            replacing: visit.request.cookies[SessionCookies.session]?.value, origin: visit.context.origin)
        switch answer {
        case .codeExpected(let token, let sending):
            var address = Visit.address("/connexion/code", returnTo: page.returnTo)
            if case .wait(let until) = sending {
                address += (page.returnTo.isEmpty ? "?" : "&") + "attente=\(until.rawValue)"
            }
            var response = Response.toPage(address)
            SessionCookies.set(token, on: &response)
            return response
        case .wrongPair: return visit.answer(with: page, problem: .wrongPair)
        case .wait(let until): return visit.answer(with: page, problem: .tooManyTries(until: until.rawValue))
        case .notActive(let state):
            switch state {
            case .suspended: return visit.answer(with: page, problem: .suspended)
            case .closed, .expired: return visit.answer(with: page, problem: .closed)
            case .requested, .emailUnconfirmed, .proofingPending, .active:
                return visit.answer(with: page, problem: .notActive)
            }
        }
    }

    /// `POST /deconnexion`: the session ends here and on every node; the browser forgets what it kept.
    static func signOut(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        try await visit.site.access.signOut(visit.holder())
        var response = Response.toPage("/deconnecte")
        SessionCookies.clear(SessionCookies.session, on: &response)
        response.headers[.clearSiteData] = "\"cache\", \"storage\""
        return response
    }

    /// `GET /deconnecte`.
    static func signedOut(_ visit: Visit) async throws -> Response {
        Response(html: SignedOutPage(shell: visit.publicShell).html)
    }
}

extension Visit {
    /// `retour` of the query string, or empty.
    var returnAddress: String {
        let back = ReturnAddress(query("retour") ?? "/").text
        return back == "/" ? "" : back
    }

    static func address(_ path: String, returnTo back: String) -> String {
        back.isEmpty ? path : "\(path)?retour=\(ReturnAddress(back).encoded)"
    }

    var publicShell: PublicShell { PublicShell(presentation: presentation) }

    fileprivate func signInPage() -> SignInPage {
        var page = SignInPage(shell: publicShell, formToken: "")
        page.personas = site.personas.map {
            SignInPage.Persona(name: $0.name, role: $0.role, email: $0.email, password: $0.password)
        }
        return page
    }

    fileprivate func answer(with page: SignInPage, problem: SignInPage.Problem) -> Response {
        var page = page
        page.problem = problem
        return answer(with: page, status: .unprocessableContent)
    }

    /// The page with a form token bound to a cookie of this browser, which is set if it is missing.
    fileprivate func answer(with page: SignInPage, status: HTTPResponse.Status = .ok) -> Response {
        // who has given the password and comes back has a session already: its secret is the one that counts
        if context.found != nil {
            return Response(html: page.with(formToken: formToken).html, status: status)
        }
        let known = request.cookies[SessionCookies.form]?.value
        let cookie = known ?? RandomText.token()
        let token = MaskedToken.mask(site.access.formToken(forCookie: cookie))
        var response = Response(html: page.with(formToken: token).html, status: status)
        if known == nil { SessionCookies.set(cookie, on: &response, name: SessionCookies.form) }
        return response
    }
}

extension SignInPage {
    fileprivate func with(formToken: String) -> SignInPage {
        var page = SignInPage(shell: shell, formToken: formToken)
        page.email = email
        page.returnTo = returnTo
        page.problem = problem
        page.notice = notice
        page.personas = personas
        return page
    }
}
