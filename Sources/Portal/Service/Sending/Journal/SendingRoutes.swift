import Access
import Dispatches
import Documents
import Foundation
import HTML
import HTTPTypes
import Hummingbird

/// The journal of a service's sendings, and what can still be done about one.
enum SendingRoutes {
    /// `GET /service/envois` (S9).
    static func list(_ visit: Visit) async throws -> Response {
        var query = SendingsQuery { visit.query($0) }
        query.words = try visit.site.documents.openSearch(query.search, visit.holder()) ?? ""
        if query.words.isEmpty { query.search = "" }
        let (filter, mistakes) = query.filter
        let sendings = try await visit.site.dispatches.sendings(filter, before: query.key, visit.holder())
        let services = try await visit.site.access.ownServices(visit.holder())
        let page = SendingsPage(
            shell: try await visit.shell(), services: services, sendings: sendings, query: query,
            mistakes: mistakes)
        return Response(html: page.html)
    }

    /// `POST /service/envois/recherche`: what is typed goes on sealed.
    static func search(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        var query = SendingsQuery { form[$0].trimmingCharacters(in: .whitespaces) }
        query.cursor = ""
        query.search = try visit.site.documents.sealSearch(
            form["q"].trimmingCharacters(in: .whitespaces), visit.holder())
        return .toPage(query.path.text)
    }

    /// `GET /service/envois/{id}`.
    static func show(_ visit: Visit) async throws -> Response {
        Response(html: try await page(visit).html)
    }

    /// `POST /service/envois/{id}/annuler`: while nobody has opened it.
    static func cancel(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        let id = Document.ID(rawValue: try visit.parameter("id"))
        do {
            try await visit.site.dispatches.cancel(id, visit.holder())
        } catch ManualRefusal.alreadyOpened {
            return try await refused(visit, ManualRefusal.alreadyOpened.text, status: .conflict)
        }
        return .toPage("/service/envois/\(id.rawValue)?fait=\(Flash.sendingCancelled.rawValue)")
    }

    /// `POST /service/envois/{id}/rappeler`: afterwards, with a reason that readers are shown.
    static func recall(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let id = Document.ID(rawValue: try visit.parameter("id"))
        do {
            try await visit.site.dispatches.recall(id, reason: form["motif"], visit.holder())
        } catch ManualRefusal.reasonMissing {
            return try await refused(visit, t("Indiquez le motif du rappel : les lecteurs le voient."))
        }
        return .toPage("/service/envois/\(id.rawValue)?fait=\(Flash.sendingRecalled.rawValue)")
    }

    /// `POST /service/envois/{id}/courrier`: on paper too, at the address of the directory.
    static func post(_ visit: Visit) async throws -> Response {
        try await bring(visit, .letterQueued) { try await visit.site.dispatches.sendLetter($0, to: $1, $2) }
    }

    /// `POST /service/envois/{id}/renvoyer`: to somebody whom it did not reach, by the way of today.
    static func sendAgain(_ visit: Visit) async throws -> Response {
        try await bring(visit, .documentResent) { try await visit.site.dispatches.sendAgain($0, to: $1, $2) }
    }

    /// One more way to one recipient; what stands in it is said on the page of the sending.
    private static func bring(
        _ visit: Visit, _ done: Flash,
        _ work: (Document.ID, Account.ID, Holder) async throws -> Void
    ) async throws -> Response {
        let form = try await visit.form()
        let id = Document.ID(rawValue: try visit.parameter("id"))
        do {
            try await work(id, Account.ID(rawValue: form["destinataire"]), visit.holder())
        } catch let refusal as ManualRefusal where refusal != .notFound {
            return try await refused(visit, refusal.text, status: .conflict)
        } catch let refusal as DispatchRefusal where refusal != .notFound {
            return try await refused(visit, RefusalTexts.sending(refusal), status: .conflict)
        }
        return .toPage("/service/envois/\(id.rawValue)?fait=\(done.rawValue)")
    }

    private static func refused(
        _ visit: Visit, _ problem: String, status: HTTPResponse.Status = .unprocessableContent
    ) async throws -> Response {
        var page = try await page(visit)
        page.problem = problem
        return Response(html: page.html, status: status)
    }

    private static func page(_ visit: Visit) async throws -> SendingPage {
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let before = visit.query("avant").flatMap(Int64.init)
        let found = try await visit.site.dispatches.sending(id, before: before, visit.holder())
        return SendingPage(
            shell: try await visit.shell(), sent: found.sent, accesses: found.accesses,
            isFirst: before == nil, next: found.next,
            takesLetters: visit.site.dispatches.takesLettersByHand, addresses: found.addresses,
            message: found.message)
    }
}
