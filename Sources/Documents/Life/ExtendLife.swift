public import Access
import Directory
import Storage

extension DocumentActions {
    /// Extends the life of a document in the viewer's space: once, by the lifetime of the preferences, within what the
    /// institution allows.
    /// - Returns: the new end.
    /// - Throws: `DocumentRefusal.notFound`, `.expired`, `.notExtensible`.
    @discardableResult
    public func extendLife(of id: Document.ID, _ viewer: Viewer) async throws -> Timestamp {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            let readable = try transaction.readable(id, viewer, at: now)
            guard let end = try transaction.possibleExtension(of: readable, viewer, self.lives) else {
                throw DocumentRefusal.notExtensible
            }
            try transaction.extend(id, of: viewer.principalID, until: end, at: now)
            try transaction.record(
                AuditEntry(
                    .lifetimeExtended, object: readable.document.auditObject,
                    patientID: readable.document.patientID.rawValue, basis: readable.basis,
                    detail: "until=\(end.rawValue)"), by: .person(viewer), at: now)
            return end
        }
    }
}

extension Transaction {
    /// Until when this viewer could extend a document now; nil: not.
    func possibleExtension(of readable: ReadableDocument, _ viewer: Viewer, _ rules: LifeRules) throws
        -> Timestamp?
    {
        guard let days = try recipient(account: viewer.principalID)?.practitioner.lifetimeDays else {
            return nil
        }
        return Lifetime.extended(
            receivedAt: readable.receivedAt, expiresAt: readable.expiresAt, days: days,
            isExtended: readable.extendedAt != nil, rules)
    }
}
