import Access
public import Documents
public import Storage

/// What a `nationalRecord` job carries.
public struct RecordJob: Codable, Sendable {
    public let documentID: String
    public static let outboxKind = "nationalRecord"
}

/// A published document for the national record: independent of who of its recipients receives it here (DPI-10), as far as
/// one does; what nobody receives is not stored here at all.
public struct RecordEntry: Sendable {
    public let document: Document
    public let patient: Patient
    /// The sender's identifier of the version that it replaces.
    public let replaces: String?
    public let file: [UInt8]
}

/// Where a patient's documents are kept by the nation or a community: the DEP today, the DES to come. One adapter speaks
/// IHE MHD; another protocol is another one.
public protocol NationalRecord: Sendable {
    /// Publishes a document. May be done twice and must bear it: the entry's master identifier stays the same.
    /// - Throws: an error that says whether another try makes sense.
    func publish(_ entry: RecordEntry) async throws
}

extension DispatchActions {
    /// Puts a published document on its way, in the transaction of its publication; nothing where the institution does
    /// not feed a record.
    func feedRecord(_ document: Document, in transaction: any Transaction, at now: Timestamp) throws {
        guard waysOut.feedsNationalRecord else { return }
        let key = "record:\(document.id.rawValue)"
        try transaction.hold(document.id, for: .record, until: now.adding(days: 31))
        try transaction.enqueue(
            RecordJob.outboxKind, key: key,
            payload: try sealedJob(RecordJob(documentID: document.id.rawValue), key: key),
            id: RandomText.identifier(), at: now.rawValue, due: now.rawValue,
            expires: now.adding(days: 30).rawValue)
    }

    /// Says that the record still has a document which is taken back here: the portal cannot take it back there, somebody
    /// has to.
    func warnOfRecord(_ document: Document, in transaction: any Transaction, at now: Timestamp) throws {
        guard waysOut.feedsNationalRecord,
            try transaction.accesses(toObject: document.id.rawValue, limit: 20_000).contains(where: {
                $0.record.event == AuditEventKind.recordFed.rawValue
                    && $0.record.outcome == AuditOutcome.success.rawValue
            })
        else { return }
        try transaction.record(
            AuditEntry(
                .recordFed, .failed, rule: "record.notWithdrawn", object: document.auditObject,
                patientID: document.patientID.rawValue, contentHash: document.sha256),
            by: .system(node: access.nodeName), at: now)
    }

    /// What is to be published; nil when the document was taken back, or is not the newest version any more.
    public func dueRecord(_ job: RecordJob) async throws -> RecordEntry? {
        let id = Document.ID(rawValue: job.documentID)
        let found = try await database.read { transaction -> (Document, Patient, String?)? in
            guard let document = try transaction.document(id), document.state == .current,
                let patient = try transaction.patient(document.patientID)
            else { return nil }
            let older = try document.replacesID.flatMap { try transaction.document($0) }
            return (document, patient, older?.masterIdentifier)
        }
        guard let (document, patient, replaces) = found else { return nil }
        return RecordEntry(
            document: document, patient: patient, replaces: replaces,
            file: try await documents.original(of: document))
    }

    /// Writes what became of it, in the transaction that ends its job.
    public func settleRecord(_ job: RecordJob, _ outbox: OutboxJob, _ end: OutboxEnd, reason: String?)
        async throws
    {
        let id = Document.ID(rawValue: job.documentID)
        let now = clock.now()
        let actor = AuditActor.system(node: access.nodeName)
        try await database.write { transaction in
            guard try transaction.settle(outbox, end, reason: reason, at: now.rawValue) else { return }
            // one that was given up can be done again until its hold ends by itself
            if end != .failed { try transaction.letGo(id, of: .record) }
            guard end != .cancelled, let document = try transaction.document(id) else { return }
            try transaction.record(
                AuditEntry(
                    .recordFed, end == .done ? .success : .failed, rule: end == .done ? nil : "record.\(end)",
                    object: document.auditObject, patientID: document.patientID.rawValue,
                    contentHash: document.sha256), by: actor, at: now)
        }
    }
}
