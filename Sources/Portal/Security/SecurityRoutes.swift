import Access
import HTTPTypes
import Hummingbird

/// One's own password and sessions.
enum SecurityRoutes {
    /// `GET /profil/securite`.
    static func show(_ visit: Visit) async throws -> Response {
        Response(html: try await page(visit).html)
    }

    /// `POST /profil/securite/mot-de-passe`.
    static func changePassword(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        var problems: [SecurityPage.PasswordProblem] = []
        if form["current"].isEmpty { problems.append(.currentMissing) }
        if form["new"].isEmpty { problems.append(.newMissing) }
        if !form["new"].isEmpty, !areEqualSecrets(form["new"], form["confirmation"]) {
            problems.append(.confirmationDiffers)
        }
        if problems.isEmpty, areEqualSecrets(form["new"], form["current"]) { problems.append(.sameAsCurrent) }
        if problems.isEmpty {
            do {
                let token = try await visit.site.access.changePassword(
                    visit.holder(), current: form["current"], new: form["new"])
                var response = Response.toPage("/profil/securite?fait=\(Flash.passwordChanged.rawValue)")
                SessionCookies.set(token, on: &response)
                return response
            } catch AccessRefusal.wrongCurrentPassword {
                problems = [.currentWrong]
            } catch AccessRefusal.password(
                let mistake)
            {
                problems = [SecurityPage.PasswordProblem(mistake)]
            } catch AccessRefusal.tooMuchAtOnce { problems = [.tooManyTries] }
        }
        var page = try await page(visit)
        page.problems = problems
        return Response(html: page.html, status: .unprocessableContent)
    }

    /// `POST /profil/securite/sessions/{id}/terminer`.
    static func endSession(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = Session.ID(rawValue: try visit.parameter("id"))
        guard try await visit.site.access.endSession(id, visit.holder()) else { throw PageRefusal.notFound }
        return .toPage("/profil/securite?fait=\(Flash.sessionEnded.rawValue)")
    }

    /// `POST /profil/securite/sessions/terminer-autres`.
    static func endOthers(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        _ = try await visit.site.access.endOtherSessions(visit.holder())
        return .toPage("/profil/securite?fait=\(Flash.otherSessionsEnded.rawValue)")
    }

    static func page(_ visit: Visit) async throws -> SecurityPage {
        let holder = try visit.holder()
        let sessions = try await visit.site.access.openSessions(holder)
        let shell = try await visit.shell()
        return SecurityPage(
            shell: shell, factors: try await factors(visit, shell),
            sessions: sessions.map {
                SecurityPage.OpenSession(
                    id: $0.id.rawValue, userAgent: $0.userAgent, address: $0.address,
                    createdAt: $0.createdAt.rawValue, lastSeenAt: $0.lastSeenAt.rawValue,
                    isCurrent: $0.id == holder.sessionID)
            })
    }

    private static func factors(_ visit: Visit, _ shell: Shell) async throws -> FactorSections {
        let holder = try visit.holder()
        let own = try await visit.site.access.ownFactors(holder)
        return FactorSections(
            brand: shell.brand, formToken: shell.formToken, now: shell.presentation.now, sent: own.sent,
            authenticator: own.authenticator.map { ($0.since.rawValue, $0.lastUsedAt?.rawValue) },
            keys: own.passkeys.map {
                FactorSections.Key(
                    id: $0.id.rawValue, name: $0.name, createdAt: $0.createdAt.rawValue,
                    lastUsedAt: $0.lastUsedAt?.rawValue, isSynced: $0.isBackupEligible)
            },
            recoveryCodes: own.recoveryCodes,
            resetFrom: try await visit.site.access.ownFactorReset(holder)?.rawValue)
    }
}

extension SecurityPage.PasswordProblem {
    init(_ mistake: PasswordMistake) {
        self =
            switch mistake {
            case .tooShort: .tooShort
            case .tooLong: .tooLong
            case .common: .common
            case .personal: .personal
            }
    }
}
