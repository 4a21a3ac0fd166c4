import Access
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// Turns what handlers throw into pages: the one switch of the whole site. Also sees the "not found" of
/// unknown addresses.
struct ErrorPagesMiddleware: RouterMiddleware {
    let site: PortalSite

    func handle(
        _ request: Request, context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch AccessRefusal.sessionEnded {
            return Visit(request: request, context: context, site: site).toSignIn()
        } catch DelegationRefusal.ended {
            return Visit(request: request, context: context, site: site).toSpacesAfterEnd()
        } catch let form as EarlierForm {
            return try await Visit(request: request, context: context, site: site).answer(form)
        } catch PageRefusal.otherSpace {
            let visit = Visit(request: request, context: context, site: site)
            return Response(html: OtherSpacePage(shell: try await visit.shell()).html, status: .conflict)
        } catch DelegationRefusal.right(let right) {
            let visit = Visit(request: request, context: context, site: site)
            let page = MissingRightPage(shell: try visit.shell(unread: 0), right: right)
            return Response(html: page.html, status: .forbidden)
        } catch FactorRefusal.stepUp {
            // the last proof of who is there is too old: once more, and back to where one was
            let back = request.method == .get ? request.uri.path : "/profil/securite"
            return .toPage(Visit.address("/profil/securite/verification", returnTo: back))
        } catch DocumentRefusal.notFound {
            let visit = Visit(request: request, context: context, site: site)
            guard let elsewhere = try? await visit.elsewhere() else {
                return await page(.notFound, request, context)
            }
            return Response(html: elsewhere.html, status: .notFound)
        } catch let refusal as any Refusal {
            context.logger.info("refused", metadata: ["rule": "\(refusal.rule)"])
            let reason = ForbiddenTexts.reason(refusal, at: request.uri.path)
            return await page(Self.status(of: refusal.kind), request, context, reason: reason)
        } catch let error as HTTPError {
            return await page(error.status, request, context)
        } catch let error where error is CancellationError || error is HTTPParserError {
            throw error  // the client has gone, perhaps in the middle of its request
        } catch let error where isTemporary(error) {
            context.logger.warning("unavailable", metadata: ["error": "\(error)"])
            return await page(.serviceUnavailable, request, context)
        } catch {
            let incident = String(UUID().uuidString.prefix(8))
            context.logger.error("fault", metadata: ["incident": "\(incident)", "error": "\(error)"])
            return await page(.internalServerError, request, context, incident: incident)
        }
    }

    private static func status(of kind: RefusalKind) -> HTTPResponse.Status {
        switch kind {
        case .notFound: .notFound
        case .forbidden: .forbidden
        case .invalid: .unprocessableContent
        case .conflict: .conflict
        case .expired: .gone
        case .unavailable: .serviceUnavailable
        }
    }

    /// Inside the frame of the person who is signed in, if one is.
    private func page(
        _ status: HTTPResponse.Status, _ request: Request, _ context: PortalContext, incident: String? = nil,
        reason: String? = nil
    ) async -> Response {
        let visit = Visit(request: request, context: context, site: site)
        let frame: Frame =
            if context.found?.holder != nil, let shell = try? await visit.shell() { .signedIn(shell) } else {
                .visitor(visit.publicShell)
            }
        var page = ErrorPage(kind: ErrorPage.Kind(status: status.code), frame: frame, incident: incident)
        page.reason = reason
        page.isAboutDocument = ["/documents", "/patients"].contains {
            request.uri.path.utf8.starts(with: $0.utf8)
        }
        var response = Response(html: page.html, status: status)
        if status == .serviceUnavailable { response.headers[.retryAfter] = "10" }
        return response
    }
}
