import Access
import Dispatches
import HTTPTypes
import Hummingbird

/// Why nothing arrives.
enum DiagnosisRoutes {
    /// `GET /aide/je-ne-recois-pas`: the account checked live in a space of documents that one may read; the general text
    /// for everybody else.
    static func show(_ visit: Visit) async throws -> Response {
        guard let viewer = visit.context.found?.viewer, viewer.may(.read) else {
            return try await PublicRoutes.show(visit) { MissingDocumentPage(frame: $0).html }
        }
        let facts = try await visit.site.dispatches.diagnose(viewer)
        let live = LiveDiagnosis(
            facts: facts, now: visit.now.rawValue,
            principal: viewer.acting == nil ? nil : viewer.principalName)
        return try await PublicRoutes.show(visit) { MissingDocumentPage(frame: $0, live: live).html }
    }
}
