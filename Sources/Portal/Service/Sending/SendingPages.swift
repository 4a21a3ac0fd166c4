import Access
import Dispatches
import HTTPTypes
import Hummingbird

/// The page of each step, from what is kept of a sending.
enum SendingPages {
    static func page(_ step: SendingStep, _ kept: KeptSending, _ visit: Visit) async throws -> Response {
        let types = try await visit.site.dispatches.communicantTypes(visit.holder())
        let isWhole = kept.fields.patientMistakes(now: visit.now.rawValue, types: types).isEmpty
        switch step {
        case .patient: return try await patient(visit, kept)
        case _ where !isWhole: return try await patient(visit, KeptSending(kept.fields, tried: .patient))
        case .recipient: return try await recipient(visit, kept)
        case .doubts, .document: break
        }
        guard let draft = kept.fields.draft else { return try await recipient(visit, kept) }
        do {
            let check = try await visit.site.dispatches.check(draft, visit.holder())
            if step == .doubts, !check.doubts.isEmpty { return try await doubts(visit, kept, check) }
            return try await document(visit, kept, check)
        } catch {
            // what was in order a page ago
            guard let problem = KeptSending.Problem(error) else { throw error }
            return try await recipient(visit, KeptSending(kept.fields, problem: problem))
        }
    }

    /// - Parameter isLost: what was typed is kept no longer.
    static func patient(_ visit: Visit, _ kept: KeptSending, isLost: Bool = false) async throws -> Response {
        let types = try await visit.site.dispatches.communicantTypes(visit.holder())
        var mistakes: [FieldMistake] = []
        if kept.tried == .patient {
            mistakes = kept.fields.patientMistakes(now: visit.now.rawValue, types: types)
        }
        if let problem = kept.problem, problem.field == "numero" { mistakes.append(problem.mistake) }
        let page = SendingPatientPage(
            shell: try await visit.shell(), services: try await visit.site.access.ownServices(visit.holder()),
            types: types, fields: kept.fields, mistakes: mistakes, isLost: isLost)
        return Response(html: page.html, status: mistakes.isEmpty ? .ok : .unprocessableContent)
    }

    private static func recipient(_ visit: Visit, _ kept: KeptSending) async throws -> Response {
        let fields = kept.fields
        let choice = try await visit.site.dispatches.choices(
            patientNumber: fields.patientNumber, stayNumber: fields.stayNumber, words: fields.words,
            visit.holder())
        let page = SendingRecipientPage(
            shell: try await visit.shell(), fields: fields, choice: choice,
            takesLetters: visit.site.dispatches.takesLettersByHand, problem: kept.problem?.text,
            offer: kept.problem?.way)
        return Response(html: page.html, status: kept.problem == nil ? .ok : .unprocessableContent)
    }

    private static func doubts(_ visit: Visit, _ kept: KeptSending, _ check: SendingCheck) async throws
        -> Response
    {
        let page = SendingDoubtPage(
            shell: try await visit.shell(), fields: kept.fields, check: check,
            isReasonMissing: kept.tried == .doubts && kept.fields.reason.isEmpty)
        return Response(html: page.html, status: page.isReasonMissing ? .unprocessableContent : .ok)
    }

    private static func document(_ visit: Visit, _ kept: KeptSending, _ check: SendingCheck) async throws
        -> Response
    {
        var mistakes = kept.tried == .document ? kept.fields.documentMistakes() : []
        // what the form had said before, also when it comes back after a session that ended
        let changed = kept.fields.seenWay.isEmpty ? nil : check.mistake(seen: kept.fields.seenWay)
        if kept.tried == .document, let problem = kept.problem, problem.field != "voie" || changed == nil {
            mistakes.append(problem.mistake)
        }
        if let changed { mistakes.append(changed) }
        let page = SendingDocumentPage(
            shell: try await visit.shell(), fields: kept.fields, check: check,
            limit: visit.site.dispatches.maximumManualBytes >> 20, mistakes: mistakes)
        return Response(html: page.html, status: mistakes.isEmpty ? .ok : .unprocessableContent)
    }
}

extension KeptSending.Problem {
    /// Why the one who was chosen cannot be sent to; nil for what is no matter of the choice.
    init?(_ error: any Error) {
        switch error {
        case let refusal as DispatchRefusal:
            self.init(field: "destinataires", text: RefusalTexts.sending(refusal))
        case let refusal as ManualRefusal where refusal.isAboutPaper:
            let offer =
                switch refusal {
                case .readsInPortal: "portail"
                case .readsByMail: "e-mail"
                default: ""
                }
            self.init(field: "destinataires", text: refusal.text, offer: offer)
        default: return nil
        }
    }

    var mistake: FieldMistake { FieldMistake(field: field, text: text) }

    /// By which way he gets it who gets no paper.
    var way: SendingCheck.Way? {
        switch offer {
        case "portail": .portal
        case "e-mail": .securedMail
        default: nil
        }
    }
}
