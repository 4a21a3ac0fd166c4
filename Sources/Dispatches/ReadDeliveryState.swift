public import Access
public import Documents
import Storage

extension DispatchActions {
    /// What became of a document that this client sent: metadata and states, never the content.
    /// - Throws: `DispatchRefusal.notFound` for unknown and for another sender's.
    public func deliveryState(of id: Document.ID, _ viewer: MachineViewer) async throws
        -> Submission
    {
        guard let submission = try await findSubmission(id, DocumentFilter(), viewer) else {
            throw DispatchRefusal.notFound
        }
        return submission
    }

    /// The same, if it is what was asked for besides.
    /// - Returns: nil when this client sent it, and it is not.
    /// - Throws: `DispatchRefusal.notFound` for unknown and for another sender's.
    public func findSubmission(_ id: Document.ID, _ filter: DocumentFilter, _ viewer: MachineViewer)
        async throws -> Submission?
    {
        do {
            return try await readDeliveryState(of: id, filter, viewer)
        } catch let refusal as DispatchRefusal {
            try await access.recordRefusal(
                AuditEntry(
                    .documentStateRead, .refused, rule: refusal.rule,
                    object: .named("document", id.rawValue)), by: .machine(viewer))
            throw refusal
        }
    }

    private func readDeliveryState(
        of id: Document.ID, _ filter: DocumentFilter, _ viewer: MachineViewer
    ) async throws -> Submission? {
        guard id.rawValue.isIdentifier else { throw DispatchRefusal.notFound }
        let now = clock.now()
        return try await database.write { transaction in
            guard let document = try transaction.document(id, sentBy: viewer.clientID) else {
                throw DispatchRefusal.notFound
            }
            try transaction.record(
                AuditEntry(
                    .documentStateRead, object: document.auditObject, patientID: document.patientID.rawValue),
                by: .machine(viewer), at: now)
            let change = try transaction.change(of: id)
            let row = (document, change?.at ?? document.publishedAt, change?.version ?? 1)
            guard let submission = try transaction.submissions([row], at: now).first else {
                throw DispatchRefusal.notFound
            }
            return try transaction.matches(document, filter, changedAt: row.1) ? submission : nil
        }
    }
}
