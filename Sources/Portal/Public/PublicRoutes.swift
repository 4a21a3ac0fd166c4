import Access
import Documents
import Hummingbird

/// What everybody may read.
enum PublicRoutes {
    /// `GET /`: what the portal is; whoever is signed in goes to his start page.
    static func home(_ visit: Visit) async throws -> Response {
        if visit.context.found?.viewer != nil { return .toPage("/accueil") }
        return Response(html: PublicHomePage(shell: visit.publicShell).html)
    }

    /// A page of text, in the frame of the one who reads it.
    static func show(_ visit: Visit, _ page: (Frame) -> [UInt8]) async throws -> Response {
        guard let viewer = visit.context.found?.viewer else {
            return Response(html: page(.visitor(visit.publicShell)))
        }
        let unread = try await visit.site.documents.unreadCount(viewer)
        return Response(html: page(.signedIn(try visit.shell(unread: unread))))
    }
}
