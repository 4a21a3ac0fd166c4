import Access
import HTML
import HTTPTypes
import Hummingbird

/// The programs that read in one's name.
enum SoftwareRoutes {
    /// `GET /profil/logiciels`.
    static func show(_ visit: Visit) async throws -> Response {
        var page = try await page(visit)
        if let id = visit.query("enregistre"), page.programs.contains(where: { $0.id == id }) {
            page.registered = id
        }
        return Response(html: page.html)
    }

    /// `POST /profil/logiciels`. Who proved too long ago who he is, does it again first.
    static func register(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let holder = try visit.holder()
        guard try await visit.site.access.isFresh(holder) else {
            return .toPage(Visit.address("/profil/securite/verification", returnTo: "/profil/logiciels"))
        }
        do {
            let client = try await visit.site.access.registerPracticeClient(
                form["nom"], jwks: form["cle"], by: holder)
            return .toPage("/profil/logiciels?enregistre=\(client.id.rawValue)")
        } catch let refusal as PracticeClientRefusal {
            guard let mistake = mistake(refusal) else { throw refusal }
            var page = try await page(visit)
            page.name = String(form["nom"].prefix(80))
            page.key = String(form["cle"].prefix(16384))
            page.mistakes = [mistake]
            return Response(html: page.html, status: .unprocessableContent)
        }
    }

    /// `POST /profil/logiciels/{id}/retirer`.
    static func end(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = Client.ID(rawValue: try visit.parameter("id"))
        try await visit.site.access.endPracticeClient(id, by: visit.holder())
        return .toPage("/profil/logiciels?fait=\(Flash.softwareEnded.rawValue)")
    }

    /// `POST /profil/logiciels/{subscription}/relancer`.
    static func resume(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        try await visit.site.access.resumeSubscription(visit.parameter("id"), by: visit.holder())
        return .toPage("/profil/logiciels?fait=\(Flash.softwareResumed.rawValue)")
    }

    private static func page(_ visit: Visit) async throws -> SoftwarePage {
        let base = visit.site.access.origin
        let calls = Dictionary(
            grouping: try await visit.site.access.subscriptions(of: visit.holder()), by: \.clientID)
        return SoftwarePage(
            shell: try await visit.shell(),
            programs: try await visit.site.access.practiceClients(of: visit.holder()).map { client in
                .init(
                    id: client.id.rawValue, name: client.name, createdAt: client.createdAt.rawValue,
                    endedAt: client.revokedAt?.rawValue,
                    calls: (calls[client.id] ?? []).map { call in
                        .init(
                            id: call.id, address: String(call.endpoint.prefix { $0 != "?" }),
                            isFailed: call.state == .error, endsAt: call.endsAt.rawValue)
                    })
            },
            addresses: (token: base + "/oauth/token", base: base + "/fhir"))
    }

    private static func mistake(_ refusal: PracticeClientRefusal) -> FieldMistake? {
        switch refusal {
        case .name:
            FieldMistake(field: "nom", text: t("Donnez un nom au logiciel, de 80 caractères au plus."))
        case .key:
            FieldMistake(
                field: "cle",
                text: t(
                    "Cette clé ne peut pas être utilisée. Il faut une clé publique P-384, ou RSA de 2048 bits au moins dans un JSON Web Key Set."
                ))
        case .tooMany:
            FieldMistake(
                field: "nom", text: t("Vous avez déjà dix logiciels. Retirez-en un d’abord."))
        case .notFound, .taken, .noProfessional: nil
        }
    }
}
