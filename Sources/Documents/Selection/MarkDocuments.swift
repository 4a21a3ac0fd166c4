public import Access
import Storage

extension DocumentActions {
    /// Marks documents as unread, or as read without opening them: a reminder of the reader's own, which says nothing to
    /// the hospital and is no access. Only in one's own space: a delegate must not take a letter out of sight.
    /// - Returns: those whose mark changed, for undoing it.
    /// - Throws: `SelectionRefusal.notOwn`.
    public func mark(_ selection: DocumentSelection, asUnread isUnread: Bool, _ viewer: Viewer) async throws
        -> [Document.ID]
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard viewer.acting == nil else { throw SelectionRefusal.notOwn }
            var changed: [Document.ID] = []
            for id in selection.ids
            where try transaction.mark(id, asUnread: isUnread, of: viewer.principalID) { changed.append(id) }
            for id in changed where !isUnread {
                try transaction.wake(viewer.principalID, read: id.rawValue, by: viewer.accountID)
            }
            if isUnread, !changed.isEmpty { try transaction.wake(viewer.principalID) }
            return changed
        }
    }
}
