import CLinux
import HTTPTypes
public import Hummingbird

/// Answers 503 with `Retry-After` to those who are not let in, before anything else is done for them. A request counts
/// until its answer begins: streams that stay open are not in the way of anybody.
public struct AdmissionMiddleware: RouterMiddleware {
    private let admission: Admission
    /// Seconds after which it is worth trying again.
    private static let patience = "5"

    public init(_ admission: Admission) { self.admission = admission }

    public func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        // A thread that takes the core for each single request, and sleeps again after it, costs a busy core more than the
        // requests do. Publications have threads of their own, and keep taking it.
        wake_without_preempting()
        // who asks whether the node lives must hear that it does
        if request.uri.path.hasPrefix("/sante") { return try await next(request, context) }
        guard admission.enter() else { return Self.refusal }
        defer { admission.leave() }
        return try await next(request, context)
    }

    /// A sentence and not a page: it must cost next to nothing, or refusing would be work too.
    private static var refusal: Response {
        let text = t("Le portail reçoit trop de demandes en ce moment. Réessayez dans quelques secondes.")
        return Response(
            status: .serviceUnavailable,
            headers: [
                .contentType: "text/plain; charset=utf-8", .retryAfter: patience, .cacheControl: "no-store",
                .contentTypeOptions: "nosniff",
            ],
            body: .init(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}
