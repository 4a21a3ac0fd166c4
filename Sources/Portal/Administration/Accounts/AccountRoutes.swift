import Access
import Dispatches
import Documents
import Enrolment
import HTTPTypes
import Hummingbird

/// The accounts, as the portal team sees them.
enum AccountRoutes {
    /// `GET /admin`.
    static func dashboard(_ visit: Visit) async throws -> Response {
        let dashboard = try await visit.site.enrolment.showDashboard(visit.holder())
        let resets =
            dashboard.isAdministrator ? try await visit.site.access.openFactorResets(visit.holder()) : []
        var page = DashboardPage(shell: try await visit.shell(), dashboard: dashboard, resets: resets)
        if dashboard.isAdministrator {
            page.unfollowedWishes = try await visit.site.dispatches.unfollowedWishes(visit.holder())
                .reduce(0) { $0 + $1.count }
        }
        return Response(html: page.html)
    }

    /// `GET /admin/comptes`.
    static func list(_ visit: Visit) async throws -> Response {
        let words = visit.query("q") ?? ""
        let state = visit.query("etat").flatMap(Account.State.init(rawValue:))
        let list = try await visit.site.enrolment.listAccounts(
            words, state: state, after: visit.query("apres").map(Account.ID.init(rawValue:)), visit.holder())
        return Response(
            html: AccountsPage(shell: try await visit.shell(), list: list, words: words, state: state).html)
    }

    /// `GET /admin/comptes/{id}`.
    static func show(_ visit: Visit) async throws -> Response { Response(html: try await page(visit).html) }

    /// `POST /admin/comptes/{id}/etat`, with `etat` and `motif`.
    static func changeState(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let state = Account.State(rawValue: form["etat"]) else { throw PageRefusal.badForm }
        let id = Account.ID(rawValue: try visit.parameter("id"))
        do {
            try await visit.site.enrolment.changeState(
                of: id, to: state, reason: form["motif"], visit.holder())
        } catch let refusal as EnrolmentRefusal {
            guard let problem = AccountPage.Problem(refusal) else { throw refusal }
            var page = try await page(visit)
            page.problem = problem
            return Response(html: page.html, status: .unprocessableContent)
        }
        let flash: Flash =
            switch state {
            case .suspended: .accountSuspended
            case .closed: .accountClosed
            default: .accountReactivated
            }
        return .toPage("/admin/comptes/\(id.rawValue)?fait=\(flash.rawValue)")
    }

    /// The page of an account as it is now.
    static func page(_ visit: Visit) async throws -> AccountPage {
        let holder = try visit.holder()
        let details = try await visit.site.enrolment.account(
            Account.ID(rawValue: try visit.parameter("id")), holder)
        let resets = try await visit.site.access.openFactorResets(holder)
        return AccountPage(
            shell: try await visit.shell(), details: details, isOwn: details.account.id == holder.accountID,
            reset: resets.first { $0.reset.accountID == details.account.id })
    }
}

extension AccountPage.Problem {
    init?(_ refusal: EnrolmentRefusal) {
        switch refusal {
        case .incomplete: self = .reasonMissing
        case .samePerson: self = .own
        case .wrongState: self = .stateChanged
        default: return nil
        }
    }
}
