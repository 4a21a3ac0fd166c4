public import Access
import Storage

/// What an open page has to know.
public struct InboxState: Sendable, Equatable {
    /// When it was so: from here on the page asks next.
    public let at: Timestamp
    /// The one number of unread documents.
    public let unread: Int
    /// Unread documents that came in since the moment asked for: the newest `DocumentLimits.arrivals`, in the order in
    /// which they came.
    public let arrived: [Document.ID]
    /// How many more came in since then, that nobody names.
    public let others: Int
    /// What the hospital took back since then, `DocumentLimits.arrivals` at most.
    public let takenBack: [Document.ID]
}

extension DocumentActions {
    /// What is new in the viewer's space since a moment. Identifiers and numbers only; nothing of it is an access to a
    /// document.
    public func news(since moment: Timestamp, _ viewer: Viewer) async throws -> InboxState {
        let now = clock.now()
        let limit = DocumentLimits.arrivals
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            // who wrote later may have begun earlier: a few seconds are looked at twice
            let since = moment.adding(seconds: -DocumentLimits.arrivalOverlapSeconds)
            let arrived = try transaction.arrivals(in: viewer, since: since, limit: limit, at: now)
            let named = arrived.count { moment < $0.at && $0.at <= now }
            // moments follow each other, so that nothing is counted twice
            let others =
                arrived.count < limit
                ? 0 : max(0, try transaction.countArrivals(in: viewer, since: moment, at: now) - named)
            return InboxState(
                at: now, unread: try transaction.unreadCount(of: viewer.principalID, at: now),
                arrived: arrived.map(\.id), others: others,
                // no session lasts as long
                takenBack: try transaction.takenBack(
                    from: viewer, since: max(since, now.adding(days: -1)), limit: limit))
        }
    }
}
