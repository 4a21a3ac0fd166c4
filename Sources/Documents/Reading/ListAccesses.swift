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

extension DocumentActions {
    /// Who did what with a document of the viewer's space. Reading the list is itself traced (ATC_LOG_READ).
    /// - Throws: `DocumentRefusal.notFound`.
    public func listAccesses(to id: Document.ID, _ viewer: Viewer) async throws
        -> (document: Document, patient: Patient, accesses: [DocumentAccess], unread: Int)
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard let readable = try transaction.document(id, visibleTo: viewer, at: now),
                let patient = try transaction.patient(readable.document.patientID)
            else { throw DocumentRefusal.notFound }
            let records = try transaction.accesses(toObject: id.rawValue, limit: DocumentLimits.accesses)
            try transaction.record(
                AuditEntry(
                    .accessLogRead, object: readable.document.auditObject,
                    patientID: readable.document.patientID.rawValue), by: .person(viewer), at: now)
            let principals = try transaction.namesOfPrincipals(in: records.map(\.record))
            let accesses = records.compactMap { record, name -> DocumentAccess? in
                guard record.outcome == AuditOutcome.success.rawValue,
                    let event = AuditEventKind(rawValue: record.event)
                else { return nil }
                return DocumentAccess(
                    event: event, at: record.recordedAt, name: name,
                    principal: record.principalID.flatMap { principals[Account.ID(rawValue: $0)] },
                    isMachine: record.actorKind != "account")
            }
            return (
                readable.document, patient, accesses,
                try transaction.unreadCount(of: viewer.principalID, at: now)
            )
        }
    }
}
