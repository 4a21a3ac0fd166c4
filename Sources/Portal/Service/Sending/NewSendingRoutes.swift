import Access
import Dispatches
import Documents
import Foundation
import HTML
import HTTPTypes
import Hummingbird

/// A sending by hand, in three steps. Each answer to a form leads to a page with an address of its own, so that going back
/// shows what was typed; the forms carry everything, and the core looks at every rule again when the file comes.
enum NewSendingRoutes {
    /// `GET /service/envois/nouveau`: one of the steps of a draft, or what it became.
    static func show(_ visit: Visit) async throws -> Response {
        if let kept = KeptEntry.current { return try await goOn(visit, kept) }
        let asked = visit.query("envoi").map { "urn:uuid:" + $0 } ?? ""
        let fields = SendingFields(identifier: asked)
        let sent = try await visit.site.dispatches.sending(of: asked, visit.holder())
        if let sent { return .toPage("/service/envois/\(sent.rawValue)") }
        guard let number = fields.number else {
            return .toPage(SendingStep.patient.path(UUID().uuidString.lowercased()).text)
        }
        let step = visit.query("etape").flatMap(SendingStep.init) ?? .patient
        guard let kept = try SendingCookie.find(number, visit) else {
            return try await SendingPages.patient(visit, KeptSending(fields), isLost: step != .patient)
        }
        return try await SendingPages.page(step, kept, visit)
    }

    /// Back at the step where the session had ended, with what was typed.
    private static func goOn(_ visit: Visit, _ entry: KeptEntry) async throws -> Response {
        let kept = KeptSending(SendingFields { entry.fields[$0]?.last ?? "" })
        switch entry.path {
        case "/service/envois/nouveau": return try await SendingPages.patient(visit, kept)
        case "/service/envois": return try await SendingPages.page(.document, kept, visit)
        default: return try await SendingPages.page(.recipient, kept, visit)
        }
    }

    /// `POST /service/envois/nouveau`: about whom, and who can be chosen.
    static func chooseRecipient(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let fields = SendingFields { form[$0] }
        let types = try await visit.site.dispatches.communicantTypes(visit.holder())
        guard fields.patientMistakes(now: visit.now.rawValue, types: types).isEmpty,
            let patient = fields.patient
        else { return try await go(to: .patient, KeptSending(fields, tried: .patient), visit) }
        do {
            try await visit.site.dispatches.confirmPatient(patient, visit.holder())
        } catch let refusal as DispatchRefusal {
            let problem = KeptSending.Problem(field: "numero", text: RefusalTexts.sending(refusal))
            return try await go(to: .patient, KeptSending(fields, problem: problem), visit)
        }
        return try await go(to: .recipient, KeptSending(fields), visit)
    }

    /// `POST /service/envois/destinataire`: the choice is checked; what is unusual is said on a page of its own.
    static func check(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let fields = SendingFields { form[$0] }
        guard let draft = fields.draft else {
            let isTyped = fields.isLetter && !fields.gln.isEmpty
            let text = isTyped ? t("Ce GLN n’est pas valable.") : t("Choisissez un destinataire.")
            return try await refused(visit, fields, KeptSending.Problem(field: "destinataires", text: text))
        }
        let check: SendingCheck
        do {
            check = try await visit.site.dispatches.check(draft, visit.holder())
        } catch {
            guard let problem = KeptSending.Problem(error) else { throw error }
            return try await refused(visit, fields, problem)
        }
        let isSeen = form["vu"] == "1"
        let isReasonMissing = check.doubts.contains(where: \.needsReason) && fields.reason.isEmpty
        if !check.doubts.isEmpty, !isSeen || isReasonMissing {
            return try await go(to: .doubts, KeptSending(fields, tried: isSeen ? .doubts : nil), visit)
        }
        return try await go(to: .document, KeptSending(fields), visit)
    }

    /// `POST /service/envois`: the file, the consent, and out it goes.
    static func send(_ visit: Visit) async throws -> Response {
        let limit = visit.site.dispatches.maximumManualBytes
        let form = try await visit.upload(limit: limit)
        let fields = SendingFields { form[$0] }
        guard fields.draft != nil else { throw PageRefusal.badForm }
        var kept = KeptSending(fields, tried: .document)
        let isWhole = fields.documentMistakes().isEmpty
        if let text = try await fileMistake(form, limit, isWhole: isWhole, visit) {
            kept.problem = KeptSending.Problem(field: "fichier", text: text)
        }
        guard kept.problem == nil, isWhole,
            let sending = fields.sending(bytes: form.file)
        else { return try await go(to: .document, kept, visit) }
        do {
            let published = try await visit.site.dispatches.send(sending, visit.holder())
            let isInPortal = published.dispatches.contains { $0.expiresAt != nil }
            let flash = fields.isLetter ? Flash.letterQueued : isInPortal ? .documentSent : .documentLeft
            var response = Response.toPage(
                "/service/envois/\(published.document.id.rawValue)?fait=\(flash.rawValue)")
            SendingCookie.forget(fields.number ?? "", visit, on: &response)
            return response
        } catch ManualRefusal.reasonMissing {
            return try await go(to: .doubts, KeptSending(fields, tried: .doubts), visit)
        } catch let refusal as ManualRefusal where refusal.field != nil {
            kept.problem = KeptSending.Problem(field: refusal.field ?? "fichier", text: refusal.text)
            return try await go(to: .document, kept, visit)
        } catch {
            guard let problem = KeptSending.Problem(error) else { throw error }
            return try await refused(visit, fields, problem)
        }
    }

    /// What is wrong with the file. Where another field is wrong it is looked at here, so that all is said at once.
    private static func fileMistake(_ form: UploadedForm, _ limit: Int, isWhole: Bool, _ visit: Visit)
        async throws -> String?
    {
        if form.isTooLarge {
            return t("Le fichier est trop grand : {size} Mo au plus.", ["size": String(limit >> 20)])
        }
        guard !form.file.isEmpty else {
            return form.isFileChosen
                ? t("Ce fichier est vide. Choisissez-en un autre.") : t("Choisissez un fichier PDF.")
        }
        guard !isWhole else { return nil }
        do { try await visit.site.dispatches.inspectByHand(form.file, visit.holder()) } catch let refusal
            as ManualRefusal
        { return refusal.text } catch DispatchRefusal.inspectionUnavailable {}  // said when it is sent
        return nil
    }

    /// Back to the choice of the recipient, with the reason. Whoever is offered another way stands there by his name.
    private static func refused(_ visit: Visit, _ fields: SendingFields, _ problem: KeptSending.Problem)
        async throws -> Response
    {
        var fields = fields
        if !problem.offer.isEmpty { fields.words = fields.gln }
        return try await go(to: .recipient, KeptSending(fields, problem: problem), visit)
    }

    /// To the page of a step. What is too long to be kept is answered in place.
    private static func go(to step: SendingStep, _ kept: KeptSending, _ visit: Visit) async throws -> Response
    {
        guard let number = kept.fields.number else { throw PageRefusal.badForm }
        var response = Response.toPage(step.path(number).text)
        guard try SendingCookie.keep(kept, visit, on: &response) else {
            return try await SendingPages.page(step, kept, visit)
        }
        return response
    }
}
