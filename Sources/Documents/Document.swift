/// What the hospital publishes: documents, their versions, their sealed contents. *Who may read* is a fact of
/// the document (`document_reader` rows, written when it is published): every query here joins it to the
/// viewer, so that the look-up is the permission.
public import Access
public import Storage

/// One published document. Never changed in place: a correction is a new document that replaces it.
public struct Document: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public enum State: String, Sendable, SQLBindable, SQLDecodable {
        /// The newest version.
        case current
        /// A newer version exists; this one stays readable.
        case superseded
        /// Taken back by the hospital.
        case withdrawn
        /// Past its life in the portal; its content is destroyed.
        case expired
    }

    /// Whether its page images are made.
    public enum Preview: String, Sendable, SQLBindable, SQLDecodable { case pending, ready, failed }

    public let id: ID
    public let senderID: Client.ID
    /// The sender's unique identifier, `urn:oid:…` or `urn:uuid:…`; the key of idempotency.
    public let masterIdentifier: String
    public let patientID: Patient.ID
    public let stay: Stay
    /// SNOMED CT, Swiss value set DocumentEntry.typeCode.
    public let typeCode: String
    /// SNOMED CT, Swiss value set DocumentEntry.classCode.
    public let classCode: String
    public let title: String
    /// The hospital service, as shown.
    public let service: String
    public let author: String
    /// BCP 47, «fr-CH».
    public let language: String
    /// SNOMED CT: normal 17621005, restricted 263856008, secret 1141000195107.
    public let confidentiality: String
    /// When the hospital wrote it.
    public let authoredAt: Timestamp
    public let publishedAt: Timestamp
    public let mediaType: String
    public let byteCount: Int
    public let sha256: [UInt8]
    /// Only for the interface, whose standard asks for it.
    public let sha1: [UInt8]
    public let pageCount: Int
    /// Names of active content found in the file, separated by spaces; shown to the reader as a warning.
    public let warnings: String
    /// 1 for a first version, then counting.
    public let version: Int
    public let replacesID: ID?
    public let state: State
    public let preview: Preview

    public init(
        id: ID, senderID: Client.ID, masterIdentifier: String, patientID: Patient.ID, stay: Stay,
        typeCode: String, classCode: String, title: String, service: String, author: String, language: String,
        confidentiality: String, authoredAt: Timestamp, publishedAt: Timestamp, mediaType: String,
        byteCount: Int, sha256: [UInt8], sha1: [UInt8], pageCount: Int, warnings: String, version: Int,
        replacesID: ID?, state: State, preview: Preview
    ) {
        self.id = id
        self.senderID = senderID
        self.masterIdentifier = masterIdentifier
        self.patientID = patientID
        self.stay = stay
        self.typeCode = typeCode
        self.classCode = classCode
        self.title = title
        self.service = service
        self.author = author
        self.language = language
        self.confidentiality = confidentiality
        self.authoredAt = authoredAt
        self.publishedAt = publishedAt
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.sha256 = sha256
        self.sha1 = sha1
        self.pageCount = pageCount
        self.warnings = warnings
        self.version = version
        self.replacesID = replacesID
        self.state = state
        self.preview = preview
    }

    /// For the audit trail.
    public var auditObject: AuditObject { .document(id, version: version) }

    /// What its file is named after.
    public var label: DocumentLabel {
        DocumentLabel(
            id: id, title: title, service: service, authoredAt: authoredAt, mediaType: mediaType)
    }
}

/// What the file of a document tells of it: its name and its type.
public struct DocumentLabel: Sendable {
    public let id: Document.ID
    public let title: String
    /// The hospital service, as shown.
    public let service: String
    /// When the hospital wrote it.
    public let authoredAt: Timestamp
    public let mediaType: String
}

extension AuditObject {
    static func document(_ id: Document.ID, version: Int) -> AuditObject {
        AuditObject(kind: "document", id: id.rawValue, version: version)
    }
}

/// A stay or an ambulatory follow-up at the hospital (FHIR Encounter, identifier type VN).
public struct Stay: Sendable, Hashable {
    public let system: String
    public let number: String
    /// ISO 8601 dates, as far as the hospital told them.
    public let start: String?
    public let end: String?

    public init(system: String, number: String, start: String?, end: String?) {
        self.system = system
        self.number = number
        self.start = start
        self.end = end
    }
}

/// The person whom documents are about, as the hospital names him.
public struct Patient: Sendable {
    /// A pseudonym: a keyed hash of the hospital's number, the same on every node.
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public enum Sex: String, Sendable, SQLBindable, SQLDecodable { case female, male, other, unknown }

    public let id: ID
    /// The hospital's own patient number: identifier system and value.
    public let system: String
    public let number: String
    public let familyName: String
    public let givenName: String
    /// ISO 8601 date.
    public let birthDate: String
    public let sex: Sex

    public init(
        id: ID, system: String, number: String, familyName: String, givenName: String, birthDate: String,
        sex: Sex
    ) {
        self.id = id
        self.system = system
        self.number = number
        self.familyName = familyName
        self.givenName = givenName
        self.birthDate = birthDate
        self.sex = sex
    }
}
