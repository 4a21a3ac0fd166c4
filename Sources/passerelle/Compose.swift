import Access
import Delivery
import Demo
import Dispatches
import Documents
import FHIRInterface
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Portal
import ServiceLifecycle
import Storage

/// The whole program in one function: core, edges, jobs, listener.
enum Compose {
    /// What `serve` and `demo` decide differently.
    struct Edges {
        let baseURL: String
        let server: ServerSettings
        let site: PortalSite
        let channels: DeliveryChannels
        let demo: DemoEdge?
    }

    static func application(_ core: Core, _ settings: Settings, _ edges: Edges, logger: Logger) throws
        -> some ApplicationProtocol
    {
        let router = Router(context: PortalContext.self)
        edges.site.addMiddleware(to: router)
        edges.site.addRoutes(to: router)
        edges.demo?.addRoutes(to: router)
        health(core).addRoutes(to: router)
        var fhir = FHIRSettings(
            baseURL: edges.baseURL, hospitalName: edges.site.brand.hospitalName, softwareVersion: Version.text
        )
        fhir.maximumDocumentBytes = try settings.number("maximum-document-megabytes", in: 1...100) << 20
        fhir.trustedProxy = settings["trusted-proxy"]
        FHIRInterface(access: core.access, dispatches: core.dispatches, settings: fhir).addRoutes(to: router)

        let lanes = OutboxLanes(
            database: core.database, keyring: core.keyring, clock: core.clock, channels: edges.channels)
        var application = try portalApplication(router, edges.server, logger: logger)
        for lane in [
            lanes.codes, lanes.notices(core.dispatches), lanes.previews(core.documents, core.rendering),
        ] {
            application.addServices(
                OutboxWorker(lane, database: core.database, clock: core.clock, logger: logger))
        }
        application.addServices(
            AuditCheckpoints(access: core.access, exported: core.checkpoints, logger: logger),
            Repetitions(access: core.access, logger: logger),
            Housekeeping(access: core.access, documents: core.documents, logger: logger))
        return application
    }

    private static func health(_ core: Core) -> HealthRoutes {
        HealthRoutes(isReady: { (try? await core.database.read { try $0.first("SELECT 1") }) != nil })
    }
}

/// The version of this program.
enum Version { static let text = "0.1.0" }

/// `/sante`: the process lives. `/sante/pret`: it can answer, the database included.
struct HealthRoutes: Sendable {
    let isReady: @Sendable () async -> Bool

    func addRoutes(to router: Router<PortalContext>) {
        router.get("sante") { _, _ in "ok" }
        router.get("sante/pret") { _, _ -> Response in
            await isReady() ? Response(status: .ok) : Response(status: .serviceUnavailable)
        }
    }
}
