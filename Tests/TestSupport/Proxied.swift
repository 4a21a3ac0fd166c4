package import Hummingbird
import Logging
import Portal

extension TestPortal {
    /// The pages behind a proxy that is believed: a visitor says from where he comes (`Visitor.network`).
    package func proxied() throws -> some ApplicationProtocol {
        let behind = try PortalSite(
            access: access, directory: directory, documents: documents, dispatches: dispatches,
            enrolment: enrolment,
            brand: site.brand,
            publicHost: nil, trustedProxy: "", isSecure: true)
        let router = Router(context: PortalContext.self)
        behind.addMiddleware(to: router)
        behind.addRoutes(to: router)
        return Application(router: router, logger: Logger(label: "test") { _ in QuietLog() })
    }
}
