public import Access
import Storage

extension DocumentActions {
    /// What documents are that were addressed to this space, in the words of lists of accesses: nobody else's, no patient
    /// and no contents.
    public func describe(_ ids: [Document.ID], _ viewer: Viewer) async throws -> [Document.ID:
        DocumentSummary]
    {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            return try transaction.documentSummaries(transaction.addressed(ids, to: viewer))
        }
    }
}
