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

    /// `GET /fhir/DocumentReference/{id}`: for its sender metadata and the state of each delivery (DPI-07), for the
    /// program of a professional the metadata.
    func readDocument(_ machine: MachineRequest) async throws -> Response {
        let id = Document.ID(rawValue: try machine.parameters.require("id"))
        if let reader = try await access.space(of: machine.viewer) {
            return respond(resource(of: try await dispatches.documents.readListed(id, reader)))
        }
        return respond(resource(of: try await dispatches.deliveryState(of: id, machine.viewer)))
    }

    /// What was sent, with what became of it.
    func resource(of submission: Submission) -> JSON {
        let document = submission.document
        var stored = stored(
            document, patientSystem: submission.patient.system, patientNumber: submission.patient.number)
        stored.authorName = document.author.isEmpty ? nil : document.author
        stored.version = submission.version
        stored.lastUpdated = HTTPDate.instant(submission.changedAt)
        stored.deliveries =
            submission.dispatches.map { dispatch in
                var delivery = StoredDocumentReference.Delivery(
                    recipient: dispatch.gln.rawValue, state: .init(dispatch.state),
                    at: HTTPDate.instant(dispatch.at))
                delivery.notifiedAt = dispatch.notifiedAt.map(HTTPDate.instant)
                delivery.openedAt = dispatch.openedAt.map(HTTPDate.instant)
                delivery.downloadedAt = dispatch.downloadedAt.map(HTTPDate.instant)
                return delivery
            }
            + submission.refused.map { refused in
                .init(recipient: refused.gln.rawValue, state: .refused, at: HTTPDate.instant(refused.at))
            }
        return stored.json(base: settings.fhirBase, canonicalBase: settings.fhirBase)
    }

    /// What a professional may read, for his program: with the patient, whom the letter names.
    func resource(of listed: ListedDocument) -> JSON {
        let document = listed.document
        guard document.state != .withdrawn else { return withdrawn(listed) }
        var stored = stored(
            document, patientSystem: listed.patient.system, patientNumber: listed.patient.number)
        stored.authorName = document.author.isEmpty ? nil : document.author
        stored.lastUpdated = HTTPDate.instant(listed.changedAt)
        stored.version = Int(listed.changedAt.rawValue)
        stored.replaces = listed.replaces.map { Identifier(system: "urn:ietf:rfc:3986", value: $0) }
        stored.patientDetails = StoredDocumentReference.PatientDetails(
            family: listed.patient.familyName, given: listed.patient.givenName,
            birthDate: listed.patient.birthDate, gender: listed.patient.sex.rawValue)
        return stored.json(base: settings.fhirBase, canonicalBase: settings.fhirBase)
    }

    /// A document that was taken back: who was addressed by mistake learns no name and no title.
    private func withdrawn(_ listed: ListedDocument) -> JSON {
        let id = listed.document.id.rawValue
        return [
            "resourceType": "DocumentReference", "id": .string(id),
            "meta": [
                "versionId": .string(String(listed.changedAt.rawValue)),
                "lastUpdated": .string(HTTPDate.instant(listed.changedAt)),
            ],
            "masterIdentifier": [
                "system": "urn:ietf:rfc:3986", "value": .string(listed.document.masterIdentifier),
            ],
            "status": "entered-in-error",
            "content": [
                [
                    "attachment": [
                        "contentType": "application/pdf", "url": "\(settings.fhirBase)/Binary/\(id)",
                    ]
                ]
            ],
        ]
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
        stored.status =
            switch document.state {
            case .current, .expired: .current
            case .superseded: .superseded
            case .withdrawn: .enteredInError
            }
        stored.date = HTTPDate.instant(document.authoredAt)
        stored.language = document.language
        stored.sha1 = document.sha1
        stored.confidentiality = Confidentiality(rawValue: document.confidentiality) ?? .normal
        return stored
    }
}

extension StoredDocumentReference.Delivery.State {
    /// The code of the interface for a state of the core.
    init(_ state: Dispatch.State) {
        self =
            switch state {
            case .queued: .queued
            case .deposited: .deposited
            case .notified: .notified
            case .mailed: .mailed
            case .posted: .posted
            case .opened: .opened
            case .downloaded: .downloaded
            case .expired: .expired
            case .withdrawn: .withdrawn
            case .failed: .failed
            }
    }
}
