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
    /// False: the message has the patient's number only, so the portal must know him; the names and dates above are empty.
    public var isDescribed = true
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
            guard let published = try await publish(all: [command], sender).first else {
                throw DispatchRefusal.notFound
            }
            return published
        } catch let failure as PublicationFailure {
            throw failure.reason
        }
    }

    /// Publishes several documents in one transaction: all of them, or none.
    /// - Throws: `PublicationFailure` for the first that cannot be published.
    public func publish(all commands: [PublishDocument], _ viewer: MachineViewer) async throws
        -> [PublishedDocument]
    {
        try await publish(all: commands, Sender(viewer))
    }

    private func publish(all commands: [PublishDocument], _ sender: Sender) async throws
        -> [PublishedDocument]
    {
        do {
            return try await publishChecked(commands, sender)
        } catch let failure as PublicationFailure {
            if let rule = failure.rule, commands.indices.contains(failure.index) {
                // of a form that was not filled in the recipient learns nothing; who sends by hand was told at once, and
                // tries again in a form of another identifier
                let isRule = failure.reason is DispatchRefusal || failure.reason is PDFRefusal
                let isKept = isRule && sender.clientID != .manual
                try await trace(rule, commands[failure.index], sender, isKept: isKept)
            }
            throw failure
        }
    }

    private func publishChecked(_ commands: [PublishDocument], _ sender: Sender) async throws
        -> [PublishedDocument]
    {
        let now = clock.now()
        var prepared: [PreparedDocument] = []
        var parts: [SealedPart] { prepared.flatMap { $0.publication?.parts ?? [] } }
        do {
            for (index, command) in commands.enumerated() {
                prepared.append(
                    try await PublicationFailure.at(index) {
                        try await self.prepare(command, sender, at: now)
                    })
            }
            guard !parts.isEmpty else { return prepared.compactMap(\.early) }
            let published = try await database.write { [prepared] transaction in
                // not before: looking at the files takes time, in which somebody signs in, or asks what is new
                let now = self.clock.now()
                return try prepared.enumerated().map { index, document in
                    try PublicationFailure.at(index) {
                        try self.write(document, sender, in: transaction, at: now)
                    }
                }
            }
            for (document, prepared) in zip(published, prepared) where document.isRepetition {
                for part in prepared.publication?.parts ?? [] { await documents.discard(part) }
            }
            return published
        } catch {
            let reason = (error as? PublicationFailure)?.reason ?? error
            for part in parts { await documents.discard(part, after: reason) }
            throw error
        }
    }

    /// Everything that comes before the transaction: the rules, the look at the file, the sealing.
    private func prepare(_ command: PublishDocument, _ sender: Sender, at now: Timestamp) async throws
        -> PreparedDocument
    {
        let sha256 = Array(SHA256.hash(data: command.bytes))
        let digest = command.digest(sha256: sha256)
        // Rules first: a document that nobody may have is neither parsed nor stored. Glances: in one queue with the lists of
        // a busy morning it would wait for seconds.
        let decided = try await database.glance { transaction -> (plan: DispatchPlan, patient: Patient.ID)? in
            guard try transaction.document(master: command.masterIdentifier, sentBy: sender.clientID) == nil
            else { return nil }
            let (settled, patient) = try self.settled(command, in: transaction)
            let plan = try transaction.plan(
                settled, sender, policy: self.policy, waysOut: self.waysOut, patient: patient, at: now)
            return (plan, patient)
        }
        guard let (plan, patientID) = decided else {
            let early = try await database.read { transaction in
                try transaction.repetition(of: command, digest, sender.clientID)
            }
            return PreparedDocument(early: early, publication: nil)
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
            message: try await seal(sender.message, beside: part, of: document),
            previewKey: try sealedJob(PreviewJob(documentID: id.rawValue), key: "preview:\(id.rawValue)"))
        return PreparedDocument(early: nil, publication: publication)
    }

    /// Nil for no words.
    private func seal(_ message: String, beside part: SealedPart, of document: Document) async throws
        -> SealedPart?
    {
        guard !message.isEmpty else { return nil }
        do {
            return try await documents.seal(
                message: message, beside: part, of: document.id, version: document.version)
        } catch {
            await documents.discard(part)
            throw error
        }
    }

    private func write(
        _ prepared: PreparedDocument, _ sender: Sender, in transaction: any Transaction,
        at now: Timestamp
    ) throws -> PublishedDocument {
        if let early = prepared.early { return early }
        guard let publication = prepared.publication else { throw DispatchRefusal.notFound }
        return try write(publication, sender, in: transaction, at: now)
    }

    /// A scanner that is away, too many at once, a child killed by the machine: try again, nothing is lost.
    func inspect(_ bytes: [UInt8]) async throws -> PDFSummary {
        do {
            return try await inspection.inspect(bytes)
        } catch let error where error is NotScanned || error is Turnstile.Busy {
            throw DispatchRefusal.inspectionUnavailable
        } catch ChildProcess.Failure.killed, ChildProcess.Failure.notStarted {
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
            if isKept { try transaction.forgetOldRefusals(at: now) }
            for gln in command.recipients where isKept {
                try transaction.keepRefusal(rule, of: command, patient, for: gln, sender.clientID, at: now)
            }
        }
    }
}
