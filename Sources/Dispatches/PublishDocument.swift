public import Access
import Crypto
public import Directory
public import Documents
import PDF
import Storage

/// What a hospital system asks for when it publishes. Three decoders (FHIR ITI-105, later ITI-65 and HL7 v2)
/// make it, one action takes it.
public struct PublishDocument: Sendable {
    /// The sender's unique identifier of the document; the key of idempotency.
    public let masterIdentifier: String
    /// The document that this one replaces.
    public let replaces: Replaced?
    public let patientSystem: String
    public let patientNumber: String
    public let familyName: String
    public let givenName: String
    public let birthDate: String
    public let sex: Patient.Sex
    public let stay: Stay
    public let recipients: [GLN]
    public let typeCode: String
    public let classCode: String
    public let title: String
    public let service: String
    public let author: String
    public let language: String
    public let confidentiality: String
    public let authoredAt: Timestamp
    public let mediaType: String
    public let bytes: [UInt8]

    public init(
        masterIdentifier: String, replaces: Replaced?, patientSystem: String, patientNumber: String,
        familyName: String, givenName: String, birthDate: String, sex: Patient.Sex, stay: Stay,
        recipients: [GLN], typeCode: String, classCode: String, title: String, service: String,
        author: String,
        language: String, confidentiality: String, authoredAt: Timestamp, mediaType: String, bytes: [UInt8]
    ) {
        self.masterIdentifier = masterIdentifier
        self.replaces = replaces
        self.patientSystem = patientSystem
        self.patientNumber = patientNumber
        self.familyName = familyName
        self.givenName = givenName
        self.birthDate = birthDate
        self.sex = sex
        self.stay = stay
        self.recipients = recipients
        self.typeCode = typeCode
        self.classCode = classCode
        self.title = title
        self.service = service
        self.author = author
        self.language = language
        self.confidentiality = confidentiality
        self.authoredAt = authoredAt
        self.mediaType = mediaType
        self.bytes = bytes
    }

    /// What makes two requests the same: contents, patient, stay, recipients, type and what is replaced; not
    /// the dates and the tracing (standards, section 3.1).
    func digest(sha256: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        let fields =
            [
                masterIdentifier, replaces?.text ?? "", patientSystem, patientNumber, stay.system,
                stay.number, typeCode,
            ]
            + recipients.map(\.rawValue).sorted()
        for field in fields { hash.update(data: Array("\(field.utf8.count):\(field)".utf8)) }
        hash.update(data: sha256)
        return Array(hash.finalize())
    }
}

/// How a sender names the document that is replaced.
public enum Replaced: Sendable, Equatable {
    /// By his own unique identifier.
    case masterIdentifier(String)
    /// By the identifier that the portal gave it.
    case id(Document.ID)

    var text: String {
        switch self {
        case .masterIdentifier(let master): master
        case .id(let id): "id:\(id.rawValue)"
        }
    }

    /// For the trail of an attempt on it. A sender's identifier is text of his own.
    var object: AuditObject? {
        switch self {
        case .masterIdentifier(let master): AuditObject(kind: "masterIdentifier", id: master)
        case .id(let id): .named("document", id.rawValue)
        }
    }
}

/// What the sender learns.
public struct PublishedDocument: Sendable {
    public let document: Document
    public let dispatches: [Dispatch]
    /// Recipients who did not get it, each with the reason; the others did.
    public let refused: [(gln: GLN, refusal: DispatchRefusal)]
    /// True when the same document had been published before: nothing was done again.
    public let isRepetition: Bool
}

extension DispatchActions {
    /// Publishes a document: checks it, seals it, writes document, permissions, deliveries, jobs and events
    /// in one transaction. When it returns, all of that is on the disk; when it throws, nothing remains but
    /// the trace.
    /// - Throws: `DispatchRefusal` when a rule of the hospital is in the way for every recipient,
    ///   `PDFRefusal` when
    ///   the file is not a sound PDF.
    public func publish(_ command: PublishDocument, _ viewer: MachineViewer) async throws -> PublishedDocument
    {
        try await publish(command, Sender(viewer))
    }

    /// The same for whoever sends: a system, or a person by hand.
    func publish(_ command: PublishDocument, _ sender: Sender) async throws -> PublishedDocument {
        do {
            return try await publishChecked(command, sender)
        } catch let refusal as any Refusal {
            // what passes comes again in a minute: the log has it, not the trail
            if refusal.kind != .unavailable {
                // of a form that was not filled in the recipient learns nothing
                let isKept = refusal is DispatchRefusal
                try await trace(refusal.rule, command, sender, isKept: isKept)
            }
            throw refusal
        } catch let refusal as PDFRefusal {
            try await trace(refusal.rule, command, sender, isKept: true)
            throw refusal
        }
    }

    private func publishChecked(_ command: PublishDocument, _ sender: Sender) async throws
        -> PublishedDocument
    {
        let sha256 = Array(SHA256.hash(data: command.bytes))
        let digest = command.digest(sha256: sha256)
        let early = try await database.read { transaction in
            try transaction.repetition(of: command, digest, sender.clientID)
        }
        if let early { return early }
        let now = clock.now()
        // Rules first: a document that nobody may have is neither parsed nor stored.
        let (plan, patientID) = try await database.read { transaction in
            let (settled, patient) = try self.settled(command, in: transaction)
            let plan = try transaction.plan(
                settled, sender, policy: self.policy, waysOut: self.waysOut, patient: patient, at: now)
            return (plan, patient)
        }
        let summary = try await inspect(command.bytes)
        let id = Document.ID(rawValue: RandomText.identifier())
        let part = try await documents.seal(
            command.bytes, .original, of: id, version: plan.version, patient: patientID)
        let document = Document(
            id: id, senderID: sender.clientID, masterIdentifier: command.masterIdentifier,
            patientID: patientID,
            stay: command.stay, typeCode: command.typeCode, classCode: command.classCode,
            title: command.title,
            service: command.service, author: command.author, language: command.language,
            confidentiality: command.confidentiality, authoredAt: command.authoredAt, publishedAt: now,
            mediaType: command.mediaType, byteCount: command.bytes.count, sha256: sha256,
            sha1: Array(Insecure.SHA1.hash(data: command.bytes)), pageCount: summary.pages,
            warnings: summary.activeContent.labels.joined(separator: " "), version: plan.version,
            replacesID: plan.replaced, state: .current, preview: .pending)
        let publication = Publication(
            command: command, document: document, digest: digest, part: part,
            previewKey: try sealedJob(PreviewJob(documentID: id.rawValue), key: "preview:\(id.rawValue)"))
        do {
            let published = try await database.write { transaction in
                try self.write(publication, sender, in: transaction, at: now)
            }
            if published.isRepetition { await documents.discard(part) }
            return published
        } catch {
            await documents.discard(part, after: error)
            throw error
        }
    }

    /// A scanner that is away, too many at once, a child killed by the machine: try again, nothing is lost.
    private func inspect(_ bytes: [UInt8]) async throws -> PDFSummary {
        do {
            return try await inspection.inspect(bytes)
        } catch let error where error is NotScanned || error is Turnstile.Busy {
            throw DispatchRefusal.inspectionUnavailable
        } catch ChildProcess.Failure.killed {
            throw DispatchRefusal.inspectionUnavailable
        }
    }

    /// - Parameter isKept: for those who ask why nothing came, too.
    private func trace(_ rule: String, _ command: PublishDocument, _ sender: Sender, isKept: Bool)
        async throws
    {
        let now = clock.now()
        let patient = documents.patientID(system: command.patientSystem, number: command.patientNumber)
        let entry = AuditEntry(
            .documentPublished, .refused, rule: rule,
            object: AuditObject(kind: "masterIdentifier", id: command.masterIdentifier),
            patientID: patient.rawValue, detail: command.recipients.map(\.rawValue).joined(separator: " "))
        try await database.write { transaction in
            try transaction.record(entry, by: sender.actor, at: now)
            for gln in command.recipients where isKept {
                try transaction.keepRefusal(rule, of: command, patient, for: gln, sender.clientID, at: now)
            }
        }
    }
}
