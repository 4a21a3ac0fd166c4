import Documents
import HTML
import Hummingbird

/// A list that was drawn before: nothing of it has changed, so that its page is the same but for the tokens of its
/// forms.
struct DrawnInbox {
    private let visit: Visit
    /// Nil for a list that is not remembered.
    private let key: DrawnPages.Key?

    init(_ inbox: Inbox, _ visit: Visit) throws {
        self.visit = visit
        key = try DrawnPages.Key(inbox, visit)
    }

    /// The answer with the page as it was drawn; nil when it was not.
    var remembered: Response? {
        guard let key, let page = visit.site.drawnPages[key] else { return nil }
        return Response(page, formToken: visit.formToken, to: visit.request)
    }

    /// Draws the page around the rows, which may have been drawn for another page, and keeps it for the next time.
    func draw(_ list: InboxList, in shell: Shell) -> Response {
        let frame = InboxPage(shell: shell, list: list, hasGap: true).html
        let rows = visit.site.drawn.rows(of: list)
        if let key { visit.site.drawnPages[key] = DrawnPage(frame, filledWith: rows, cutAt: shell.formToken) }
        return Response(html: frame, filledWith: rows)
    }
}
