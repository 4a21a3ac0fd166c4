import Access
import HTTPTypes
import Hummingbird

/// How the hospital is reached.
enum ContactRoutes {
    /// `GET /contact`.
    static func show(_ visit: Visit) async throws -> Response {
        let services = try await visit.site.access.reachableServices(visit.holder())
        return Response(html: ContactPage(shell: try await visit.shell(), services: services).html)
    }
}
