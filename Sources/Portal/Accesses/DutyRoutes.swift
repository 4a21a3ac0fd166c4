import Access
import HTTPTypes
import Hummingbird

/// Who looks after the protection of data: proposed by one of the portal team, approved by another.
enum DutyRoutes {
    /// `GET /admin/protection`.
    static func show(_ visit: Visit) async throws -> Response { Response(html: try await page(visit).html) }

    /// `POST /admin/protection`.
    static func propose(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        return try await decide(visit, .dutyProposed) {
            try await visit.site.access.propose(.dataProtection, for: form["email"], visit.holder())
        }
    }

    /// `POST /admin/protection/{id}/approuver`.
    static func approve(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = Account.ID(rawValue: try visit.parameter("id"))
        return try await decide(visit, .dutyApproved) {
            try await visit.site.access.approve(.dataProtection, for: id, visit.holder())
        }
    }

    /// `POST /admin/protection/{id}/retirer`.
    static func withdraw(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = Account.ID(rawValue: try visit.parameter("id"))
        return try await decide(visit, .dutyWithdrawn) {
            try await visit.site.access.withdraw(.dataProtection, from: id, visit.holder())
        }
    }

    private static func decide(_ visit: Visit, _ flash: Flash, _ work: () async throws -> Void) async throws
        -> Response
    {
        do { try await work() } catch let refusal as ServiceRefusal {
            guard let text = refusal.dutyText else { throw refusal }
            var page = try await page(visit)
            page.problem = text
            return Response(
                html: page.html, status: refusal == .samePerson ? .forbidden : .unprocessableContent)
        }
        return .toPage("/admin/protection?fait=\(flash.rawValue)")
    }

    private static func page(_ visit: Visit) async throws -> DutyPage {
        DutyPage(
            shell: try await visit.shell(),
            holders: try await visit.site.access.holders(of: .dataProtection, visit.holder()))
    }
}

extension ServiceRefusal {
    fileprivate var dutyText: String? {
        switch self {
        case .unknownAccount: t("Aucun compte actif de l’hôpital n’a cette adresse.")
        case .samePerson: t("Une autre personne de l’équipe doit décider.")
        case .personUnknown: t("Votre numéro de personne n’est pas enregistré : vous ne pouvez pas décider.")
        case .noService, .notFound, .badName, .badPhone, .badEmail, .badHours, .noDuty: nil
        }
    }
}
