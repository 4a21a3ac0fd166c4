import HTTPTypes
import Hummingbird

/// Answers in the language this browser has chosen, if it is translated; else in French.
struct LanguageMiddleware: RouterMiddleware {
    let site: PortalSite

    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let cookies = SentCookies(request)
        context.cookies = cookies
        let chosen = cookies[SessionCookies.language].flatMap(Language.init(rawValue:))
        guard let chosen, let catalogue = site.catalogues[chosen], catalogue.isUsable else {
            return try await next(request, context)
        }
        return try await Catalogue.$current.withValue(catalogue) { [context] in
            try await next(request, context)
        }
    }
}
