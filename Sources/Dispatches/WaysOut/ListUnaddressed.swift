public import Access
import Directory
public import Documents
import Storage

/// A document that would go on paper, because nobody has opened it, if somebody knew where to.
public struct UnaddressedDocument: Sendable {
    public let document: Document
    public let recipient: String
    public let receivedAt: Timestamp

    public init(document: Document, recipient: String, receivedAt: Timestamp) {
        self.document = document
        self.recipient = recipient
        self.receivedAt = receivedAt
    }
}

/// Those of one's services, the oldest first.
public struct UnaddressedDocuments: Sendable {
    public let rows: [UnaddressedDocument]
    /// How many there are, `rows` and those after them.
    public let count: Int

    public init(rows: [UnaddressedDocument] = [], count: Int = 0) {
        self.rows = rows
        self.count = count
    }
}

extension DispatchActions {
    /// What stays unread for as long as the institution allows, of recipients without a postal address: the printers never
    /// get it, and somebody has to be told. Nothing where what is unread does not go on paper. Traced (documentSearched).
    /// - Throws: `ServiceRefusal.noService`; `AccessRefusal` for everybody else.
    public func unaddressed(_ holder: Holder) async throws -> UnaddressedDocuments {
        guard let days = waysOut.postUnreadDays else { return UnaddressedDocuments() }
        let now = clock.now()
        return try await database.write { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            let found = try transaction.unreadWithoutAddress(
                before: now.adding(days: -days), after: now.adding(days: -days - PostLimits.unreadDays),
                followedBy: viewer, limit: PostLimits.unaddressed)
            try transaction.record(
                AuditEntry(.documentSearched, detail: "post=unaddressed"), by: .person(holder), at: now)
            let names = try transaction.displayNames(of: Array(Set(found.rows.map(\.account))))
            let rows = try found.rows.compactMap { row in
                try transaction.document(row.document).map {
                    UnaddressedDocument(
                        document: $0, recipient: names[row.account] ?? "", receivedAt: row.receivedAt)
                }
            }
            return UnaddressedDocuments(rows: rows, count: found.count)
        }
    }
}
