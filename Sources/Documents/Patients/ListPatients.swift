public import Access
import Directory
import Storage

/// One line of «Mes patients».
public struct PatientRow: Sendable {
    public let patient: Patient
    public let documents: Int
    public let unread: Int
    public let newestAt: Timestamp
    /// How many patients of the space bear this name, himself included: asked for where a page begins or ends, because
    /// the others may stand on the next one. 1 elsewhere.
    public internal(set) var namesakes = 1
}

/// A patient with the documents of the viewer's space.
public struct PatientRecord: Sendable {
    public let patient: Patient
    /// The newest `DocumentLimits.documentsOfPatient` of them.
    public let rows: [InboxRow]
    /// There are more.
    public let isCut: Bool
    public let unread: Int
    /// How many patients of the space bear his name, himself included.
    public let namesakes: Int
    /// Documents about him that the preferences do not show.
    public let hidden: Int
}

/// Which patients of a space are asked for.
struct PatientFilter: Sendable, Equatable {
    var words = ""
    /// Only those with documents that were not opened yet.
    var hasUnread = false
    /// Those too whom the preferences of the space do not show.
    var isComplete = false

    /// For the trail: which filters were used, not what was typed.
    var codes: String {
        ["patients", words.isEmpty ? nil : "words", hasUnread ? "unread" : nil].compactMap { $0 }
            .joined(separator: " ")
    }
}

/// Which page of the patients, by name. A patient of the space stands for a place: names stay out of addresses.
public enum PatientPlace: Sendable, Equatable {
    case first
    case before(Patient.ID)
    case after(Patient.ID)
}

/// A page of «Mes patients».
public struct PatientList: Sendable {
    public let rows: [PatientRow]
    public let hasEarlier: Bool
    public let hasLater: Bool
    /// All patients who match, on whatever page.
    public let count: Int
    /// Unread documents of the space.
    public let unread: Int
    /// Patients whom the preferences do not show; 0 where all are.
    public let hidden: Int
}

extension DocumentActions {
    /// The patients whose documents are in the viewer's space, by name: a page of at most 50.
    /// - Parameters:
    ///   - hasUnread: only those with documents that were not opened yet.
    ///   - isComplete: those too whom the preferences of the space do not show.
    public func listPatients(
        words: String, hasUnread: Bool = false, isComplete: Bool = false, place: PatientPlace = .first,
        _ viewer: Viewer
    ) async throws -> PatientList {
        let now = clock.now()
        let filter = PatientFilter(words: words, hasUnread: hasUnread, isComplete: isComplete)
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            try transaction.record(
                AuditEntry(.documentSearched, detail: filter.codes), by: .person(viewer), at: now)
            return try transaction.patientPage(filter, place, viewer, at: now)
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
                isCut: rows.count > DocumentLimits.documentsOfPatient,
                unread: try transaction.unreadCount(of: viewer.principalID, at: now),
                namesakes: try transaction.namesakes(of: patient, viewer, at: now),
                hidden: try transaction.hiddenCount(filter, of: viewer, at: now))
        }
    }
}

extension Transaction {
    /// The rows of a page and the numbers around them.
    fileprivate func patientPage(
        _ filter: PatientFilter, _ place: PatientPlace, _ viewer: Viewer, at now: Timestamp
    ) throws -> PatientList {
        // of whom nothing is readable here any more, no place can be told: the list begins anew
        let mark: Patient? =
            switch place {
            case .first: nil
            case .before(let id), .after(let id): try patient(id, visibleTo: viewer, at: now)
            }
        var isBackwards = false
        if case .before = place, mark != nil { isBackwards = true }
        let limit = DocumentLimits.rowsPerPage
        var rows = try patients(
            filter, from: mark, isBackwards: isBackwards, limit: limit + 1, of: viewer, at: now)
        let hasMore = rows.count > limit
        rows = Array(rows.prefix(limit))
        if isBackwards { rows.reverse() }
        for edge in Set([rows.indices.first, rows.indices.last].compactMap { $0 }) {
            rows[edge].namesakes = try namesakes(of: rows[edge].patient, viewer, at: now)
        }
        let count = try patientCount(filter, of: viewer, at: now)
        let showsAll = try filter.isComplete || displayChoice(of: viewer.principalID).isEverything
        var complete = filter
        complete.isComplete = true
        return PatientList(
            rows: rows, hasEarlier: isBackwards ? hasMore : mark != nil,
            hasLater: isBackwards || hasMore, count: count,
            unread: try unreadCount(of: viewer.principalID, at: now),
            hidden: showsAll ? 0 : try patientCount(complete, of: viewer, at: now) - count)
    }
}
