import Access
import Enrolment
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Vault

/// The desk on which requests for accounts are checked.
enum RequestRoutes {
    /// `GET /admin/comptes/demandes`.
    static func list(_ visit: Visit) async throws -> Response {
        let view = visit.query("vue").flatMap(RequestQueuePage.View.init(rawValue:)) ?? .open
        let queue = try await visit.site.enrolment.listRequests(
            in: view.states, after: visit.query("apres").map(AccountRequest.ID.init(rawValue:)),
            visit.holder())
        return Response(
            html: RequestQueuePage(shell: try await visit.shell(), queue: queue, view: view).html)
    }

    /// `GET /admin/comptes/demandes/{id}`.
    static func show(_ visit: Visit) async throws -> Response { Response(html: try await page(visit).html) }

    /// `POST …/code`: the control SMS.
    static func sendCode(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        return try await answer(visit, .codeSent) {
            try await visit.site.enrolment.sendControlCode(for: try visit.requestID(), visit.holder())
        }
    }

    /// `POST …/reponse`: what was read out.
    static func confirmCode(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        return try await answer(visit, .codeConfirmed) {
            try await visit.site.enrolment.confirmControlCode(
                form["code"], for: try visit.requestID(), visit.holder())
        }
    }

    /// `POST …/preuve`: the checklist.
    static func prove(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let check = IdentityCheck(form)
        do {
            try await visit.site.enrolment.recordProof(check, of: try visit.requestID(), visit.holder())
            return try visit.toCase(.identityVerified)
        } catch let mistakes as ProofMistakes {
            return try await page(visit, form, check, .proof(mistakes.all))
        } catch let refusal as EnrolmentRefusal {
            guard let problem = RequestCasePage.Problem(refusal) else { throw refusal }
            return try await page(visit, form, check, problem)
        }
    }

    /// `POST …/proposer`.
    static func propose(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        return try await answer(visit, .activationProposed) {
            try await visit.site.enrolment.proposeActivation(of: try visit.requestID(), visit.holder())
        }
    }

    /// `POST …/approuver`, with the seal of what was read.
    static func approve(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        return try await answer(visit, .accountActivated) {
            try await visit.site.enrolment.approveActivation(
                of: try visit.requestID(), seal: form["empreinte"], visit.holder())
        }
    }

    /// `POST …/refuser`, with `motif`.
    static func refuse(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        return try await answer(visit, .requestRefused, missing: .reasonMissing) {
            try await visit.site.enrolment.refuse(
                try visit.requestID(), reason: form["motif"], visit.holder())
        }
    }

    /// `POST …/complement`.
    static func askForComplement(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        return try await answer(visit, .complementAsked, missing: .complementMissing) {
            try await visit.site.enrolment.askForComplement(
                try visit.requestID(), form["complement"], visit.holder())
        }
    }

    /// `POST …/piece`: a copy that was made at the desk.
    static func addCopy(_ visit: Visit) async throws -> Response {
        let form = try await visit.upload(limit: EnrolmentLimits.copyBytes)
        return try await answer(visit, .copyAdded) {
            if form.isTooLarge { throw EnrolmentRefusal.copyRefused(.tooLarge) }
            try await visit.site.enrolment.addCopy(form.file, of: try visit.requestID(), visit.holder())
        }
    }

    /// `GET …/piece/{copy}`: the copy, to be saved and never shown by the browser in this origin.
    static func copy(_ visit: Visit) async throws -> Response {
        let id = IdentityCopy.ID(rawValue: try visit.parameter("copy"))
        let opened = try await visit.site.enrolment.openCopy(id, of: try visit.requestID(), visit.holder())
        let name = "piece-\(id.rawValue.prefix(4)).\(opened.copy.mediaType.suffix)"
        let body = ResponseBody(contentLength: opened.content.byteCount) { writer in
            var writer = writer
            try await opened.content.read(0..<opened.content.byteCount) { piece in
                try await writer.write(ByteBuffer(bytes: piece))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename=\"\(name)\"",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ], body: body)
    }

    private static func answer(
        _ visit: Visit, _ flash: Flash, missing: RequestCasePage.Problem? = nil,
        _ work: () async throws -> Void
    ) async throws -> Response {
        do { try await work() } catch let refusal as EnrolmentRefusal {
            let problem = refusal == .incomplete ? missing : RequestCasePage.Problem(refusal)
            guard let problem else { throw refusal }
            var page = try await page(visit)
            page.problem = problem
            return Response(
                html: page.html, status: refusal == .samePerson ? .forbidden : .unprocessableContent)
        }
        return try visit.toCase(flash)
    }

    private static func page(
        _ visit: Visit, _ form: PostedForm, _ check: IdentityCheck, _ problem: RequestCasePage.Problem
    ) async throws -> Response {
        var page = try await page(visit)
        page.check = check
        page.typedValidUntil = form["valable"]
        page.typedBirthDate = form["naissance"]
        page.problem = problem
        return Response(html: page.html, status: .unprocessableContent)
    }

    private static func page(_ visit: Visit) async throws -> RequestCasePage {
        let holder = try visit.holder()
        let reviewed = try await visit.site.enrolment.review(try visit.requestID(), holder)
        return RequestCasePage(
            shell: try await visit.shell(), reviewed: reviewed, mayApprove: holder.role == .portalAdmin)
    }
}

extension Visit {
    /// The `:id` of a request.
    func requestID() throws -> AccountRequest.ID { AccountRequest.ID(rawValue: try parameter("id")) }

    func toCase(_ flash: Flash) throws -> Response {
        .toPage("/admin/comptes/demandes/\(try parameter("id"))?fait=\(flash.rawValue)")
    }
}

extension IdentityCopy.MediaType {
    var suffix: String {
        switch self {
        case .pdf: "pdf"
        case .jpeg: "jpg"
        case .png: "png"
        }
    }
}

extension IdentityCheck {
    init(_ form: PostedForm) {
        self.init()
        documentKind = form["piece"]
        documentNumber = form["numero"]
        validUntil = DateField.iso(form["valable"]) ?? ""
        birthDate = DateField.iso(form["naissance"]) ?? ""
        sex = form["sexe"]
        photoMatches = !form["photo"].isEmpty
        control = form["controle"]
        controlNote = form["appel"]
        registerNote = form["registre"]
        place = form["lieu"]
        note = form["note"]
    }
}
