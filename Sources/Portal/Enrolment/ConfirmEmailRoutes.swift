import Access
import Enrolment
import HTTPTypes
import Hummingbird

/// The link with which the holder of a new account confirms the address.
enum ConfirmEmailRoutes {
    /// `GET /confirmer-email/{jeton}`: says what is asked for, and changes nothing.
    static func show(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        guard let awaited = try await visit.site.enrolment.awaitedConfirmation(token) else {
            return expired(visit, token)
        }
        return visit.answerForm { formToken in
            ConfirmEmailPage(
                shell: visit.publicShell, formToken: formToken, token: token, awaited: awaited
            ).html
        }
    }

    /// `POST /confirmer-email/{jeton}`.
    static func confirm(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        let form = try await visit.form()
        do {
            try await visit.site.enrolment.confirmEmail(
                token, password: form["password"], again: form["confirmation"], secret: form["secret"],
                origin: visit.context.origin)
            return Response(html: EmailConfirmedPage(shell: visit.publicShell).html)
        } catch EnrolmentRefusal.linkExpired {
            return expired(visit, token)
        } catch let refusal as EnrolmentRefusal {
            guard let problem = ConfirmEmailPage.Problem(refusal, isEmpty: form["password"].isEmpty),
                let awaited = try await visit.site.enrolment.awaitedConfirmation(token)
            else { return expired(visit, token) }
            return visit.answerForm(status: .unprocessableContent) { formToken in
                ConfirmEmailPage(
                    shell: visit.publicShell, formToken: formToken, token: token, awaited: awaited,
                    problem: problem
                ).html
            }
        }
    }

    /// `POST /confirmer-email/{jeton}/renvoyer`: the same answer whatever the link was.
    static func resend(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        _ = try await visit.form()
        try await visit.site.enrolment.resendConfirmation(token, origin: visit.context.origin)
        return expired(visit, token, isSent: true)
    }

    private static func expired(_ visit: Visit, _ token: String, isSent: Bool = false) -> Response {
        visit.answerForm(status: isSent ? .ok : .gone) { formToken in
            ConfirmationExpiredPage(
                shell: visit.publicShell, formToken: formToken, token: token, isSent: isSent
            ).html
        }
    }
}

extension ConfirmEmailPage.Problem {
    init?(_ refusal: EnrolmentRefusal, isEmpty: Bool) {
        switch refusal {
        case .password(let mistake): self = isEmpty ? .passwordMissing : .password(mistake)
        case .passwordsDiffer: self = .passwordsDiffer
        case .secretWrong: self = .secretWrong
        default: return nil
        }
    }
}
