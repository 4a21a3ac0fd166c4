import Access
import Directory
import HTTPTypes
import Hummingbird

/// One's own postal addresses.
enum AddressRoutes {
    /// `GET /profil/adresses`.
    static func list(_ visit: Visit) async throws -> Response { Response(html: try await page(visit).html) }

    /// `GET /profil/adresses/nouvelle`; `?genre=mailing` proposes a kind.
    static func showNew(_ visit: Visit) async throws -> Response {
        let profile = try await visit.site.directory.profile(visit.holder())
        var form = AddressForm()
        form.kind = visit.query("genre").flatMap(PostalAddress.Kind.init(rawValue:))?.rawValue ?? "practice"
        form.country = "CH"
        form.version = profile.version(of: .addresses)
        return Response(html: AddressPage(shell: try await visit.shell(), id: nil, form: form).html)
    }

    /// `POST /profil/adresses/nouvelle`.
    static func add(_ visit: Visit) async throws -> Response {
        try await save(visit, id: nil) { form, holder in
            try await visit.site.directory.addAddress(form, holder)
        }
    }

    /// `GET /profil/adresses/{id}`.
    static func show(_ visit: Visit) async throws -> Response {
        let id = PostalAddress.ID(rawValue: try visit.parameter("id"))
        let profile = try await visit.site.directory.profile(visit.holder())
        guard let address = profile.addresses.first(where: { $0.id == id && $0.source == .practitioner })
        else {
            throw PageRefusal.notFound
        }
        let form = AddressForm(address, version: profile.version(of: .addresses))
        return Response(html: AddressPage(shell: try await visit.shell(), id: id.rawValue, form: form).html)
    }

    /// `POST /profil/adresses/{id}`.
    static func change(_ visit: Visit) async throws -> Response {
        let id = PostalAddress.ID(rawValue: try visit.parameter("id"))
        return try await save(visit, id: id.rawValue) { form, holder in
            try await visit.site.directory.changeAddress(id, form, holder)
        }
    }

    /// `POST /profil/adresses/{id}/supprimer`.
    static func remove(_ visit: Visit) async throws -> Response {
        let posted = try await visit.form()
        let id = PostalAddress.ID(rawValue: try visit.parameter("id"))
        do {
            try await visit.site.directory.removeAddress(id, version: posted.version, visit.holder())
            return .toPage("/profil/adresses?fait=\(Flash.addressRemoved.rawValue)")
        } catch ProfileRefusal.stale {
            var page = try await page(visit)
            page.problem = t("Vos adresses ont été modifiées entre-temps. Vérifiez la liste.")
            return Response(html: page.html, status: .conflict)
        }
    }

    private static func page(_ visit: Visit) async throws -> AddressesPage {
        let profile = try await visit.site.directory.profile(visit.holder())
        return AddressesPage(
            shell: try await visit.shell(), addresses: profile.addresses,
            version: profile.version(of: .addresses))
    }

    private static func save(
        _ visit: Visit, id: String?, _ work: (AddressForm, Holder) async throws -> Void
    ) async throws -> Response {
        let posted = try await visit.form()
        var form = AddressForm()
        form.kind = posted[.kind]
        form.recipient = posted[.recipient]
        form.street = posted[.street]
        form.postalCode = posted[.postalCode]
        form.city = posted[.city]
        form.country = posted[.country]
        form.version = posted.version
        do {
            try await work(form, visit.holder())
            return .toPage("/profil/adresses?fait=\(Flash.addressSaved.rawValue)")
        } catch ProfileRefusal.tooManyAddresses {
            var page = try await page(visit)
            page.problem = t(
                "Vous avez déjà {count} adresses. Supprimez-en une d’abord.",
                ["count": String(ProfileRules.addresses)])
            return Response(html: page.html, status: .unprocessableContent)
        } catch let refusal as ProfileRefusal {
            let answer = try ProfileAnswer(refusal, visit, first: .street)
            form.version = answer.version ?? form.version
            let page = AddressPage(
                shell: try await visit.shell(), id: id, form: form, mistakes: answer.mistakes,
                isStale: answer.isStale)
            return Response(html: page.html, status: answer.status)
        }
    }
}

extension AddressForm {
    /// The form of what is saved.
    init(_ address: PostalAddress, version: Int) {
        self.init()
        kind = address.kind.rawValue
        recipient = address.recipient
        street = address.street
        postalCode = address.postalCode
        city = address.city
        country = address.country
        self.version = version
    }
}
