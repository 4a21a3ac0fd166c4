import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Portal
import ServiceLifecycle

/// How a node leaves: asked to stop (SIGTERM), it first says so where readiness is asked, and goes on serving for a
/// while, so that the proxy in front stops sending to it; only then it stops listening.
final class Leaving: Service, @unchecked Sendable {
    private let seconds: Int
    private let logger: Logger
    private let lock = NSLock()
    private var begun = false

    /// - Parameter seconds: how long it goes on serving.
    init(seconds: Int, logger: Logger) {
        self.seconds = seconds
        self.logger = logger
    }

    /// Whether the node has been asked to stop.
    var hasBegun: Bool {
        lock.lock()
        defer { lock.unlock() }
        return begun
    }

    private func begin() {
        lock.lock()
        defer { lock.unlock() }
        begun = true
    }

    /// The last of the services, hence the first to be shut down: the others wait until this returns.
    func run() async throws {
        try await gracefulShutdown()
        begin()
        logger.info("leaving", metadata: ["seconds": "\(seconds)"])
        try await Task.sleep(for: .seconds(seconds))
    }
}

/// Tells who keeps a connection open that the next request needs another one: a connection that is closed at the
/// end, just when a request is on its way, is a request that fails.
struct LeavingMiddleware: RouterMiddleware {
    let leaving: Leaving

    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if leaving.hasBegun { response.headers[.connection] = "close" }
        return response
    }
}
