public import Access
import Documents
import Storage

/// Which events a system asks for.
public struct NewsFilter: Sendable {
    /// The document's unique identifier of its sender: also of one that was refused.
    public var masterIdentifier: String?
    /// The portal's.
    public var documentID: String?
    /// From here on, before there.
    public var from = Timestamp(rawValue: 0)
    public var until = Timestamp(rawValue: .max)
    public init() {}
}

/// Where a page of a list that grows at its end stopped.
public struct NewsCursor: Sendable, Equatable {
    public let at: Timestamp
    public let key: String

    public init(at: Timestamp, key: String) {
        self.at = at
        self.key = key
    }
}

extension DispatchActions {
    /// What became of the documents that this client sent, oldest first (ITI-81). Asking is itself traced.
    /// - Returns: the page, and where the next one begins.
    public func pollNews(
        _ filter: NewsFilter, after: NewsCursor?, limit: Int, _ viewer: MachineViewer
    ) async throws -> (news: [DocumentNews], next: NewsCursor?) {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, at: now)
            let master = filter.masterIdentifier
            var id = filter.documentID
            if let master {
                id = try transaction.document(master: master, sentBy: viewer.clientID)?.document.id.rawValue
            }
            let events = try transaction.documentEvents(
                of: viewer.clientID, document: id, master: master, from: filter.from, until: filter.until,
                after: after.flatMap { cursor in Int64(cursor.key).map { (cursor.at, $0) } }, limit: limit + 1
            )
            let asked = id ?? (master == nil ? "all" : "none")
            try transaction.record(
                AuditEntry(
                    .accessLogRead, object: AuditObject(kind: "documentEvents", id: asked),
                    detail: "from=\(filter.from.rawValue) count=\(min(events.count, limit))"),
                by: .machine(viewer), at: now)
            let page = Array(events.prefix(limit))
            let next = events.count > limit ? page.last : nil
            return (
                try transaction.news(page),
                next.map { NewsCursor(at: $0.record.recordedAt, key: String($0.number)) }
            )
        }
    }
}
