import Access
import Dispatches
import HTTPTypes
import Hummingbird

/// The services of the hospital and their members, for the portal team.
enum ServiceRoutes {
    /// `GET /admin/services`.
    static func list(_ visit: Visit) async throws -> Response {
        Response(html: try await page(visit).html)
    }

    /// `POST /admin/services`.
    static func add(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let name = form["nom"]
        do {
            try await visit.site.access.addService(name, followsRecord: form["suivi"] == "1", visit.holder())
        } catch ServiceRefusal.badName {
            return try await refused(
                visit, "nom",
                t("Saisissez un nom qui n’existe pas encore, tel que le dossier patient l’écrit."))
        }
        return .toPage("/admin/services?fait=\(Flash.serviceSaved.rawValue)")
    }

    /// `POST /admin/services/{id}/suivi`.
    static func follow(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try await visit.site.access.follow(
            HospitalService.ID(rawValue: try visit.parameter("id")), record: form["suivi"] == "1",
            visit.holder())
        return .toPage("/admin/services?fait=\(Flash.serviceSaved.rawValue)")
    }

    /// `POST /admin/services/{id}/contact`, with `telephone`, `email` and `horaires`.
    static func setContact(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let id = HospitalService.ID(rawValue: try visit.parameter("id"))
        do {
            try await visit.site.access.setContact(
                phone: form["telephone"], email: form["email"], hours: form["horaires"], of: id,
                visit.holder())
        } catch ServiceRefusal.badPhone {
            return try await refused(
                visit, "telephone-\(id.rawValue)", t("Saisissez un numéro comme +41 22 000 00 00."))
        } catch ServiceRefusal.badEmail {
            return try await refused(visit, "contact-\(id.rawValue)", t("Saisissez une adresse e-mail."))
        } catch ServiceRefusal.badHours {
            return try await refused(
                visit, "horaires-\(id.rawValue)", t("Saisissez au plus 120 caractères."))
        }
        return .toPage("/admin/services?fait=\(Flash.serviceSaved.rawValue)")
    }

    /// `POST /admin/services/{id}/membres`.
    static func addMember(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let id = HospitalService.ID(rawValue: try visit.parameter("id"))
        do {
            try await visit.site.access.addMember(form["email"], to: id, visit.holder())
        } catch ServiceRefusal.unknownAccount {
            return try await refused(
                visit, "email-\(id.rawValue)",
                t(
                    "Aucun compte de service n’a cette adresse. Il s’ouvre sur la page de l’équipe, à deux personnes."
                ))
        }
        return .toPage("/admin/services?fait=\(Flash.serviceSaved.rawValue)")
    }

    /// `POST /admin/services/{id}/membres/retirer`.
    static func removeMember(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try await visit.site.access.removeMember(
            Account.ID(rawValue: form["compte"]),
            from: HospitalService.ID(rawValue: try visit.parameter("id")),
            visit.holder())
        return .toPage("/admin/services?fait=\(Flash.serviceSaved.rawValue)")
    }

    private static func refused(_ visit: Visit, _ field: String, _ text: String) async throws -> Response {
        var page = try await page(visit)
        page.mistake = FieldMistake(field: field, text: text)
        return Response(html: page.html, status: .unprocessableContent)
    }

    private static func page(_ visit: Visit) async throws -> ServicesPage {
        ServicesPage(
            shell: try await visit.shell(), services: try await visit.site.access.services(visit.holder()),
            unfollowed: try await visit.site.dispatches.unfollowedWishes(visit.holder()))
    }
}
