import Access
import Directory
import Documents
import Enrolment
import Hummingbird

/// What everybody may read.
enum PublicRoutes {
    /// `GET /`: what the portal is; whoever is signed in goes to his start page.
    static func home(_ visit: Visit) async throws -> Response {
        if visit.context.found?.holder != nil { return try await arrive(visit) }
        return Response(html: PublicHomePage(shell: visit.publicShell).html)
    }

    /// To where one wanted to go, or to the start page of one's choice; with the looks of the last time, on whatever
    /// device that was. Every way of signing in ends here.
    private static func arrive(_ visit: Visit) async throws -> Response {
        let arrival = try await visit.site.directory.arrival(visit.holder())
        var start = visit.isInOwnSpace ? arrival.startPage.address : StartPage.home.address
        // whoever has just got his account says first how documents should reach him (PRO-02)
        if visit.isInOwnSpace, visit.context.found?.account.previousSignedInAt == nil,
            try await visit.site.enrolment.cameByRequest(visit.holder())
        {
            start = "/profil"
        }
        var response = Response.toPage(visit.returnAddress.isEmpty ? start : visit.returnAddress)
        visit.keep(arrival.view, on: &response)
        return response
    }

    /// A page of text, in the frame of the one who reads it.
    static func show(_ visit: Visit, _ page: (Frame) -> [UInt8]) async throws -> Response {
        guard visit.context.found?.holder != nil else {
            return Response(html: page(.visitor(visit.publicShell)))
        }
        return Response(html: page(.signedIn(try await visit.shell())))
    }
}
