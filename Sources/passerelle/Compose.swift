import Access
import Delivery
import Demo
import Directory
import Dispatches
import Documents
import FHIRInterface
import Foundation
import HTTPTypes
import Hummingbird
import Intake
import Logging
import Portal
import ServiceLifecycle
import Storage
import UnixSignals

/// The whole program in one place: core, edges, jobs, listener.
enum Compose {
    /// Requests in flight, and then jobs in hand, have so long to end once the node stops listening.
    static let secondsToEnd = 20

    /// What `serve` and `demo` decide differently.
    struct Edges {
        let baseURL: String
        let server: ServerSettings
        let site: PortalSite
        let channels: DeliveryChannels
        let demo: DemoEdge?
        /// HL7 v2; nil where nobody sends it.
        var mllp: MLLPListener?
        var record: (any NationalRecord)?
    }

    /// Serves until it is asked to stop, and then leaves in order: it drains, stops listening, answers what is in
    /// flight, ends the jobs in hand, seals what it wrote.
    static func run(_ core: Core, _ settings: Settings, _ edges: Edges, logger: Logger) async throws {
        let record = try RecordFeedSettings.sink(settings, baseURL: edges.baseURL, clock: core.clock)
        try await core.access.switchRecordFeed(record != nil)
        try await core.directory.indexRecipients()
        let leaving = Leaving(seconds: try settings.number("drain-seconds", in: 0...60), logger: logger)
        let requests = RequestFigures()
        let admission = Admission()
        let portal = try application(core, settings, edges, leaving, requests, admission, logger: logger)
        // started in this order, ended in the reverse one
        var services: [any Service] = [
            Named(
                "checkpoints",
                AuditCheckpoints(access: core.access, exported: core.checkpoints, logger: logger)),
            Named("probes", AdmissionProbes(admission: admission, database: core.database)),
            Bounded(
                name: "jobs", service: try jobs(core, settings, edges, record, logger: logger),
                seconds: secondsToEnd,
                logger: logger),
        ]
        if settings["metrics-port"] != nil {
            services.append(
                Named(
                    "metrics",
                    MetricsPage(core: core, requests: requests, leaving: leaving, mllp: edges.mllp)
                        .server(port: try settings.number("metrics-port", in: 1...65535), logger: logger)))
        }
        if let mllp = edges.mllp {
            services.append(
                Bounded(name: "mllp", service: mllp, seconds: secondsToEnd, logger: logger))
        }
        services += [
            Bounded(name: "requests", service: portal, seconds: secondsToEnd, logger: logger),
            Named("leaving", leaving),
        ]
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        await core.database.close()
    }

    private static func application(
        _ core: Core, _ settings: Settings, _ edges: Edges, _ leaving: Leaving, _ requests: RequestFigures,
        _ admission: Admission, logger: Logger
    ) throws -> some ApplicationProtocol {
        let router = Router(context: PortalContext.self)
        router.addMiddleware {
            CountingMiddleware(figures: requests)
            LeavingMiddleware(leaving: leaving)
            AdmissionMiddleware(admission)
        }
        edges.site.addMiddleware(to: router)
        edges.site.addRoutes(to: router)
        edges.demo?.addRoutes(to: router)
        health(core, leaving).addRoutes(to: router)
        var fhir = FHIRSettings(
            baseURL: edges.baseURL, hospitalName: edges.site.brand.hospitalName, softwareVersion: Version.text
        )
        fhir.maximumDocumentBytes = try settings.number("maximum-document-megabytes", in: 1...100) << 20
        fhir.trustedProxy = settings["trusted-proxy"]
        let webhooks = webhookRules(settings)
        fhir.mayCall = { address in
            guard let place = WebhookAddress(address) else { return false }
            return (try? await Webhooks.check(place, webhooks)) != nil
        }
        fhir.oidRoot = settings["fhir-oid-root"] ?? fhir.oidRoot
        FHIRInterface(
            access: core.access, dispatches: core.dispatches, directory: core.directory, settings: fhir
        ).addRoutes(to: router)
        return try portalApplication(router, edges.server, logger: logger)
    }

    /// What is done beside the answering of requests. Every node does all of it: the database sees to it that no
    /// job is done by two.
    private static func jobs(
        _ core: Core, _ settings: Settings, _ edges: Edges, _ record: RecordSink?, logger: Logger
    ) throws -> Together {
        let lanes = OutboxLanes(
            database: core.database, keyring: core.keyring, clock: core.clock, channels: edges.channels,
            leaseSeconds: try settings.number("lease-seconds", in: 5...300))
        let national = edges.record.map { [lanes.records(core.dispatches, $0)] } ?? []
        let trace = record.map { [lanes.recordFeed(core.dispatches, core.access, $0)] } ?? []
        let webhooks = Webhooks(webhookRules(settings))
        let workers =
            ([
                lanes.codes(core.access), lanes.controlCodes, lanes.passwordLinks(core.access),
                lanes.enrolmentMails,
                lanes.accountNotices,
                lanes.notices(core.dispatches), lanes.securedMails(core.dispatches),
                lanes.previews(core.documents, core.rendering),
                // two, so that one program that does not answer does not keep the others waiting
                lanes.subscriptions(core.access, webhooks), lanes.subscriptions(core.access, webhooks),
            ] + trace + national).map {
                OutboxWorker($0, database: core.database, clock: core.clock, logger: logger)
            }
        return Together(
            services: workers + [
                Repetitions(access: core.access, logger: logger), MemoryReturns(),
                Lives(documents: core.documents, dispatches: core.dispatches, logger: logger),
                Rescans(
                    dispatches: core.dispatches, limits: try Core.rescanLimits(settings), logger: logger),
                Housekeeping(
                    access: core.access, documents: core.documents, dispatches: core.dispatches,
                    enrolment: core.enrolment, logger: logger),
            ])
    }

    /// Where programs of practices may be called.
    private static func webhookRules(_ settings: Settings) -> WebhookRules {
        let hosts = (settings["webhook-allow"] ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        return WebhookRules(allowedHosts: Set(hosts), authority: settings["webhook-authority"])
    }

    private static func health(_ core: Core, _ leaving: Leaving) -> HealthRoutes {
        HealthRoutes(isReady: {
            guard !leaving.hasBegun else { return false }
            return (try? await core.database.read { try $0.first("SELECT 1") }) != nil
        })
    }
}

/// The version of this program.
enum Version { static let text = "0.1.0" }

/// `/sante`: the process lives. `/sante/pret`: it can answer, the database included, and has not been asked to stop.
struct HealthRoutes: Sendable {
    let isReady: @Sendable () async -> Bool

    func addRoutes(to router: Router<PortalContext>) {
        router.get("sante") { _, _ in "ok" }
        router.get("sante/pret") { _, _ -> Response in
            await isReady() ? Response(status: .ok) : Response(status: .serviceUnavailable)
        }
    }
}
