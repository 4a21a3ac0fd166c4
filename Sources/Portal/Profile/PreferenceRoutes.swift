import Access
import Directory
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// How one wants to be served.
enum PreferenceRoutes {
    /// `GET /profil/preferences`.
    static func show(_ visit: Visit) async throws -> Response {
        let profile = try await visit.site.directory.profile(visit.holder())
        return Response(html: try await page(visit, profile, PreferencesForm(profile)).html)
    }

    /// `POST /profil/preferences`. «Revenir» of the interruption page comes back here with what was typed.
    static func save(_ visit: Visit) async throws -> Response {
        let posted = try await visit.form()
        var form = form(posted)
        let directory = visit.site.directory
        if !posted["retour"].isEmpty {
            return Response(html: try await page(visit, directory.profile(visit.holder()), form).html)
        }
        do {
            try await directory.savePreferences(form, visit.holder())
            var response = Response.toPage("/profil/preferences?fait=\(Flash.preferencesSaved.rawValue)")
            try await visit.keep(directory.arrival(visit.holder()).view, on: &response)
            return response
        } catch ProfileRefusal.stopUnconfirmed {
            return Response(html: StopPage(shell: try await visit.shell(), form: form).html)
        } catch let refusal as ProfileRefusal {
            let answer = try ProfileAnswer(refusal, visit, first: .notificationEmail)
            form.version = answer.version ?? form.version
            var page = try await page(visit, directory.profile(visit.holder()), form)
            page.mistakes = answer.mistakes
            page.isStale = answer.isStale
            return Response(html: page.html, status: answer.status)
        }
    }

    /// What the live check reads.
    private struct Standing: Encodable {
        /// `secured`, `notSecured`, `unknown`, `unreadable`
        let state: String
        let text: String
    }

    /// `POST /profil/preferences/adresse`: whether the mail for documents would be accepted. The script asks for JSON
    /// while one types; without it the button shows the page again, with the answer.
    static func check(_ visit: Visit) async throws -> Response {
        let posted = try await visit.form()
        let form = form(posted)
        var standing: DomainStanding?
        var faults: [FieldFault] = []
        do {
            standing = try await visit.site.directory.standing(
                ofDocumentMail: form.documentEmail, visit.holder())
        } catch ProfileRefusal.invalid(let found) { faults = found }
        let mistakes = ProfileFaultTexts(supportEmail: visit.site.brand.supportEmail).mistakes(faults)
        if visit.request.headers[.accept] == "application/json" {
            let answer = Standing(
                state: standing.map { "\($0)" } ?? "unreadable",
                text: standing?.text ?? mistakes.first?.text ?? "")
            return Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(answer))))
        }
        var page = try await page(visit, visit.site.directory.profile(visit.holder()), form)
        page.standing = standing
        page.mistakes = mistakes
        return Response(html: page.html, status: mistakes.isEmpty ? .ok : .unprocessableContent)
    }

    private static func form(_ posted: PostedForm) -> PreferencesForm {
        var form = PreferencesForm()
        form.notificationEmail = posted[.notificationEmail]
        form.documentEmail = posted[.documentEmail]
        form.displayedTypes = posted.checked(.displayedTypes, of: DocumentTypeTexts.codes)
        form.lifetimeDays = posted[.lifetimeDays]
        form.notificationPolicy = posted[.notificationPolicy]
        form.deliveryMode = posted[.deliveryMode]
        form.displayedPatients = posted[.displayedPatients]
        form.startPage = posted[.startPage]
        form.namesPatients = posted[.fileNames] == "patient"
        form.language = posted[.language]
        form.theme = posted[.theme]
        form.hasShortcuts = posted[.shortcuts] != "non"
        form.isStopConfirmed = !posted["confirme"].isEmpty
        form.version = posted.version
        return form
    }

    private static func page(_ visit: Visit, _ profile: Profile, _ form: PreferencesForm) async throws
        -> PreferencesPage
    {
        PreferencesPage(
            shell: try await visit.shell(), profile: profile, form: form,
            lifetimeDays: visit.site.directory.rules.lifetimeDays, languages: visit.site.languages)
    }
}
