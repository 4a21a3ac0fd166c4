import Access
import Dispatches
import HTTPTypes
import Hummingbird

/// What goes out and what came to nothing, for the portal team.
enum TransmissionRoutes {
    /// `GET /admin/transmissions`, with `file`, `etat` and `avant`.
    static func show(_ visit: Visit) async throws -> Response {
        Response(html: try await page(visit).html)
    }

    /// `POST /admin/transmissions/relancer`, with `envoi`.
    static func relaunch(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        do {
            try await visit.site.dispatches.relaunch(form["envoi"], visit.holder())
        } catch let refusal as TransmissionRefusal {
            var page = try await page(visit)
            page.problem = refusal
            return Response(html: page.html, status: .conflict)
        }
        return back(form["file"], .relaunched)
    }

    /// `POST /admin/transmissions/relancer-tout`, with `file`: at most so many at a time.
    static func relaunchAll(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let queue = TransmissionQueue(rawValue: form["file"]) else { throw PageRefusal.badForm }
        let count = try await visit.site.dispatches.relaunchAll(of: queue, visit.holder())
        return back(queue.rawValue, count > 0 ? .relaunched : .nothingToRelaunch)
    }

    private static func back(_ queue: String, _ flash: Flash) -> Response {
        let kept = TransmissionQueue(rawValue: queue).map { "file=\($0.rawValue)&" } ?? ""
        return .toPage("/admin/transmissions?\(kept)fait=\(flash.rawValue)")
    }

    private static func page(_ visit: Visit) async throws -> TransmissionsPage {
        let queue = visit.query("file").flatMap(TransmissionQueue.init(rawValue:))
        let end = visit.query("etat").flatMap(TransmissionsPage.End.init(rawValue:))
        let found = try await visit.site.dispatches.transmissions(
            of: queue, isGivenUp: end.map { $0 == .givenUp },
            before: visit.query("avant").flatMap(Transmissions.Key.init(cursor:)), visit.holder())
        return TransmissionsPage(shell: try await visit.shell(), found: found, queue: queue, end: end)
    }
}

extension Transmissions.Key {
    /// As it stands in an address: `1795161600000-9f3c…`.
    var cursor: String { "\(finishedAt)-\(id)" }

    init?(cursor: String) {
        let parts = cursor.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let moment = Int64(parts[0]), moment >= 0 else { return nil }
        self.init(finishedAt: moment, id: String(parts[1]))
    }
}
