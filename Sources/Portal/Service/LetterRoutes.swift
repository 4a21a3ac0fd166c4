import Access
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird

/// What goes on paper, and what recipients ask for once more: for the people of the hospital's services.
enum LetterRoutes {
    /// `GET /service/courrier`.
    static func list(_ visit: Visit) async throws -> Response {
        let waiting = try await visit.site.dispatches.postQueue(visit.holder())
        let exported = try await visit.site.dispatches.postQueue(in: .exported, visit.holder())
        let page = LettersPage(
            shell: try await visit.shell(), waiting: waiting, exported: exported,
            unaddressed: try await visit.site.dispatches.unaddressed(visit.holder()),
            export: visit.query("export"))
        return Response(html: page.html)
    }

    /// `POST /service/courrier/export`: marks what waits as exported, then shows the page with the link to the archive. A
    /// download in place of a page would leave the old page standing, with its button.
    static func export(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        guard let export = try await visit.site.dispatches.markForPost(by: .member(visit.holder())) else {
            return .toPage("/service/courrier?fait=\(Flash.nothingToPost.rawValue)")
        }
        return .toPage("/service/courrier?export=\(export.id)")
    }

    /// `GET /service/courrier/{id}/archive`: the archive of an export, for thirty days; traced each time.
    static func archive(_ visit: Visit) async throws -> Response {
        let export = try await visit.site.dispatches.exportPostAgain(
            try visit.parameter("id"), by: .member(visit.holder()))
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip",
                .contentDisposition: "attachment; filename=\"courrier-\(export.id.prefix(8)).zip\"",
                .cacheControl: "private, no-store",
            ], body: .init(byteBuffer: .init(bytes: export.archive)))
    }

    /// `POST /service/courrier/{id}/annuler`.
    static func cancel(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        try await visit.site.dispatches.cancelPost(
            PostItem.ID(rawValue: try visit.parameter("id")), visit.holder())
        return .toPage("/service/courrier?fait=\(Flash.letterCancelled.rawValue)")
    }

    /// `GET /service/demandes`.
    static func wishes(_ visit: Visit) async throws -> Response {
        Response(html: try await wishesPage(visit).html)
    }

    private static func wishesPage(_ visit: Visit) async throws -> RenewalsPage {
        RenewalsPage(
            shell: try await visit.shell(),
            waiting: try await visit.site.dispatches.askedAgain(visit.holder()),
            settled: try await visit.site.dispatches.askedAgain(isSettled: true, visit.holder()))
    }

    /// `POST /service/demandes/{id}/traiter`, with `destinataire`, `reponse` and `motif`.
    static func settle(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let recipient = Account.ID(rawValue: form["destinataire"])
        let answers: [String: RenewalAnswer] = ["remis": .released, "refuse": .refused]
        guard let answer = answers[form["reponse"]] else {
            let isThere = try await visit.site.dispatches.askedAgain(visit.holder()).contains {
                $0.document.id == id && $0.accountID == recipient
            }
            if !isThere { throw DispatchRefusal.notFound }
            throw PageRefusal.badForm
        }
        guard let reason = RenewalReason(form["motif"]) else {
            var page = try await wishesPage(visit)
            page.refused = RenewalsPage.Refused(
                documentID: id, recipientID: recipient, reason: form["motif"],
                text: t("Saisissez au plus 200 caractères."))
            return Response(html: page.html, status: .unprocessableContent)
        }
        try await visit.site.dispatches.settleAskedAgain(
            id, for: recipient, answer, reason: reason, visit.holder())
        return .toPage("/service/demandes?fait=\(Flash.wishSettled.rawValue)")
    }
}
