import Access
import Documents
import Hummingbird

/// What the query string of a list asks for.
struct AskedInbox {
    let query: InboxQuery
    let filter: InboxFilter
    let place: InboxPlace
    /// Wrong dates: `du`, `au`.
    let mistakes: [FieldMistake]

    init(_ visit: Visit) throws {
        var query = InboxQuery { visit.query($0) }
        query.words = try visit.searched()
        if query.words.isEmpty { query.search = "" }
        self.query = query
        (filter, mistakes) = Self.filter(of: query)
        place =
            switch query.cursor {
            case .olderThan(let cursor): InboxKey(cursor: cursor).map { .before($0) } ?? .newest
            case .newerThan(let cursor): InboxKey(cursor: cursor).map { .after($0) } ?? .newest
            case nil: .newest
            }
    }

    /// A date that is none narrows nothing, and is said beside its field.
    private static func filter(of query: InboxQuery) -> (InboxFilter, [FieldMistake]) {
        var filter = InboxFilter()
        var mistakes: [FieldMistake] = []
        filter.words = query.words
        if !query.words.isEmpty { filter.typeNames = DocumentTypeTexts.names }
        filter.patientID = query.patientID.map(Patient.ID.init(rawValue:))
        filter.typeCode = query.typeCode
        filter.service = query.service
        filter.isComplete = query.isComplete
        filter.isOldestFirst = query.isOldestFirst
        filter.from = DateField.moment(query.from, in: "du", &mistakes)
        filter.until = DateField.moment(query.until, in: "au", &mistakes, isEnd: true)
        switch query.view {
        case .all: filter.isUnread = nil
        case .unread: filter.isUnread = true
        case .read: filter.isUnread = false
        }
        return (filter, mistakes)
    }
}

extension InboxList {
    /// The answer as it is shown.
    init(_ inbox: Inbox, _ asked: AskedInbox, _ visit: Visit, formToken: String) throws {
        var query = asked.query
        let views = try inbox.views.map { try ViewLink($0, visit) }
        query.hasDefault = views.contains(where: \.isDefault)
        let (first, last) = (inbox.rows.first?.key.cursor, inbox.rows.last?.key.cursor)
        let (newest, oldest) = query.isOldestFirst ? (last, first) : (first, last)
        let now = visit.now
        let isCountOpen = inbox.count > DocumentLimits.countedRows
        let patient = query.patientID == nil ? nil : inbox.rows.first
        self.init(
            rows: inbox.rows.map { DocumentRow($0, at: now, warningDays: visit.warningDays) }, query: query,
            count: isCountOpen ? DocumentLimits.countedRows : inbox.count, isCountOpen: isCountOpen,
            unread: inbox.unread, newerCursor: inbox.hasNewer ? newest : nil,
            olderCursor: inbox.hasOlder ? oldest : nil, hidden: inbox.hidden,
            hasKeys: visit.hasShortcuts, typeCodes: inbox.types, services: inbox.services,
            patientName: patient.map { "\($0.familyName) \($0.givenName)" },
            views: views, formToken: formToken, canMark: try visit.viewer().acting == nil,
            mistakes: asked.mistakes, searchesTexts: visit.site.documents.searchesTexts, now: now.rawValue)
    }
}
