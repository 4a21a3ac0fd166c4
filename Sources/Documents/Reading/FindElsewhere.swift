public import Access
import Storage

extension DocumentActions {
    /// Whether a document can be read in one of somebody's spaces, when a link leads to it from another one. It is not
    /// opened, and nothing is told of it.
    public func isReadable(_ id: Document.ID, _ viewer: Viewer) async throws -> Bool {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            return try transaction.document(id, visibleTo: viewer, at: now) != nil
        }
    }
}
