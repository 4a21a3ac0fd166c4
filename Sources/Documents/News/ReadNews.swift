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

    /// Who has read a document for the viewer, in the words of his list: «S. Rochat». An open page asks when it is told
    /// that somebody else opened it; nothing of it is an access to the document.
    /// - Returns: nil where his list would name nobody.
    /// - Throws: `DocumentRefusal.notFound` for what he may not read.
    public func readBy(_ id: Document.ID, _ viewer: Viewer) async throws -> String? {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard let row = try transaction.inboxRow(id, of: viewer, at: now) else {
                throw DocumentRefusal.notFound
            }
            return row.readBy
        }
    }
}
