import Access
import Crypto
import Directory
import Dispatches
import Documents
import FHIR
import HTTPTypes
import Hummingbird

extension FHIRInterface {
    /// `POST /fhir/DocumentReference`: IHE MHD ITI-105, Simplified Publish.
    func publish(_ machine: MachineRequest) async throws -> Response {
        let json = try await receiveJSON(
            "DocumentReference", machine.request, limit: settings.maximumBodyBytes)
        let (submission, warnings) = try decode(json, machine)
        let command = try command(from: submission)
        let published = try await dispatches.publish(command, machine.viewer)
        return created(published, submission, warnings, machine)
    }

    private func decode(_ json: JSON, _ machine: MachineRequest) throws -> (
        DocumentSubmission, [OperationOutcome.Issue]
    ) {
        switch DocumentReferenceDecoder.decode(json, options(machine)) {
        case .refused(let outcome): throw outcome
        case .accepted(let submission, let warnings):
            let sha1 = Insecure.SHA1.hash(data: submission.attachment.content)
            if let issue = submission.attachment.issue(forSHA1: sha1) { throw OperationOutcome([issue]) }
            return (submission, warnings)
        }
    }

    func options(_ machine: MachineRequest) -> SubmissionOptions {
        var options = SubmissionOptions()
        options.handling = machine.prefers("handling=lenient") ? .lenient : .strict
        options.maximumDocumentBytes = settings.maximumDocumentBytes
        options.base = settings.fhirBase
        return options
    }

    func command(from submission: DocumentSubmission) throws -> PublishDocument {
        let glns = submission.recipients.compactMap { GLN(rawValue: $0.gln) }
        let replaces: Replaced? =
            switch submission.replaces {
            case .masterIdentifier(let identifier): .masterIdentifier(identifier.value)
            case .id(let id): .id(Document.ID(rawValue: id))
            case nil: nil
            }
        let setting = submission.practiceSetting.flatMap { ValueSet.practiceSettings[$0]?.french }
        let authored = submission.attachment.creation?.moment ?? submission.date?.milliseconds
        return PublishDocument(
            masterIdentifier: submission.masterIdentifier.value, replaces: replaces,
            patientSystem: submission.patient.identifier.system,
            patientNumber: submission.patient.identifier.value, familyName: submission.patient.family,
            givenName: submission.patient.given.joined(separator: " "),
            birthDate: submission.patient.birthDate.description,
            sex: Patient.Sex(rawValue: submission.patient.gender.rawValue) ?? .unknown,
            stay: Stay(
                system: submission.stay.identifier.system, number: submission.stay.identifier.value,
                start: submission.stay.period?.start?.firstDay, end: submission.stay.period?.end?.lastDay),
            recipients: glns, typeCode: submission.typeCode, classCode: submission.classCode,
            title: submission.title, service: setting.map(Self.capitalised) ?? "",
            author: submission.author?.name ?? "", language: submission.attachment.language ?? "fr-CH",
            confidentiality: submission.confidentiality.rawValue,
            authoredAt: authored.map(Timestamp.init(rawValue:)) ?? access.clock.now(),
            mediaType: submission.attachment.contentType, bytes: submission.attachment.content)
    }

    private static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    /// Those who did not get a document that others got, as warnings.
    func refusals(in published: PublishedDocument, _ submission: DocumentSubmission) -> [OperationOutcome
        .Issue]
    {
        published.refused.map { gln, refusal in
            let place = submission.recipients.first { $0.gln == gln.rawValue }?.expression
            let issue = Self.issue(of: refusal, at: place)
            return .init(
                issue.code, "\(issue.diagnostics) (GLN \(gln.rawValue))", at: issue.expression,
                details: issue.details, severity: .warning)
        }
    }

    private func created(
        _ published: PublishedDocument, _ submission: DocumentSubmission,
        _ warnings: [OperationOutcome.Issue],
        _ machine: MachineRequest
    ) -> Response {
        let document = published.document
        let refused = refusals(in: published, submission)
        let issues = refused + warnings
        var response: Response
        if machine.prefers("return=minimal") {
            response = Response(status: .created)
        } else if machine.prefers("return=OperationOutcome")
            || !refused.isEmpty && !machine.prefers("return=representation")
        {
            let told = issues.isEmpty ? [.init(.informational, "Published", severity: .information)] : issues
            response = respond(
                OperationOutcome(told).json(canonicalBase: settings.fhirBase), status: .created)
        } else {
            response = respond(resource(of: submission, document), status: .created)
        }
        response.headers[.location] =
            "\(settings.fhirBase)/DocumentReference/\(document.id.rawValue)/_history/1"
        response.headers[.eTag] = "W/\"1\""
        response.headers[.lastModified] = HTTPDate.text(document.publishedAt)
        return response
    }
}

extension DateTime {
    /// UTC milliseconds, when it says a moment.
    var moment: Int64? { if case .instant(let instant) = self { instant.milliseconds } else { nil } }

    /// ISO 8601 date of its first day: a year or a month begins on its first.
    var firstDay: String {
        switch self {
        case .instant(let instant): String(instant.text.prefix(10))
        case .date(let date): date.first.description
        }
    }

    /// ISO 8601 date of its last day: a period that ends «2026» ends with the year.
    var lastDay: String {
        switch self {
        case .instant(let instant): String(instant.text.prefix(10))
        case .date(let date): date.last.description
        }
    }
}
