import Access
import HTML
import HTTPTypes
import Hummingbird

/// One's own second factors. Whatever changes one throws `FactorRefusal.stepUp` when the last proof of who is there is
/// too old; `ErrorPagesMiddleware` leads to `/profil/securite/verification` then.
enum FactorRoutes {
    /// `GET /profil/securite/verification`.
    static func showVerification(_ visit: Visit) async throws -> Response {
        var page = VerificationPage(shell: try await visit.shell())
        page.returnTo = visit.returnAddress
        return Response(html: page.html)
    }

    /// `POST /profil/securite/verification`.
    static func verify(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        var page = VerificationPage(shell: try await visit.shell())
        page.returnTo = form.returnAddress
        do {
            guard !form["current"].isEmpty else { throw AccessRefusal.wrongCurrentPassword }
            let token = try await visit.site.access.proveAgain(visit.holder(), password: form["current"])
            let back = page.returnTo.isEmpty ? "/profil/securite" : page.returnTo
            return .toPage(back, with: token)
        } catch AccessRefusal.wrongCurrentPassword {
            page.problem = form["current"].isEmpty ? .currentMissing : .currentWrong
        } catch AccessRefusal.tooMuchAtOnce { page.problem = .tooManyTries }
        return Response(html: page.html, status: .unprocessableContent)
    }

    /// `GET /profil/securite/application`.
    static func showAuthenticator(_ visit: Visit) async throws -> Response {
        guard try await visit.site.access.isFresh(visit.holder()) else { throw FactorRefusal.stepUp }
        return Response(html: try await authenticatorPage(visit).html)
    }

    /// `POST /profil/securite/application`.
    static func beginAuthenticator(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        try await visit.site.access.beginAuthenticator(visit.holder())
        return .toPage("/profil/securite/application")
    }

    /// `POST /profil/securite/application/confirmer`.
    static func confirmAuthenticator(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        do {
            let change = try await visit.site.access.confirmAuthenticator(
                visit.holder(), code: form["code"])
            return try await answer(visit, change, .authenticatorAdded)
        } catch FactorRefusal.nothingBegun {
            return .toPage("/profil/securite/application")
        } catch let refusal as FactorRefusal where refusal == .wrongCode || refusal == .tooManyTries {
            var page = try await authenticatorPage(visit)
            page.mistake =
                refusal == .wrongCode
                ? t("Ce code ne correspond pas. Vérifiez que l’heure de votre téléphone est juste.")
                : t("Trop d’essais. Réessayez dans quelques minutes.")
            return Response(html: page.html, status: .unprocessableContent)
        }
    }

    /// `POST /profil/securite/application/retirer`.
    static func removeAuthenticator(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        return try await removed(visit) {
            try await visit.site.access.removeAuthenticator(visit.holder())
        }
    }

    /// `GET /profil/securite/codes-de-secours`.
    static func showRecoveryCodes(_ visit: Visit) async throws -> Response {
        let own = try await visit.site.access.ownFactors(visit.holder())
        return Response(
            html: RecoveryCodesPage(shell: try await visit.shell(), remaining: own.recoveryCodes).html)
    }

    /// `POST /profil/securite/codes-de-secours`.
    static func renewRecoveryCodes(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let change = try await visit.site.access.renewRecoveryCodes(visit.holder())
        return try await answer(visit, change, .recoveryCodesMade)
    }

    /// `POST /profil/securite/demande/arreter`.
    static func stopReset(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let holder = try visit.holder()
        guard try await visit.site.access.stopFactorReset(of: holder.accountID, by: holder) else {
            throw PageRefusal.notFound
        }
        return .toPage("/profil/securite?fait=\(Flash.resetStopped.rawValue)")
    }

    /// To the codes if some were made, which are shown this once; else back.
    static func answer(_ visit: Visit, _ change: FactorChange, _ flash: Flash) async throws -> Response {
        guard !change.recoveryCodes.isEmpty else {
            return .toPage("/profil/securite?fait=\(flash.rawValue)", with: change.token)
        }
        let renewed = try await visit.renewed(change.token)
        var response = Response(
            html: NewRecoveryCodesPage(
                shell: try await renewed.shell(), result: flash.text, codes: change.recoveryCodes
            ).html)
        SessionCookies.set(change.token, on: &response)
        return response
    }

    /// Back with the new token, or with the reason why it stays.
    static func removed(_ visit: Visit, _ remove: () async throws -> String) async throws -> Response {
        do {
            let token = try await remove()
            return .toPage("/profil/securite?fait=\(Flash.factorRemoved.rawValue)", with: token)
        } catch FactorRefusal.lastFactor {
            var page = try await SecurityRoutes.page(visit)
            page.refusal = t("C’est votre dernier moyen de connexion : ajoutez-en un autre d’abord.")
            return Response(html: page.html, status: .conflict)
        }
    }

    private static func authenticatorPage(_ visit: Visit) async throws -> AuthenticatorPage {
        let setup = try await visit.site.access.authenticatorSetup(visit.holder())
        return AuthenticatorPage(
            shell: try await visit.shell(),
            setup: setup.map { AuthenticatorPage.Setup(secret: $0.secret, email: $0.email) })
    }
}

extension Response {
    /// To another page of ours, with the new token of the session.
    static func toPage(_ address: String, with token: String) -> Response {
        var response = Response.toPage(address)
        SessionCookies.set(token, on: &response)
        return response
    }
}

extension Visit {
    /// The same request in the session as it is now: forms of the page need its new secret.
    func renewed(_ token: String) async throws -> Visit {
        var context = context
        context.found = try await site.access.session(token: token, origin: context.origin)
        return Visit(request: request, context: context, site: site)
    }
}
