import Access
import HTTPTypes
import Hummingbird

/// Taking away second factors, by two of the team.
enum FactorResetRoutes {
    /// `POST /admin/comptes/{id}/facteurs`.
    static func propose(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        return try await answer(visit, .resetProposed) { id, holder in
            _ = try await visit.site.access.proposeFactorReset(of: id, by: holder)
        }
    }

    /// `POST /admin/comptes/{id}/facteurs/approuver`, with `demande`: the proposal that was read.
    static func approve(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        return try await answer(visit, .factorsReset) { id, holder in
            let open = try await visit.site.access.openFactorResets(holder)
            guard let reset = open.first(where: { $0.reset.accountID == id })?.reset,
                areEqualSecrets(reset.id.rawValue, form["demande"])
            else { throw FactorRefusal.notFound }
            try await visit.site.access.approveFactorReset(reset.id, by: holder)
        }
    }

    /// `POST /admin/comptes/{id}/facteurs/arreter`.
    static func stop(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        return try await answer(visit, .resetWithdrawn) { id, holder in
            guard try await visit.site.access.stopFactorReset(of: id, by: holder) else {
                throw FactorRefusal.notFound
            }
        }
    }

    private static func answer(
        _ visit: Visit, _ flash: Flash, _ act: (Account.ID, Holder) async throws -> Void
    ) async throws -> Response {
        let id = Account.ID(rawValue: try visit.parameter("id"))
        do { try await act(id, visit.holder()) } catch let refusal as any Refusal {
            guard let problem = AccountPage.Problem(ofReset: refusal) else { throw refusal }
            var page = try await AccountRoutes.page(visit)
            page.problem = problem
            return Response(
                html: page.html, status: refusal.kind == .forbidden ? .forbidden : .unprocessableContent)
        }
        return .toPage("/admin/comptes/\(id.rawValue)?fait=\(flash.rawValue)")
    }
}

extension AccountPage.Problem {
    /// - Parameter refusal: of a reset; nil for those that are pages of their own.
    init?(ofReset refusal: any Refusal) {
        switch refusal {
        case FactorRefusal.samePerson: self = .resetOwn
        case FactorRefusal.personUnknown: self = .resetPersonUnknown
        case FactorRefusal.tooEarly: self = .resetTooEarly
        case FactorRefusal.alreadyEnrolled: self = .resetOpen
        default: return nil
        }
    }
}
