import Access
import Directory
import Enrolment
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The way to an account, for people who have none.
enum EnrolmentRoutes {
    /// `GET /creer-un-compte`.
    static func show(_ visit: Visit) async throws -> Response {
        let closed = try await visit.site.enrolment.closedProfessions()
        let ways = try await visit.identityWays()
        return visit.answerForm { token in
            RequestAccountPage(shell: visit.publicShell, formToken: token, closed: closed, ways: ways).html
        }
    }

    /// `POST /creer-un-compte`: whoever asks, with whatever address, is answered in the same way.
    static func request(_ visit: Visit) async throws -> Response {
        let closed = try await visit.site.enrolment.closedProfessions()
        let ways = try await visit.identityWays()
        var typed = RequestForm()
        func answer(
            _ status: HTTPResponse.Status, mistakes: [RequestMistake] = [],
            problem: RequestAccountPage.Problem? = nil
        ) -> Response {
            visit.answerForm(status: status) { [typed] token in
                RequestAccountPage(
                    shell: visit.publicShell, formToken: token, form: typed, mistakes: mistakes,
                    problem: problem, closed: closed, ways: ways
                ).html
            }
        }
        do {
            typed = RequestForm(try await visit.form())
            let receipt = try await visit.site.enrolment.requestAccount(typed, origin: visit.context.origin)
            var response = Response.toPage("/creer-un-compte/envoye")
            SessionCookies.set(receipt.token, on: &response, name: SessionCookies.request)
            return response
        } catch PageRefusal.forged {
            return answer(.unprocessableContent, problem: .formExpired)
        } catch let mistakes as RequestMistakes {
            return answer(.unprocessableContent, mistakes: mistakes.all)
        } catch EnrolmentRefusal.tooMany {
            return answer(.tooManyRequests, problem: .tooMany)
        } catch AccessRefusal.tooMuchAtOnce {
            return answer(.serviceUnavailable, problem: .busy)
        }
    }

    /// What the live look-up reads.
    private struct Registered: Encodable {
        /// `found`, `absent`, `refused`
        let state: String
        let text: String
    }

    /// `POST /creer-un-compte/registre`, with `identifiant`: «Est-ce vous ?». The script asks for JSON while one types;
    /// without it the button shows the page again, with the answer.
    static func lookUp(_ visit: Visit) async throws -> Response {
        let typed = try await visit.form()
        let answer: Registered
        do {
            let entry = try await visit.site.enrolment.lookUp(
                String(typed["identifiant"].prefix(100)), origin: visit.context.origin)
            answer =
                entry.map { Registered(state: "found", text: RegisterTexts.question($0)) }
                ?? Registered(state: "absent", text: t("Aucun registre ne connaît ce GLN. Vérifiez-le."))
        } catch let mistakes as RequestMistakes {
            answer = Registered(state: "refused", text: mistakes.all.first?.text ?? "")
        } catch EnrolmentRefusal.tooMany {
            answer = Registered(
                state: "refused", text: t("Trop de recherches depuis votre réseau. Continuez sans elle."))
        }
        if visit.request.headers[.accept] == "application/json" {
            return Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(answer))))
        }
        let closed = try await visit.site.enrolment.closedProfessions()
        let ways = try await visit.identityWays()
        return visit.answerForm { token in
            RequestAccountPage(
                shell: visit.publicShell, formToken: token, form: RequestForm(typed), closed: closed,
                ways: ways, registered: answer.text
            ).html
        }
    }

    /// `GET /creer-un-compte/envoye`: what this browser has just sent.
    static func sent(_ visit: Visit) async throws -> Response {
        guard let token = visit.cookies[SessionCookies.request] else {
            return .toPage("/creer-un-compte")
        }
        return try await page(visit, token: token, isFresh: true)
    }

    /// `GET /creer-un-compte/suivi/{jeton}`.
    static func follow(_ visit: Visit) async throws -> Response {
        try await page(visit, token: try visit.parameter("token"))
    }

    /// `POST …/rendez-vous`, with `lieu` and perhaps `creneau-{lieu}`.
    static func chooseAppointment(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        let form = try await visit.form()
        let slot = form["creneau-\(form["lieu"])"]
        return try await answer(visit, token, done: .appointment) {
            try await visit.site.enrolment.chooseAppointment(
                token, site: ValidationSite.ID(rawValue: form["lieu"]),
                slot: slot.isEmpty ? nil : ValidationSlot.ID(rawValue: slot),
                origin: visit.context.origin)
        }
    }

    /// `POST …/canal`, with `canal`.
    static func chooseChannel(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        let form = try await visit.form()
        guard let channel = Account.CodeChannel(rawValue: form["canal"]) else { throw PageRefusal.badForm }
        return try await answer(visit, token, done: .channel) {
            try await visit.site.enrolment.choose(channel, token, origin: visit.context.origin)
        }
    }

    /// `POST …/piece`, a form with one file.
    static func addCopy(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        let form = try await visit.upload(limit: EnrolmentLimits.copyBytes)
        return try await answer(visit, token, done: .copy) {
            if form.isTooLarge { throw EnrolmentRefusal.copyRefused(.tooLarge) }
            try await visit.site.enrolment.addCopy(form.file, token, origin: visit.context.origin)
        }
    }

    /// `POST …/retirer`.
    static func withdraw(_ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        _ = try await visit.form()
        return try await answer(visit, token, done: nil) {
            try await visit.site.enrolment.withdraw(token, origin: visit.context.origin)
        }
    }

    private static func answer(
        _ visit: Visit, _ token: String, done: FollowPage.Done?, _ work: () async throws -> Void
    ) async throws -> Response {
        do { try await work() } catch let refusal as EnrolmentRefusal {
            guard let problem = FollowPage.Problem(refusal) else { throw refusal }
            return try await page(visit, token: token, problem: problem, status: .unprocessableContent)
        }
        return .toPage("/creer-un-compte/suivi/\(token)" + (done.map { "?fait=\($0.rawValue)" } ?? ""))
    }

    private static func page(
        _ visit: Visit, token: String, isFresh: Bool = false, problem: FollowPage.Problem? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let followed = try await visit.site.enrolment.follow(token)
        return visit.answerForm(status: status) { formToken in
            FollowPage(
                shell: visit.publicShell, formToken: formToken, token: token, followed: followed,
                isFresh: isFresh, problem: problem,
                done: visit.query("fait").flatMap(FollowPage.Done.init(rawValue:))
            ).html
        }
    }
}

extension FollowPage.Problem {
    init?(_ refusal: EnrolmentRefusal) {
        switch refusal {
        case .slotTaken: self = .slotTaken
        case .tooManyChanges: self = .tooManyChanges
        case .incomplete: self = .slotMissing
        case .copyRefused(let mistake): self = .copy(mistake)
        case .tooManyCopies: self = .copiesFull
        case .landline: self = .landline
        case .wrongState: self = .gone
        default: return nil
        }
    }
}

extension RequestForm {
    init(_ form: PostedForm) {
        self.init()
        honorific = form["titre"]
        familyName = form["nom"]
        givenName = form["prenom"]
        email = form["email"]
        mobile = form["telephone"]
        password = form["password"]
        passwordAgain = form["confirmation"]
        codeChannel = form["canal"]
        identifierKind = form["type"]
        identifier = form["identifiant"]
        profession = form["profession"]
        specialities = form["specialites"]
        practice = form["cabinet"]
        responsible = form["responsable"]
        wantsScreening = !form["mcsis"].isEmpty
    }
}
