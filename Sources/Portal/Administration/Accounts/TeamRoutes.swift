import Access
import Enrolment
import HTTPTypes
import Hummingbird

/// Who is in the team.
enum TeamRoutes {
    /// `GET /admin/equipe`.
    static func show(_ visit: Visit) async throws -> Response { Response(html: try await page(visit).html) }

    /// `POST /admin/equipe`.
    static func propose(_ visit: Visit) async throws -> Response {
        let posted = try await visit.form()
        let form = StaffForm(posted)
        do {
            try await visit.site.enrolment.proposeStaff(form, visit.holder())
        } catch let mistakes as StaffMistakes {
            return try await refused(visit, form, .form(mistakes.all))
        } catch let refusal as EnrolmentRefusal {
            guard let problem = TeamPage.Problem(refusal) else { throw refusal }
            return try await refused(visit, form, problem)
        }
        return .toPage("/admin/equipe?fait=\(Flash.staffProposed.rawValue)")
    }

    /// `POST /admin/equipe/{id}/approuver`.
    static func approve(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        return try await decide(visit, .staffApproved) {
            try await visit.site.enrolment.approveStaff(
                StaffDraft.ID(rawValue: try visit.parameter("id")), seal: form["empreinte"], visit.holder())
        }
    }

    /// `POST /admin/equipe/{id}/retirer`.
    static func withdraw(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        return try await decide(visit, .staffWithdrawn) {
            try await visit.site.enrolment.withdrawStaff(
                StaffDraft.ID(rawValue: try visit.parameter("id")), visit.holder())
        }
    }

    private static func decide(_ visit: Visit, _ flash: Flash, _ work: () async throws -> Void) async throws
        -> Response
    {
        do { try await work() } catch let refusal as EnrolmentRefusal {
            guard let problem = TeamPage.Problem(refusal) else { throw refusal }
            return try await refused(visit, StaffForm(), problem)
        }
        return .toPage("/admin/equipe?fait=\(flash.rawValue)")
    }

    private static func refused(_ visit: Visit, _ form: StaffForm, _ problem: TeamPage.Problem) async throws
        -> Response
    {
        var page = try await page(visit)
        page.form = form
        page.problem = problem
        return Response(html: page.html, status: problem == .samePerson ? .forbidden : .unprocessableContent)
    }

    private static func page(_ visit: Visit) async throws -> TeamPage {
        TeamPage(shell: try await visit.shell(), team: try await visit.site.enrolment.team(visit.holder()))
    }
}

extension StaffForm {
    init(_ form: PostedForm) {
        self.init()
        role = form["role"]
        email = form["email"]
        honorific = form["titre"]
        familyName = form["nom"]
        givenName = form["prenom"]
        mobile = form["telephone"]
        personNumber = form["numero"]
        organisation = form["organisation"]
    }
}
