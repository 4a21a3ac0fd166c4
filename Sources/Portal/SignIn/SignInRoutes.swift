import Access
import Enrolment
import HTML
import HTTPTypes
import Hummingbird

/// The way in: address and password and then the code, or a passkey alone.
enum SignInRoutes {
    /// `GET /connexion`.
    static func show(_ visit: Visit) async throws -> Response {
        let back = visit.returnAddress
        if visit.context.found?.holder != nil { return .toPage(back == "" ? "/accueil" : back) }
        var page = try await visit.signInPage()
        page.returnTo = back
        // a cookie without a session: it has ended, and that is why one is here
        let hadSession = visit.cookies[SessionCookies.session] != nil
        page.notice = back.isEmpty || !hadSession ? nil : .sessionEnded
        if page.notice != nil, visit.query("fin") == "envoi" { page.notice = .nothingDone }
        if page.notice != nil, back.utf8.suffix(9).elementsEqual("?saisie=1".utf8),
            visit.cookies[SessionCookies.kept] != nil
        {
            page.notice = .entryKept
        }
        if visit.query("fin") == "essais" { page.notice = .triesUsedUp }
        if visit.query("fait") == "mot-de-passe" { page.notice = .passwordReset }
        return await visit.answer(with: page)
    }

    /// `POST /connexion`.
    static func signIn(_ visit: Visit) async throws -> Response {
        var page = try await visit.signInPage()
        let form: PostedForm
        do { form = try await visit.form() } catch PageRefusal.forged {
            page.problem = .formExpired
            return await visit.answer(with: page, status: .unprocessableContent)
        }
        page.email = String(form["email"].prefix(254))
        page.returnTo = form.returnAddress
        guard !form["email"].isEmpty else { return await visit.answer(with: page, problem: .emailMissing) }
        guard !form["password"].isEmpty else {
            return await visit.answer(with: page, problem: .passwordMissing)
        }
        let answer = try await visit.site.access.signIn(
            email: form["email"], password: form["password"], browser: visit.browserCookie,
            replacing: visit.cookies[SessionCookies.session],
            among: visit.site.enrolment.pendingRequests, origin: visit.context.origin)
        switch answer {
        case .codeExpected(let token, let sending):
            var address = Visit.address("/connexion/code", returnTo: page.returnTo)
            if case .wait(let until) = sending {
                address += (page.returnTo.isEmpty ? "?" : "&") + "attente=\(until.rawValue)"
            }
            var response = Response.toPage(address)
            SessionCookies.set(token, on: &response)
            return response
        case .wrongPair: return await visit.answer(with: page, problem: .wrongPair)
        case .wait(let until):
            return await visit.answer(with: page, problem: .tooManyTries(until: until.rawValue))
        case .requestPending(let link):
            let followed = try await visit.site.enrolment.follow(link)
            return await visit.answer(
                with: page,
                problem: .requestPending(link: link, startsAt: followed.appointment?.startsAt?.rawValue))
        case .noFactor: return await visit.answer(with: page, problem: .noFactor)
        case .notActive(let state): return await visit.answer(with: page, problem: .init(state))
        }
    }

    /// `POST /connexion/cle`: the whole sign-in by a passkey.
    static func signInWithPasskey(_ visit: Visit) async throws -> Response {
        var page = try await visit.signInPage()
        let form: PostedForm
        do { form = try await visit.form() } catch PageRefusal.forged {
            page.problem = .passkeyStale
            return await visit.answer(with: page, status: .unprocessableContent)
        }
        page.returnTo = form.returnAddress
        let assertion = PasskeyAssertion(
            credentialID: form["id"], clientData: form["clientData"],
            authenticatorData: form["authenticatorData"], signature: form["signature"],
            handle: form["handle"])
        guard let assertion else { return await visit.answer(with: page, problem: .passkeyRefused) }
        let answer = try await visit.site.access.signIn(
            passkey: assertion, binding: visit.formSecret,
            replacing: visit.cookies[SessionCookies.session], browser: visit.browserCookie,
            origin: visit.context.origin)
        switch answer {
        case .signedIn(let token, let account): return visit.signedIn(token, account, to: page.returnTo)
        case .stale: return await visit.answer(with: page, problem: .passkeyStale)
        case .refused: return await visit.answer(with: page, problem: .passkeyRefused)
        case .wait(let until):
            return await visit.answer(with: page, problem: .tooManyTries(until: until.rawValue))
        case .notActive(let state): return await visit.answer(with: page, problem: .init(state))
        }
    }

    /// `POST /deconnexion`: the session ends here and on every node; the browser forgets what it kept.
    static func signOut(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let way = visit.outsideWay
        try await visit.site.access.signOut(visit.holder())
        var response = Response.toPage(way.map { "/deconnecte?chez=\($0.slug)" } ?? "/deconnecte")
        SessionCookies.clear(SessionCookies.session, on: &response)
        response.headers[.clearSiteData] = "\"cache\", \"storage\""
        return response
    }

    /// `GET /deconnecte`.
    static func signedOut(_ visit: Visit) async throws -> Response {
        let way = visit.identityWay(slug: visit.query("chez"))
        return Response(html: SignedOutPage(shell: visit.publicShell, way: way).html)
    }
}

extension SignInPage.Problem {
    /// What is told to who has proved the account to be his.
    fileprivate init(_ state: Account.State) {
        self =
            switch state {
            case .suspended: .suspended
            case .closed, .expired: .closed
            case .requested, .emailUnconfirmed, .proofingPending, .active: .notActive
            }
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

    /// A page with a form for somebody who has no session yet: its token is bound to a cookie of this browser, which is
    /// set if it is missing. Who has given the password and comes back has a session already: its secret counts.
    /// - Parameter page: made of the secret that the token of its forms hides.
    func answerStranger(
        status: HTTPResponse.Status = .ok, _ page: (_ secret: String) async throws -> [UInt8]
    ) async rethrows -> Response {
        if context.found != nil { return Response(html: try await page(formSecret), status: status) }
        let known = cookies[SessionCookies.form]
        let cookie = known ?? RandomText.token()
        var response = Response(
            html: try await page(site.access.formToken(forCookie: cookie)), status: status)
        if known == nil { SessionCookies.set(cookie, on: &response, name: SessionCookies.form) }
        return response
    }

    fileprivate func signInPage() async throws -> SignInPage {
        var page = SignInPage(shell: publicShell, formToken: "")
        page.ways = try await identityWays()
        page.personas = site.personas.map {
            SignInPage.Persona(name: $0.name, role: $0.role, email: $0.email, password: $0.password)
        }
        return page
    }

    fileprivate func answer(with page: SignInPage, problem: SignInPage.Problem) async -> Response {
        var page = page
        page.problem = problem
        return await answer(with: page, status: .unprocessableContent)
    }

    fileprivate func answer(with page: SignInPage, status: HTTPResponse.Status = .ok) async -> Response {
        await answerStranger(status: status) { secret in
            page.with(
                formToken: MaskedToken.mask(secret),
                passkeyOptions: PasskeyOptions.signIn(site.access.passkeyRequest(binding: secret))
            ).html
        }
    }
}

extension SignInPage {
    fileprivate func with(formToken: String, passkeyOptions: String) -> SignInPage {
        var page = SignInPage(shell: shell, formToken: formToken)
        page.email = email
        page.returnTo = returnTo
        page.problem = problem
        page.notice = notice
        page.personas = personas
        page.passkeyOptions = passkeyOptions
        page.ways = ways
        return page
    }
}
