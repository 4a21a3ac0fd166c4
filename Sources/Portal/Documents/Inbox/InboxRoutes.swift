import Access
import Documents
import HTML
import Hummingbird

/// The list of documents.
enum InboxRoutes {
    /// `GET /documents`.
    static func show(_ visit: Visit) async throws -> Response {
        if visit.request.uri.query == nil, let view = try await defaultView(visit) {
            return .toPage(view.query.path.text)
        }
        let list = try await list(visit)
        var shell = try visit.shell(unread: list.unread)
        shell.search = list.query.words
        shell.undo = undo(visit, list)
        guard !list.rows.isEmpty else { return Response(html: InboxPage(shell: shell, list: list).html) }
        return Response(
            html: InboxPage(shell: shell, list: list, hasGap: true).html,
            filledWith: visit.site.drawn.rows(of: list))
    }

    /// The view with which the list opens in one's own space; nil: all documents.
    private static func defaultView(_ visit: Visit) async throws -> ViewLink? {
        let views = try await visit.site.documents.listViews(visit.viewer())
        guard try visit.viewer().acting == nil, let view = views.first(where: \.isDefault) else { return nil }
        var link = try ViewLink(view, visit)
        link.query.hasDefault = true
        return link
    }

    /// What takes back a mark that was set just before.
    private static func undo(_ visit: Visit, _ list: InboxList) -> MarkForm? {
        let act: SelectionRoutes.Act
        switch visit.query("fait").flatMap(Flash.init(rawValue:)) {
        case .markedRead: act = .unread
        case .markedUnread: act = .read
        default: return nil
        }
        let ids = (visit.longQuery("choix") ?? "").split(separator: ".").map(String.init).filter {
            $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit)
        }
        guard !ids.isEmpty, ids.count <= DocumentLimits.selected else { return nil }
        return MarkForm(
            formToken: visit.formToken, ids: ids, act: act, way: list.query.path, text: t("Annuler"))
    }

    /// The page of the list that the query string asks for; also what stands beside an open document.
    static func list(_ visit: Visit) async throws -> InboxList {
        var query = InboxQuery { visit.query($0) }
        query.words = try visit.searched()
        if query.words.isEmpty { query.search = "" }
        let (filter, mistakes) = filter(of: query)
        let place: InboxPlace =
            switch query.cursor {
            case .olderThan(let cursor): InboxKey(cursor: cursor).map { .before($0) } ?? .newest
            case .newerThan(let cursor): InboxKey(cursor: cursor).map { .after($0) } ?? .newest
            case nil: .newest
            }
        let inbox = try await visit.site.documents.listInbox(filter, place, visit.viewer())
        let views = try inbox.views.map { try ViewLink($0, visit) }
        query.hasDefault = views.contains(where: \.isDefault)
        let (first, last) = (inbox.rows.first?.key.cursor, inbox.rows.last?.key.cursor)
        let (newest, oldest) = query.isOldestFirst ? (last, first) : (first, last)
        let now = visit.now
        let isCountOpen = inbox.count > DocumentLimits.countedRows
        let patient = query.patientID == nil ? nil : inbox.rows.first
        return InboxList(
            rows: inbox.rows.map { DocumentRow($0, at: now, warningDays: visit.warningDays) }, query: query,
            count: isCountOpen ? DocumentLimits.countedRows : inbox.count, isCountOpen: isCountOpen,
            unread: inbox.unread, newerCursor: inbox.hasNewer ? newest : nil,
            olderCursor: inbox.hasOlder ? oldest : nil, hidden: inbox.hidden,
            hasKeys: visit.hasShortcuts, typeCodes: inbox.types,
            patientName: patient.map { "\($0.familyName) \($0.givenName)" },
            views: views, formToken: visit.formToken, canMark: try visit.viewer().acting == nil,
            mistakes: mistakes,
            now: now.rawValue)
    }

    /// A date that is none narrows nothing, and is said beside its field.
    private static func filter(of query: InboxQuery) -> (InboxFilter, [FieldMistake]) {
        var filter = InboxFilter()
        var mistakes: [FieldMistake] = []
        filter.words = query.words
        filter.typeNames = DocumentTypeTexts.names
        filter.patientID = query.patientID.map(Patient.ID.init(rawValue:))
        filter.typeCode = query.typeCode
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
