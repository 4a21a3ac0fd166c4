import Access
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What open pages ask by themselves: numbers and identifiers, never the name of a patient. Asking keeps no session alive.
enum LiveRoutes {
    /// Whether a request was made by a page and not by a person.
    static func isUnattended(_ request: Request) -> Bool {
        let path = request.uri.path
        if path.utf8.starts(with: "/documents/".utf8), path.hasSuffix("/lecteur") { return true }
        return (path == "/evenements" || path == "/compteurs") && request.uri.query != "present=1"
    }

    /// `GET /evenements`: server-sent events of the space, until the session or the delegation ends. A browser that
    /// comes back tells with `Last-Event-ID` what it has seen; the tables know what came since, on any node.
    static func events(_ visit: Visit) async throws -> Response {
        let viewer = try visit.viewer()
        guard viewer.may(.read) else { throw DelegationRefusal.right(.read) }
        let signals = try visit.site.documents.news.listen(viewer)
        let since =
            visit.request.headers[.lastEventID].flatMap(Int64.init)
            ?? visit.query("depuis").flatMap(Int64.init)
        // from the address: neither before the first moment nor after the present one
        let moment = since.map { Timestamp(rawValue: min(max($0, 0), visit.now.rawValue)) }
        let feed = LiveFeed(
            site: visit.site, viewer: viewer, since: moment ?? visit.now, rules: visit.site.live)
        let request = visit.request
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no",
            ],
            body: ResponseBody { writer in
                var writer = writer
                do {
                    try await request.body.consumeWithCancellationOnInboundClose { _ in
                        try await feed.run(signals) { try await writer.write(ByteBuffer(string: $0)) }
                    }
                } catch is CancellationError {}  // the page or the node has gone
                try await writer.finish(nil)
            })
    }

    /// `GET /documents/{id}/lecteur`: who has read it for the one who asks. The stream names nobody; a page that hears of
    /// a reading asks for the name of whoever it was, with its own permission, as its list would.
    static func reader(_ visit: Visit) async throws -> Response {
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let name = try await visit.site.documents.readBy(id, visit.viewer())
        let body = try JSONEncoder().encode(["nom": name ?? ""])
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// `GET /compteurs`: the same number, for browsers to which no events come through.
    static func counts(_ visit: Visit) async throws -> Response {
        let unread = try await visit.site.documents.unreadCount(visit.viewer())
        let tag = "\"\(unread)\""
        let headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store", .eTag: tag]
        if visit.request.headers[.ifNoneMatch] == tag {
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok, headers: headers,
            body: .init(byteBuffer: ByteBuffer(string: "{\"non_lus\":\(unread)}")))
    }
}

extension HTTPField.Name {
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
