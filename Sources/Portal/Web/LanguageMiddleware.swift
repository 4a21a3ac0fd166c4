import HTTPTypes
import Hummingbird

/// Answers in the language this browser has chosen, if it is translated; else in French.
struct LanguageMiddleware: RouterMiddleware {
    let site: PortalSite

    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let chosen = request.cookies[SessionCookies.language].flatMap { Language(rawValue: $0.value) }
        guard let chosen, let catalogue = site.catalogues[chosen], catalogue.isUsable else {
            return try await next(request, context)
        }
        return try await Catalogue.$current.withValue(catalogue) { try await next(request, context) }
    }
}
