import Access
import HTTPTypes
import Hummingbird

/// The search of the audit trail.
enum JournalRoutes {
    /// `GET /admin/journal`: reading it is an event of its own.
    static func show(_ visit: Visit) async throws -> Response {
        var typed = JournalPage.Typed()
        typed.person = visit.query("personne") ?? ""
        typed.event = visit.query("action") ?? ""
        typed.object = visit.query("objet") ?? ""
        typed.from = visit.query("du") ?? ""
        typed.until = visit.query("au") ?? ""
        var filter = AuditFilter()
        filter.event = AuditEventKind(rawValue: typed.event)
        filter.objectID = typed.object.isEmpty ? nil : typed.object
        filter.from = DateField.moment(typed.from, in: "du", &typed.mistakes)
        filter.until = DateField.moment(typed.until, in: "au", &typed.mistakes, isEnd: true)
        let holder = try visit.holder()
        if !typed.person.isEmpty {
            filter.actorID = try await visit.site.access.accountID(named: typed.person, holder).rawValue
        }
        let found = try await visit.site.access.searchAudit(
            filter, before: visit.query("avant").flatMap(Int64.init), holder)
        let page = JournalPage(shell: try await visit.shell(), found: found, typed: typed)
        return Response(html: page.html, status: typed.mistakes.isEmpty ? .ok : .unprocessableContent)
    }
}
