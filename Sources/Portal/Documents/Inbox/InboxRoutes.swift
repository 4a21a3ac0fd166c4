import Access
import Documents
import HTML
import Hummingbird

/// The list of documents.
enum InboxRoutes {
    /// `GET /documents`: a page that was drawn before, or one that is drawn now.
    static func show(_ visit: Visit) async throws -> Response {
        if visit.request.uri.query == nil,
            let view = try await visit.site.documents.defaultView(visit.viewer())
        {
            var link = try ViewLink(view, visit)
            link.query.hasDefault = true
            return .toPage(link.query.path.text)
        }
        let asked = try AskedInbox(visit)
        let inbox = try await visit.site.documents.listInbox(asked.filter, asked.place, visit.viewer())
        let drawn = try DrawnInbox(inbox, visit)
        if let answer = drawn.remembered { return answer }
        var shell = try visit.shell(unread: inbox.unread)
        var list = try InboxList(inbox, asked, visit, formToken: shell.formToken)
        list.isAllChosen = visit.query("coche") == "page"
        shell.search = list.query.words
        shell.undo = visit.undo(to: list.query.path)
        // ticked rows are not those that are drawn for others
        guard !list.rows.isEmpty, !list.isAllChosen else {
            return Response(html: InboxPage(shell: shell, list: list).html)
        }
        return drawn.draw(list, in: shell)
    }

    /// The page of the list that the query string asks for, beside an open document.
    static func list(_ visit: Visit) async throws -> InboxList {
        let asked = try AskedInbox(visit)
        let inbox = try await visit.site.documents.listInbox(asked.filter, asked.place, visit.viewer())
        return try InboxList(inbox, asked, visit, formToken: visit.formToken)
    }
}
