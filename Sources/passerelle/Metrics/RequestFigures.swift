import Foundation
import Hummingbird
import Portal

/// How many requests were answered, how, and in what time. By route as the program writes it and by class of the
/// status: nothing that a client sends becomes a label, so there is no personal datum here and no end of series.
final class RequestFigures: @unchecked Sendable {
    struct Key: Hashable, Sendable {
        let route: String
        /// `2xx`; `gone` where the client did not wait for the answer.
        let status: String
    }
    struct Histogram: Sendable {
        var seconds = 0.0
        var count = 0
        /// How many took at most the bound of the same place.
        var within = [Int](repeating: 0, count: bounds.count)
    }
    /// Seconds.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let lock = NSLock()
    private var histograms: [Key: Histogram] = [:]

    func count(_ key: Key, _ time: Duration) {
        let parts = time.components
        let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
        lock.lock()
        defer { lock.unlock() }
        var histogram = histograms[key] ?? Histogram()
        histogram.seconds += seconds
        histogram.count += 1
        for (place, bound) in Self.bounds.enumerated() where seconds <= bound { histogram.within[place] += 1 }
        histograms[key] = histogram
    }

    /// In the order of routes.
    var all: [(key: Key, histogram: Histogram)] {
        lock.lock()
        defer { lock.unlock() }
        return histograms.map { ($0.key, $0.value) }
            .sorted { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }
    }
}

/// Measures each request until its answer begins; the outermost, so that it sees what the client sees.
struct CountingMiddleware: RouterMiddleware {
    let figures: RequestFigures

    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let begun = ContinuousClock.now
        func count(_ status: String) {
            let route = context.endpointPath ?? "unknown"
            figures.count(.init(route: route, status: status), begun.duration(to: .now))
        }
        do {
            let response = try await next(request, context)
            count("\(response.status.code / 100)xx")
            return response
        } catch {
            count("gone")
            throw error
        }
    }
}
