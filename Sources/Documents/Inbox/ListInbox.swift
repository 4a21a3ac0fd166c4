public import Access
import Storage

/// What the reader wants to see of the inbox.
public struct InboxFilter: Sendable, Equatable {
    public var words = ""
    /// What the document types are called, by code: words are found in them, too.
    public var typeNames: [String: String] = [:]
    /// The words, as they are looked for; see `DocumentActions.resolved`.
    var terms: [SearchTerm] = []
    public var patientID: Patient.ID?
    public var typeCode: String?
    /// As it stands on the documents.
    public var service: String?
    public var from: Timestamp?
    public var until: Timestamp?
    public var isUnread: Bool?
    /// With the documents that the preferences of the space do not show.
    public var isComplete = false
    /// The oldest first; else the newest.
    public var isOldestFirst = false
    public init() {}

    /// Nothing is looked for and nothing left out: the list as it opens.
    var isPlain: Bool {
        var plain = InboxFilter()
        plain.typeNames = typeNames
        return self == plain
    }

    /// For the trail: which filters were used, not what was typed.
    var codes: String {
        [
            words.isEmpty ? nil : "words",
            // both come from the address bar: only what has the form of a pseudonym or a code is kept
            patientID.map {
                $0.rawValue.count == 32 && $0.rawValue.allSatisfy(\.isHexDigit)
                    ? "patient=\($0.rawValue)" : "patient=?"
            },
            typeCode.map { $0.count <= 18 && $0.allSatisfy(\.isNumber) ? "type=\($0)" : "type=?" },
            service == nil ? nil : "service",
            from.map { "from=\($0.rawValue)" },
            until.map { "until=\($0.rawValue)" }, isUnread.map { "unread=\($0)" },
            isComplete ? "complete" : nil,
        ].compactMap { $0 }.joined(separator: " ")
    }
}

/// A row's place in the order of the inbox.
public struct InboxKey: Sendable, Equatable {
    public let receivedAt: Timestamp
    public let id: Document.ID
    public init(receivedAt: Timestamp, id: Document.ID) {
        self.receivedAt = receivedAt
        self.id = id
    }
}

/// Which page of the inbox.
public enum InboxPlace: Sendable, Equatable {
    /// The first one: with the newest documents, or with the oldest where these come first.
    case newest
    case before(InboxKey)
    case after(InboxKey)
}

/// One line of the inbox.
public struct InboxRow: Sendable {
    public let id: Document.ID
    public let title: String
    public let service: String
    public let typeCode: String
    public let pageCount: Int
    /// Above 1: «Corrigé».
    public let version: Int
    public let authoredAt: Timestamp
    public let stay: Stay
    public let receivedAt: Timestamp
    public let openedAt: Timestamp?
    public let isUnread: Bool
    /// Who opened it for the viewer in whose space it is, as long as he has not done so himself: «S. Rochat».
    public internal(set) var readBy: String?
    /// The same by his account.
    let otherOpener: Account.ID?
    public let expiresAt: Timestamp
    public let patientID: Patient.ID
    public let familyName: String
    public let givenName: String
    public let birthDate: String
    public let sex: Patient.Sex

    public var key: InboxKey { InboxKey(receivedAt: receivedAt, id: id) }
}

/// One page of the inbox, in the order of the filter.
public struct Inbox: Sendable {
    public let rows: [InboxRow]
    public let hasNewer: Bool
    public let hasOlder: Bool
    /// Matching the filter; more than `DocumentLimits.countedRows` means «plus de».
    public let count: Int
    public let unread: Int
    /// Matching the filter too, but of a type or a patient that the preferences do not show; counted like `count`.
    public let hidden: Int
    /// SNOMED codes that occur in the space.
    public let types: [String]
    /// Services that occur in the space.
    public let services: [String]
    /// What is saved of such lists.
    public let views: [SavedView]
    /// Of a page that is remembered: the same number stands for the same page. Nil for others.
    public internal(set) var edition: Int?
}

extension DocumentActions {
    /// Lists a page of at most 50 documents and writes that it was listed (ATC_DOC_SEARCH). Nobody sees a list before
    /// the event is on disk, and the permission is asked for in the same transaction: then the plain first page may be the
    /// one that was read before, as long as no row has changed since.
    public func listInbox(_ filter: InboxFilter, _ place: InboxPlace, _ viewer: Viewer) async throws -> Inbox
    {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            try transaction.record(
                AuditEntry(.documentSearched, detail: filter.codes), by: .person(viewer), at: now)
        }
        // asked for before reading: what is read then is at least as new
        let revision = filter.isPlain && place == .newest ? database.revision(of: .lists) : nil
        if let known = remembered.inbox(of: viewer, at: revision, now) { return known }
        let filter = resolved(filter)
        let read: @Sendable (any Transaction) throws -> (Inbox, Timestamp?) = { transaction in
            let inbox = try transaction.inboxPage(filter, place, viewer, at: now)
            guard revision != nil else { return (inbox, nil) }
            return (inbox, try transaction.nextExpiry(ofUnread: viewer.principalID, after: now))
        }
        // names are searched in every document of the space, and that may take its time
        let (inbox, expiry) = try await filter.words.isEmpty ? database.glance(read) : database.read(read)
        guard let revision else { return inbox }
        return remembered.keep(inbox, of: viewer, until: expiry, at: revision, now)
    }

    /// How many documents of the viewer's space were never opened.
    public func unreadCount(_ viewer: Viewer) async throws -> Int {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            return try transaction.unreadCount(of: viewer.principalID, at: now)
        }
    }
}

extension Transaction {
    /// The rows of a page and the numbers around them.
    fileprivate func inboxPage(
        _ filter: InboxFilter, _ place: InboxPlace, _ viewer: Viewer, at now: Timestamp
    )
        throws -> Inbox
    {
        let limit = DocumentLimits.rowsPerPage
        var rows = try inbox(filter, of: viewer, place, limit: limit, at: now)
        let hasMore = rows.count > limit
        rows = Array(rows.prefix(limit))
        if case .after = place, !filter.isOldestFirst { rows.reverse() }
        if case .before = place, filter.isOldestFirst { rows.reverse() }
        let hasNewer: Bool
        let hasOlder: Bool
        switch place {
        case .newest where filter.isOldestFirst: (hasNewer, hasOlder) = (hasMore, false)
        case .newest: (hasNewer, hasOlder) = (false, hasMore)
        case .before: (hasNewer, hasOlder) = (true, hasMore)
        case .after: (hasNewer, hasOlder) = (hasMore, true)
        }
        return Inbox(
            rows: rows, hasNewer: hasNewer, hasOlder: hasOlder,
            count: try inboxCount(filter, of: viewer, at: now),
            unread: try unreadCount(of: viewer.principalID, at: now),
            hidden: try hiddenCount(filter, of: viewer, at: now), types: try types(of: viewer),
            services: try services(of: viewer), views: try views(of: viewer))
    }
}
