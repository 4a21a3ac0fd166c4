import Access
import Documents
import Hummingbird

/// What everybody may read.
enum PublicRoutes {
    /// `GET /`: what the portal is; whoever is signed in goes to his start page.
    static func home(_ visit: Visit) async throws -> Response {
        if visit.context.found?.holder != nil { return .toPage("/accueil") }
        return Response(html: PublicHomePage(shell: visit.publicShell).html)
    }

    /// A page of text, in the frame of the one who reads it.
    static func show(_ visit: Visit, _ page: (Frame) -> [UInt8]) async throws -> Response {
        guard visit.context.found?.holder != nil else {
            return Response(html: page(.visitor(visit.publicShell)))
        }
        return Response(html: page(.signedIn(try await visit.shell())))
    }
}
