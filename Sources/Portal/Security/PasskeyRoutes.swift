import Access
import HTML
import HTTPTypes
import Hummingbird

/// One's own passkeys, and one's own number.
enum PasskeyRoutes {
    /// `GET /profil/securite/cles/nouvelle`.
    static func showNew(_ visit: Visit) async throws -> Response {
        Response(
            html: try await page(visit, name: DeviceTexts.name(userAgent: visit.context.origin.userAgent))
                .html)
    }

    /// `POST /profil/securite/cles/nouvelle`.
    static func enrol(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        do {
            guard
                let registration = PasskeyRegistration(
                    clientData: form["clientData"], attestationObject: form["attestationObject"])
            else { throw FactorRefusal.passkey(.unreadable) }
            let change = try await visit.site.access.enrolPasskey(
                visit.holder(), registration, name: form["name"], binding: visit.formSecret)
            return try await FactorRoutes.answer(visit, change, .passkeyAdded)
        } catch let refusal as FactorRefusal {
            guard let mistake = Self.mistake(refusal) else { throw refusal }
            var page = try await page(visit, name: String(form["name"].prefix(50)))
            page.mistake = mistake
            return Response(html: page.html, status: .unprocessableContent)
        }
    }

    /// `POST /profil/securite/cles/{id}/retirer`.
    static func remove(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = Passkey.ID(rawValue: try visit.parameter("id"))
        return try await FactorRoutes.removed(visit) {
            try await visit.site.access.removePasskey(id, visit.holder())
        }
    }

    /// `GET /profil/securite/mobile`.
    static func showMobile(_ visit: Visit) async throws -> Response {
        Response(html: try await mobilePage(visit).html)
    }

    /// `POST /profil/securite/mobile`.
    static func beginMobile(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let holder = try visit.holder()
        do {
            guard let number = MobileField.e164(form["mobile"]) else { throw FactorRefusal.mobile }
            _ = try await visit.site.access.beginNewMobile(of: holder.accountID, number, by: holder)
            return .toPage("/profil/securite/mobile?code=1")
        } catch let refusal as FactorRefusal where refusal == .mobile || refusal == .tooManyTries {
            let page = MobilePage(
                shell: try await visit.shell(),
                step: .number(typed: String(form["mobile"].prefix(30))),
                mistake: refusal == .mobile
                    ? t("Saisissez un numéro de téléphone mobile, sans tirets ni points.")
                    : t("Trop d’essais. Réessayez dans quelques minutes."))
            return Response(html: page.html, status: .unprocessableContent)
        }
    }

    /// `POST /profil/securite/mobile/confirmer`.
    static func confirmMobile(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let holder = try visit.holder()
        guard let waiting = try await visit.site.access.ownNewMobile(holder) else {
            return .toPage("/profil/securite/mobile")
        }
        do {
            let token = try await visit.site.access.confirmNewMobile(
                waiting.id, code: form["code"], by: holder)
            return .toPage(
                "/profil/securite?fait=\(Flash.mobileChanged.rawValue)", with: token ?? visit.sessionCookie)
        } catch FactorRefusal.nothingBegun {
            return .toPage("/profil/securite/mobile")
        } catch FactorRefusal.wrongCode {
            let page = MobilePage(
                shell: try await visit.shell(), step: .code(target: waiting.target),
                mistake: t("Ce code ne correspond pas."))
            return Response(html: page.html, status: .unprocessableContent)
        }
    }

    private static func mobilePage(_ visit: Visit) async throws -> MobilePage {
        let holder = try visit.holder()
        let shell = try await visit.shell()
        guard try await visit.site.access.mayChangeOwnMobile(holder) else {
            return MobilePage(shell: shell, step: .strongFactorNeeded)
        }
        if visit.query("code") != nil, let waiting = try await visit.site.access.ownNewMobile(holder) {
            return MobilePage(shell: shell, step: .code(target: waiting.target))
        }
        return MobilePage(shell: shell, step: .number(typed: ""))
    }

    private static func page(_ visit: Visit, name: String) async throws -> PasskeyPage {
        let offer = try await visit.site.access.offerPasskey(visit.holder(), binding: visit.formSecret)
        return PasskeyPage(
            shell: try await visit.shell(),
            options: PasskeyOptions.enrolment(offer, product: visit.site.brand.productName), name: name)
    }

    /// What the page says; nil for what has a page of its own.
    private static func mistake(_ refusal: FactorRefusal) -> String? {
        switch refusal {
        case .name: t("Donnez un nom à la clé.")
        case .backupEligible:
            t("Votre rôle demande une clé qui ne quitte pas son appareil. Utilisez une clé de sécurité.")
        case .alreadyEnrolled: t("Cette clé est déjà enregistrée.")
        case .tooManyPasskeys: t("Vous avez déjà vingt clés d’accès. Retirez-en une d’abord.")
        case .passkey(.challenge): t("La page était ouverte depuis trop longtemps. Réessayez.")
        case .passkey: t("Cette clé n’a pas pu être enregistrée. Réessayez ou utilisez-en une autre.")
        case .stepUp, .strongFactorNeeded, .nothingBegun, .wrongCode, .tooManyTries, .lastFactor, .notFound,
            .mobile, .samePerson, .personUnknown, .tooEarly:
            nil
        }
    }
}

/// A mobile number as people type it (ACC-15, ACC-16).
enum MobileField {
    /// - Returns: E.164; nil for anything but digits and blanks after `0`, `00` or `+`.
    static func e164(_ typed: String) -> String? {
        let signs = typed.utf8.filter { $0 != 0x20 }
        let digits = String(decoding: signs.drop { $0 == UInt8(ascii: "+") }, as: UTF8.self)
        guard (9...20).contains(signs.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            signs.count - digits.utf8.count <= 1
        else { return nil }
        if signs.first == UInt8(ascii: "+") { return "+" + digits }
        if digits.hasPrefix("00") { return "+" + digits.dropFirst(2) }
        return digits.hasPrefix("0") ? "+41" + digits.dropFirst() : nil
    }
}
