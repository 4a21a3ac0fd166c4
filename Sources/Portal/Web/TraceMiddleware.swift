import Access
import HTTPTypes
import Hummingbird
import Logging

/// Gives every line of the log that a request causes the number under which its sender follows it (W3C Trace
/// Context), the FHIR interface included. Anything but 32 hexadecimal digits is left out.
struct TraceMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard let trace = TraceParent.traceID(request.headers[.traceparent]) else {
            return try await next(request, context)
        }
        var context = context
        context.logger[metadataKey: "trace"] = "\(trace)"
        return try await next(request, context)
    }
}
