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
    public let document: Document
    public let patient: Patient
    public let accesses: [DocumentAccess]
    /// Where the next page begins; nil at the end.
    public let next: Int64?
    public let unread: Int
}

extension DocumentActions {
    /// Who did what with a document of the viewer's space. Reading the list is itself traced (ATC_LOG_READ).
    /// At most `DocumentLimits.accesses` at a time, and the first reading of each person besides.
    /// - Parameter before: where a further page begins.
    /// - Throws: `DocumentRefusal.notFound`.
    public func listAccesses(to id: Document.ID, before: Int64? = nil, _ viewer: Viewer) async throws
        -> DocumentAccesses
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard let readable = try transaction.document(id, visibleTo: viewer, at: now),
                let patient = try transaction.patient(readable.document.patientID)
            else { throw DocumentRefusal.notFound }
            let page = try transaction.accesses(
                toObject: id.rawValue, before: before, limit: DocumentLimits.accesses)
            let records = page.records
            try transaction.record(
                AuditEntry(
                    .accessLogRead, object: readable.document.auditObject,
                    patientID: readable.document.patientID.rawValue), by: .person(viewer), at: now)
            let principals = try transaction.namesOfPrincipals(in: records.map(\.record))
            let accesses = records.compactMap { record, name -> DocumentAccess? in
                guard let event = AuditEventKind(rawValue: record.event) else { return nil }
                return DocumentAccess(
                    event: event, at: record.recordedAt, name: name,
                    principal: record.principalID.flatMap { principals[Account.ID(rawValue: $0)] },
                    isMachine: record.actorKind != "account")
            }
            return DocumentAccesses(
                document: readable.document, patient: patient, accesses: accesses, next: page.next,
                unread: try transaction.unreadCount(of: viewer.principalID, at: now))
        }
    }
}
