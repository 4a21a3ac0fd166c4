/// A published document as its sender reads it back: what was stored, where its bytes are, and how far it got
/// with each recipient. Plain values in, a `DocumentReference` out.
public struct StoredDocumentReference: Sendable {
    public var id: String
    /// The version of the resource, from 1; it grows with each change of state.
    public var version: Int
    /// An instant with zone, already written out.
    public var lastUpdated: String
    public var masterIdentifier: Identifier
    public var status = Status.current
    public var completion = DocumentSubmission.Completion.final
    public var typeCode: String
    public var classCode: String
    public var patient: Identifier
    public var stay: Identifier
    public var title: String
    /// An instant with zone, already written out.
    public var date: String?
    public var authorName: String?
    public var authorGLN: String?
    public var confidentiality = Confidentiality.normal
    public var practiceSetting: String?
    public var replaces: Identifier?
    public var contentType = "application/pdf"
    public var language: String?
    public var size: Int
    /// The SHA-1 of the bytes, 20 bytes; MHD wants this hash, it protects nothing.
    public var sha1: [UInt8]?
    public var deliveries: [Delivery] = []
    /// Whom it is about, for a reader; its sender knows.
    public var patientDetails: PatientDetails?

    /// What a reader's program files a document by.
    public struct PatientDetails: Sendable {
        public var family: String
        public var given: String
        public var birthDate: String
        public var gender: String

        public init(family: String, given: String, birthDate: String, gender: String) {
            self.family = family
            self.given = given
            self.birthDate = birthDate
            self.gender = gender
        }
    }

    /// FHIR's `document-reference-status`.
    public enum Status: String, Sendable {
        case current, superseded
        case enteredInError = "entered-in-error"
    }

    /// How far a document got with one recipient.
    public struct Delivery: Sendable {
        public var recipient: String
        public var state: State
        /// An instant with zone, already written out.
        public var at: String
        /// What came before stays true, also of a document that was taken back; instants, written out.
        public var notifiedAt: String?
        public var openedAt: String?
        public var downloadedAt: String?

        public enum State: String, Sendable {
            case queued, deposited, mailed, posted, notified, opened, downloaded, expired, withdrawn, failed
            case refused
        }

        public init(recipient: String, state: State, at: String) {
            self.recipient = recipient
            self.state = state
            self.at = at
        }
    }

    public init(
        id: String, version: Int, lastUpdated: String, masterIdentifier: Identifier, typeCode: String,
        classCode: String, patient: Identifier, stay: Identifier, title: String, size: Int
    ) {
        self.id = id
        self.version = version
        self.lastUpdated = lastUpdated
        self.masterIdentifier = masterIdentifier
        self.typeCode = typeCode
        self.classCode = classCode
        self.patient = patient
        self.stay = stay
        self.title = title
        self.size = size
    }
}

extension StoredDocumentReference {
    /// The resource. `base` is the base of this server, under which the bytes are `Binary/{id}`, and
    /// `canonicalBase` that of our own extensions.
    public func json(base: String, canonicalBase: String) -> JSON {
        [
            "resourceType": "DocumentReference",
            "id": .string(id),
            "meta": ["versionId": .string(String(version)), "lastUpdated": .string(lastUpdated)],
            "contained": containedPatient.map { [$0] },
            "extension": extensions(canonicalBase),
            "masterIdentifier": masterIdentifier.json(use: "usual"),
            "status": .string(status.rawValue),
            "docStatus": .string(completion.rawValue),
            "type": ValueSet.documentTypes.codeableConcept(typeCode),
            "category": [ValueSet.documentClasses.codeableConcept(classCode)],
            "subject": .reference("Patient", patient),
            "date": date.map { .string($0) },
            "author": author.map { [$0] },
            "relatesTo": replaces.map {
                [["code": "replaces", "target": .reference("DocumentReference", $0)]]
            },
            "description": .string(title),
            "securityLabel": [ValueSet.confidentialities.codeableConcept(confidentiality.rawValue)],
            "content": [["attachment": attachment(base), "format": format]],
            "context": context,
        ]
    }

    private var containedPatient: JSON? {
        patientDetails.map { details in
            [
                "resourceType": "Patient", "id": "patient", "identifier": [patient.json()],
                "name": [
                    ["use": "official", "family": .string(details.family), "given": [.string(details.given)]]
                ],
                "gender": .string(details.gender), "birthDate": .string(details.birthDate),
            ]
        }
    }

    private func extensions(_ canonicalBase: String) -> JSON? {
        if deliveries.isEmpty { return nil }
        return .array(
            deliveries.map { delivery in
                let recipient = Identifier(system: GS1.glnSystem, value: delivery.recipient)
                return [
                    "url": "\(canonicalBase)/StructureDefinition/delivery-state",
                    "extension": .array(
                        [
                            ["url": "recipient", "valueReference": .reference("Practitioner", recipient)],
                            ["url": "state", "valueCode": .string(delivery.state.rawValue)],
                            ["url": "at", "valueInstant": .string(delivery.at)],
                        ] + moments(of: delivery)),
                ]
            })
    }

    private func moments(of delivery: Delivery) -> [JSON] {
        let moments = [
            ("notified", delivery.notifiedAt), ("opened", delivery.openedAt),
            ("downloaded", delivery.downloadedAt),
        ]
        return moments.compactMap { name, at in
            at.map { ["url": .string(name), "valueInstant": .string($0)] }
        }
    }

    private var author: JSON? {
        if authorName == nil && authorGLN == nil { return nil }
        return [
            "identifier": authorGLN.map { Identifier(system: GS1.glnSystem, value: $0).json() },
            "display": authorName.map { .string($0) },
        ]
    }

    private func attachment(_ base: String) -> JSON {
        [
            "contentType": .string(contentType),
            "language": language.map { .string($0) },
            "url": "\(base)/Binary/\(id)",
            "size": .number(String(size)),
            "hash": sha1.map { .string(Base64.encode($0)) },
            "title": .string(title),
        ]
    }

    private var format: JSON {
        ["system": "urn:oid:2.16.756.5.30.1.127.3.10.10", "code": "urn:che:epr:EPR_Unstructured_Document"]
    }

    private var context: JSON {
        [
            "encounter": [.reference("Encounter", stay)],
            "practiceSetting": practiceSetting.map(ValueSet.practiceSettings.codeableConcept),
            "sourcePatientInfo": patientDetails.map { _ in ["reference": "#patient"] },
        ]
    }
}
