public import Access
import Storage

/// One line of «Mes patients».
public struct PatientRow: Sendable {
    public let patient: Patient
    public let documents: Int
    public let unread: Int
    public let newestAt: Timestamp
}

/// A patient with the documents of the viewer's space.
public struct PatientRecord: Sendable {
    public let patient: Patient
    public let rows: [InboxRow]
    public let unread: Int
}

extension DocumentActions {
    /// The patients whose documents are in the viewer's space, by name.
    public func listPatients(words: String, _ viewer: Viewer) async throws -> (
        rows: [PatientRow], unread: Int
    ) {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            try transaction.record(
                AuditEntry(.documentSearched, detail: words.isEmpty ? "patients" : "patients words"),
                by: .person(viewer), at: now)
            return (
                try transaction.patients(words: words, of: viewer, at: now),
                try transaction.unreadCount(of: viewer.principalID, at: now)
            )
        }
    }

    /// One patient and all his documents, newest first.
    /// - Throws: `DocumentRefusal.notFound` when no document about him is readable here.
    public func patientRecord(_ id: Patient.ID, _ viewer: Viewer) async throws -> PatientRecord {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard let patient = try transaction.patient(id, visibleTo: viewer, at: now) else {
                throw DocumentRefusal.notFound
            }
            var filter = InboxFilter()
            filter.patientID = id
            let rows = try transaction.inbox(
                filter, of: viewer, .newest, limit: DocumentLimits.documentsOfPatient, at: now)
            try transaction.record(
                AuditEntry(.documentSearched, patientID: id.rawValue, detail: "patient"), by: .person(viewer),
                at: now)
            return PatientRecord(
                patient: patient, rows: Array(rows.prefix(DocumentLimits.documentsOfPatient)),
                unread: try transaction.unreadCount(of: viewer.principalID, at: now))
        }
    }
}
