public import Access
public import Directory
public import Documents
import Storage

/// A document with what became of it, as its sender sees it.
public struct Submission: Sendable {
    public let document: Document
    public let patient: Patient
    public let dispatches: [Dispatch]
    /// Recipients who did not get it.
    public let refused: [RefusedRecipient]
    /// When its state last changed, and how often it did.
    public let changedAt: Timestamp
    public let version: Int
}

/// A recipient who did not get a document that others got.
public struct RefusedRecipient: Sendable {
    public let gln: GLN
    public let at: Timestamp
}

extension DispatchActions {
    /// What this client sent, the oldest change of state first (ITI-67 for the sender). The search is traced.
    /// - Returns: the page, and where the next one begins.
    public func searchSubmissions(
        _ filter: DocumentFilter, after: ChangeKey?, limit: Int, _ viewer: MachineViewer
    ) async throws -> (submissions: [Submission], next: ChangeKey?) {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, at: now)
            var filter = filter
            filter.patientID = try filter.patientID.map { try transaction.survivor(of: $0) }
            let rows = try transaction.documents(
                sentBy: viewer.clientID, filter, after: after, limit: limit + 1)
            try transaction.record(
                AuditEntry(
                    .documentStateRead, patientID: filter.patientID?.rawValue,
                    detail: "found=\(min(rows.count, limit))"), by: .machine(viewer), at: now)
            let page = Array(rows.prefix(limit))
            let last = rows.count > limit ? page.last : nil
            return (
                try transaction.submissions(page, at: now),
                last.map { ChangeKey(at: $0.changedAt, id: $0.document.id) }
            )
        }
    }
}

extension Transaction {
    /// Looks up what became of documents.
    func submissions(
        _ rows: [(document: Document, changedAt: Timestamp, version: Int)], at now: Timestamp
    ) throws -> [Submission] {
        let ids = rows.map(\.document.id)
        let dispatches = Dictionary(grouping: try dispatches(ofAll: ids, at: now), by: \.documentID)
        let refused = try refusedRecipients(of: ids)
        return try rows.compactMap { row in
            guard let patient = try patient(row.document.patientID) else { return nil }
            let delivered = dispatches[row.document.id] ?? []
            return Submission(
                document: row.document, patient: patient, dispatches: delivered,
                refused: (refused[row.document.id] ?? []).filter { refused in
                    !delivered.contains { $0.gln == refused.gln }
                }, changedAt: row.changedAt, version: row.version)
        }
    }
}
