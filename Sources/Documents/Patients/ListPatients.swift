public import Access
import Directory
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
    /// How many patients of the space bear his name, himself included.
    public let namesakes: Int
    /// Documents about him that the preferences do not show.
    public let hidden: Int
}

/// A page of «Mes patients».
public struct PatientList: Sendable {
    public let rows: [PatientRow]
    public let unread: Int
    /// Patients whom the preferences do not show; 0 where all are.
    public let hidden: Int
}

extension DocumentActions {
    /// The patients whose documents are in the viewer's space, by name.
    /// - Parameter isComplete: those too whom the preferences of the space do not show.
    public func listPatients(words: String, isComplete: Bool = false, _ viewer: Viewer) async throws
        -> PatientList
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            try transaction.record(
                AuditEntry(.documentSearched, detail: words.isEmpty ? "patients" : "patients words"),
                by: .person(viewer), at: now)
            let rows = try transaction.patients(words: words, isComplete: isComplete, of: viewer, at: now)
            let showsAll = try isComplete || transaction.displayChoice(of: viewer.principalID).isEverything
            let all =
                showsAll
                ? rows.count
                : try transaction.patients(words: words, isComplete: true, of: viewer, at: now).count
            return PatientList(
                rows: rows, unread: try transaction.unreadCount(of: viewer.principalID, at: now),
                hidden: all - rows.count)
        }
    }

    /// One patient and his documents, newest first.
    /// - Parameter isComplete: those too that the preferences of the space do not show.
    /// - Throws: `DocumentRefusal.notFound` when no document about him is readable here.
    public func patientRecord(_ id: Patient.ID, isComplete: Bool = false, _ viewer: Viewer) async throws
        -> PatientRecord
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            // an address that was kept from before two numbers were merged leads to the one that is left
            let id = try transaction.survivor(of: id)
            guard let patient = try transaction.patient(id, visibleTo: viewer, at: now) else {
                throw DocumentRefusal.notFound
            }
            var filter = InboxFilter()
            filter.patientID = id
            filter.isComplete = isComplete
            let rows = try transaction.inbox(
                filter, of: viewer, .newest, limit: DocumentLimits.documentsOfPatient, at: now)
            try transaction.record(
                AuditEntry(.documentSearched, patientID: id.rawValue, detail: "patient"), by: .person(viewer),
                at: now)
            return PatientRecord(
                patient: patient, rows: Array(rows.prefix(DocumentLimits.documentsOfPatient)),
                unread: try transaction.unreadCount(of: viewer.principalID, at: now),
                namesakes: try transaction.namesakes(of: patient, viewer, at: now),
                hidden: try transaction.hiddenCount(filter, of: viewer, at: now))
        }
    }
}
