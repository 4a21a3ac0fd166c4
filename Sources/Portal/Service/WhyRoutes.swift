import Access
import Directory
import Dispatches
import Foundation
import HTTPTypes
import Hummingbird

/// «Pourquoi cette personne n’a-t-elle rien reçu ?»
enum WhyRoutes {
    /// `GET /service/pourquoi`.
    static func show(_ visit: Visit) async throws -> Response {
        _ = try await visit.site.access.ownServices(visit.holder())
        return Response(html: WhyPage(shell: try await visit.shell()).html)
    }

    /// `POST /service/pourquoi`: by name, those who bear it; by GLN, the answer.
    static func answer(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        func text(_ name: String) -> String {
            String(form[name].trimmingCharacters(in: .whitespaces).prefix(200))
        }
        var page = WhyPage(shell: try await visit.shell())
        page.words = text("cherche")
        page.patientNumber = text("numero")
        page.stayNumber = text("sejour")
        page.document = text("document")
        if page.patientNumber.isEmpty != page.stayNumber.isEmpty {
            let field = page.patientNumber.isEmpty ? "numero" : "sejour"
            page.mistakes = [
                FieldMistake(
                    field: field, text: t("Le numéro de patient et le numéro de séjour vont ensemble."))
            ]
            return Response(html: page.html, status: .unprocessableContent)
        }
        let digits = String(page.words.filter { $0 != " " })
        guard let gln = GLN(rawValue: form["gln"]) ?? GLN(rawValue: digits) else {
            return try await choose(visit, page)
        }
        var question = DeliveryQuestion(gln: gln)
        question.patientNumber = page.patientNumber
        question.stayNumber = page.stayNumber
        question.documentIdentifier = page.document
        do {
            page.answer = try await visit.site.dispatches.answer(question, visit.holder())
        } catch DispatchRefusal.unknownRecipient {
            page.mistakes = [
                FieldMistake(
                    field: "cherche",
                    text: visit.site.dispatches.takesLettersByHand
                        ? t(
                            """
                            Aucun compte n’a ce GLN : un envoi électronique est refusé. Depuis « Envois », le document \
                            peut partir par courrier.
                            """)
                        : t(
                            """
                            Aucun compte n’a ce GLN : un envoi est refusé, tant que cette personne n’a pas de compte \
                            sur le portail.
                            """))
            ]
            return Response(html: page.html, status: .unprocessableContent)
        }
        return Response(html: page.html)
    }

    private static func choose(_ visit: Visit, _ asked: WhyPage) async throws -> Response {
        var page = asked
        let found = try await visit.site.dispatches.findRecipients(page.words, visit.holder())
        page.found = Array(found.prefix(RecipientSearch.shown))
        if found.isEmpty {
            page.mistakes = [
                FieldMistake(
                    field: "cherche", text: t("Personne ne correspond. Essayez le nom de famille ou le GLN."))
            ]
        }
        return Response(html: page.html, status: found.isEmpty ? .unprocessableContent : .ok)
    }
}
