public import Access
import Storage

/// What an open page has to know.
public struct InboxState: Sendable, Equatable {
    /// The one number of unread documents.
    public let unread: Int
    /// Unread documents that came in since the moment asked for, the oldest first; at most `DocumentLimits.arrivals`.
    public let arrived: [Document.ID]
}

extension DocumentActions {
    /// What is new in the viewer's space since a moment. Identifiers and numbers only; nothing of it is an access to a
    /// document.
    public func news(since moment: Timestamp, _ viewer: Viewer) async throws -> InboxState {
        let now = clock.now()
        // who wrote later may have begun earlier: a few seconds are looked at twice
        let since = moment.adding(seconds: -DocumentLimits.arrivalOverlapSeconds)
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            return InboxState(
                unread: try transaction.unreadCount(of: viewer.principalID, at: now),
                arrived: try transaction.arrivals(
                    in: viewer, since: since, limit: DocumentLimits.arrivals, at: now))
        }
    }
}
