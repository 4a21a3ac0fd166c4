public import Access
import Storage

/// One line of «Accès à ce document».
public struct DocumentAccess: Sendable {
    /// `AuditEventKind` in words of the trail.
    public let event: AuditEventKind
    public let at: Timestamp
    /// The person, or nil when the portal or the hospital's system acted.
    public let name: String?
    /// For whom, under delegation.
    public let principal: String?
    public let isMachine: Bool
}

/// A page of «Accès à ce document», the newest first.
public struct DocumentAccesses: Sendable {
    /// SNOMED CT.
    public let typeCode: String
    public let service: String
    /// Nil of what is gone: it may have been addressed by mistake.
    public let title: String?
    /// BCP 47, of the title.
    public let language: String
    /// About whom it is; nil where that is not told, as in `GoneDocument`.
    public let patient: Patient?
    public let accesses: [DocumentAccess]
    /// Where the next page begins; nil at the end.
    public let next: Int64?
    public let unread: Int
}

extension DocumentActions {
    /// Who did what with a document of the viewer's space, also when it is gone: the trace stays (goal 7). Of what was
    /// taken back before anybody here had opened it, only what concerns this space. Reading the list is itself traced
    /// (ATC_LOG_READ).
    /// At most `DocumentLimits.accesses` at a time, and the first reading of each person besides.
    /// - Parameter before: where a further page begins.
    /// - Throws: `DocumentRefusal.notFound`.
    public func listAccesses(to id: Document.ID, before: Int64? = nil, _ viewer: Viewer) async throws
        -> DocumentAccesses
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            let isReadable = try transaction.document(id, visibleTo: viewer, at: now) != nil
            let gone = isReadable ? nil : try transaction.gone(id, for: viewer, at: now)
            guard isReadable || gone != nil, let document = try transaction.document(id) else {
                throw DocumentRefusal.notFound
            }
            let patient = isReadable ? try transaction.patient(document.patientID) : gone?.patient
            let page = try transaction.accesses(
                toObject: id.rawValue, before: before, limit: DocumentLimits.accesses)
            let isOwnOnly = gone != nil && gone?.patient == nil
            let records = page.records.filter { !isOwnOnly || $0.record.concerns(viewer.principalID) }
            try transaction.record(
                AuditEntry(
                    .accessLogRead, object: document.auditObject,
                    patientID: document.patientID.rawValue), by: .person(viewer), at: now)
            let principals = try transaction.namesOfPrincipals(in: records.map(\.record))
            let accesses = records.compactMap { record, name -> DocumentAccess? in
                guard let event = AuditEventKind(rawValue: record.event) else { return nil }
                return DocumentAccess(
                    event: event, at: record.recordedAt, name: name,
                    principal: record.principalID.flatMap { principals[Account.ID(rawValue: $0)] },
                    isMachine: record.actorKind != "account")
            }
            return DocumentAccesses(
                typeCode: document.typeCode, service: document.service,
                title: isReadable ? document.title : nil, language: document.language, patient: patient,
                accesses: accesses, next: page.next,
                unread: try transaction.unreadCount(of: viewer.principalID, at: now))
        }
    }
}

extension AuditRecord {
    /// Done in a space, to it, or by the hospital and the portal to the document for all.
    fileprivate func concerns(_ space: Account.ID) -> Bool {
        if actorID == space.rawValue || principalID == space.rawValue || recipientID == space { return true }
        return actorKind != "account" && principalID == nil && recipientID == nil
    }
}
