import Access
import Directory
import Dispatches
import Documents
import FHIR
import Hummingbird

extension FHIRInterface {
    /// What was published, as a resource without its bytes. Without delivery states, so that the same message
    /// gets the same answer whenever it comes again.
    func resource(of submission: DocumentSubmission, _ document: Document) -> JSON {
        var stored = stored(
            document, patientSystem: submission.patient.identifier.system,
            patientNumber: submission.patient.identifier.value)
        stored.status = .current  // as it was when it was published, also once it is replaced
        stored.completion = submission.completion
        stored.authorName = submission.author?.name
        stored.authorGLN = submission.author?.gln
        stored.practiceSetting = submission.practiceSetting
        if case .masterIdentifier(let identifier) = submission.replaces { stored.replaces = identifier }
        return stored.json(base: settings.fhirBase, canonicalBase: settings.fhirBase)
    }

    /// `GET /fhir/DocumentReference/{id}` by its sender: metadata and the state of each delivery (DPI-07).
    func readDocument(_ machine: MachineRequest) async throws -> Response {
        let id = Document.ID(rawValue: try machine.parameters.require("id"))
        let (document, patient, dispatches) = try await dispatches.deliveryState(of: id, machine.viewer)
        var stored = stored(document, patientSystem: patient.system, patientNumber: patient.number)
        stored.authorName = document.author.isEmpty ? nil : document.author
        stored.deliveries = dispatches.map { dispatch in
            StoredDocumentReference.Delivery(
                recipient: dispatch.gln.rawValue,
                state: StoredDocumentReference.Delivery.State(rawValue: dispatch.state.rawValue)
                    ?? .deposited,
                at: HTTPDate.instant(dispatch.at))
        }
        return respond(stored.json(base: settings.fhirBase, canonicalBase: settings.fhirBase))
    }

    private func stored(
        _ document: Document, patientSystem: String, patientNumber: String
    ) -> StoredDocumentReference {
        var stored = StoredDocumentReference(
            id: document.id.rawValue, version: 1, lastUpdated: HTTPDate.instant(document.publishedAt),
            masterIdentifier: Identifier(system: "urn:ietf:rfc:3986", value: document.masterIdentifier),
            typeCode: document.typeCode, classCode: document.classCode,
            patient: Identifier(system: patientSystem, value: patientNumber),
            stay: Identifier(system: document.stay.system, value: document.stay.number),
            title: document.title,
            size: document.byteCount)
        stored.status = document.state == .superseded ? .superseded : .current
        stored.date = HTTPDate.instant(document.authoredAt)
        stored.language = document.language
        stored.sha1 = document.sha1
        stored.confidentiality = Confidentiality(rawValue: document.confidentiality) ?? .normal
        return stored
    }
}
