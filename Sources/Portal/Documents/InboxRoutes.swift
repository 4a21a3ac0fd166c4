import Access
import Documents
import Hummingbird

/// The list of documents.
enum InboxRoutes {
    /// `GET /documents`.
    static func show(_ visit: Visit) async throws -> Response {
        let list = try await list(visit)
        var shell = try visit.shell(unread: list.unread)
        shell.search = list.query.words
        return Response(html: InboxPage(shell: shell, list: list).html)
    }

    /// The page of the list that the query string asks for; also what stands beside an open document.
    static func list(_ visit: Visit) async throws -> InboxList {
        let query = InboxQuery { visit.query($0) }
        let (filter, mistakes) = filter(of: query)
        let place: InboxPlace =
            switch query.cursor {
            case .olderThan(let cursor): InboxKey(cursor: cursor).map { .before($0) } ?? .newest
            case .newerThan(let cursor): InboxKey(cursor: cursor).map { .after($0) } ?? .newest
            case nil: .newest
            }
        let inbox = try await visit.site.documents.listInbox(filter, place, visit.viewer())
        let now = visit.now
        let isCountOpen = inbox.count > DocumentLimits.countedRows
        let patient = query.patientID == nil ? nil : inbox.rows.first
        return InboxList(
            rows: inbox.rows.map { DocumentRow($0, at: now, warningDays: visit.warningDays) }, query: query,
            count: isCountOpen ? DocumentLimits.countedRows : inbox.count, isCountOpen: isCountOpen,
            unread: inbox.unread, newerCursor: inbox.hasNewer ? inbox.rows.first?.key.cursor : nil,
            olderCursor: inbox.hasOlder ? inbox.rows.last?.key.cursor : nil, hidden: inbox.hidden,
            hasKeys: visit.hasShortcuts, typeCodes: inbox.types,
            patientName: patient.map { "\($0.familyName) \($0.givenName)" }, mistakes: mistakes,
            now: now.rawValue)
    }

    /// A date that is none narrows nothing, and is said beside its field.
    private static func filter(of query: InboxQuery) -> (InboxFilter, [FieldMistake]) {
        var filter = InboxFilter()
        var mistakes: [FieldMistake] = []
        /// The first moment of a day, or of the one after: days have 23 to 25 hours.
        func day(_ text: String, _ field: String, isEnd: Bool = false) -> Timestamp? {
            guard !text.isEmpty else { return nil }
            if let iso = DateField.iso(text), let start = DateField.startOfDay(iso: iso) {
                guard isEnd else { return Timestamp(rawValue: start) }
                let next = LocalTime(start + 30 * 3_600_000)
                return DateField.startOfDay(iso: next.iso).map(Timestamp.init(rawValue:))
            }
            mistakes.append(
                FieldMistake(field: field, text: t("Saisissez une date, par exemple 20.11.2026.")))
            return nil
        }
        filter.words = query.words
        filter.patientID = query.patientID.map(Patient.ID.init(rawValue:))
        filter.typeCode = query.typeCode
        filter.isComplete = query.isComplete
        filter.from = day(query.from, "du")
        filter.until = day(query.until, "au", isEnd: true)
        switch query.view {
        case .all: filter.isUnread = nil
        case .unread: filter.isUnread = true
        case .read: filter.isUnread = false
        }
        return (filter, mistakes)
    }
}
