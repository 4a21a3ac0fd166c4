import Access
import ArgumentParser
import Delivery
import Foundation
import Hummingbird
import Logging
import Portal
import ServiceLifecycle
import Storage
import UnixSignals

/// `passerelle serve`: the real thing. It refuses to start with anything insecure.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the portal. Settings: --name value, PASSERELLE_NAME, or --config FILE.",
        discussion: "All settings are in docs/configuration.md.")

    @Argument(parsing: .allUnrecognized, help: "Settings, --name value.")
    var settings: [String] = []

    func run() async throws {
        let settings = try Settings(arguments: settings)
        let logger = Logger(label: "passerelle")
        let serving = try ServingRules.check(settings)
        try PDFReadiness.checkIsInstalled()
        async let readiness: Void = PDFReadiness.check(logger)
        let core = try await Core(
            settings,
            rules: Core.rules(
                settings, host: serving.host, origin: "https://\(serving.authority)"))
        guard try await core.database.installation(.demo) == nil else {
            throw SettingsFailure("This database was made by the demo, with known passwords: give another.")
        }
        try await OpenStore.check(core.contents, logger: logger)
        let site = try PortalSite(
            access: core.access, directory: core.directory, documents: core.documents,
            dispatches: core.dispatches,
            enrolment: core.enrolment,
            brand: Brand.from(settings),
            publicHost: serving.authority, trustedProxy: settings["trusted-proxy"], isSecure: true,
            identities: serving.identities.all(clock: core.clock),
            trailForms: .interface(settings, core))
        let product = try settings.required("product-name", for: "the name of the portal")
        let channels = DeliveryChannels.real(
            texts: MessageTexts(productName: product, baseURL: serving.baseURL), from: serving.mailFrom,
            fromName: product, returns: serving.returns, relay: serving.relay, gateway: serving.gateway,
            simSwap: serving.simSwap, clock: core.clock)
        let edges = Compose.Edges(
            baseURL: serving.baseURL, server: serving.server, site: site, channels: channels, demo: nil,
            mllp: try MLLPIntake.listener(core, settings, logger: logger),
            record: serving.record)
        try await readiness
        try await Compose.run(core, settings, edges, logger: logger)
    }
}

extension Brand {
    /// The institution's names, from its settings.
    static func from(_ settings: Settings) throws -> Brand {
        Brand(
            productName: try settings.required("product-name", for: "the name of the portal"),
            hospitalName: try settings.required(
                "hospital-name", for: "the hospital's name, shown on each page"),
            hospitalShort: try settings.required(
                "hospital-short", for: "the short form of the hospital's name"),
            supportEmail: try settings.required(
                "support-email", for: "the address of the team that runs the portal"),
            supportPhone: try settings.required("support-phone", for: "the telephone number of the team"),
            emergencyNumber: try settings.required(
                "emergency-number", for: "the number for vital emergencies"))
    }
}
