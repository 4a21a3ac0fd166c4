package import Access
import Crypto
package import Delivery
package import Demo
package import Directory
package import Dispatches
package import Documents
package import Enrolment
import FHIRInterface
import Foundation
package import Hummingbird
import Logging
import PDF
package import Portal
package import Storage
package import Vault

/// A clock that stands still until a test moves it.
package final class FrozenClock: @unchecked Sendable {
    private let lock = NSLock()
    private var moment: Timestamp

    /// - Parameter start: 20 November 2026, 09:00 in Switzerland.
    package init(_ start: Int64 = 1_795_161_600_000) { moment = Timestamp(rawValue: start) }

    package var now: Timestamp {
        lock.lock()
        defer { lock.unlock() }
        return moment
    }
    package func advance(minutes: Int = 0, seconds: Int = 0, days: Int = 0) {
        lock.lock()
        defer { lock.unlock() }
        moment = moment.adding(days: days).adding(minutes: minutes).adding(seconds: seconds)
    }
    package var clock: Clock { Clock { self.now } }
}

/// The whole portal in this process: a real database in memory, a real vault in a folder of its own, a clock
/// that stands still, and mail and SMS that are kept for the test to read.
package final class TestPortal: Sendable {
    package let time = FrozenClock()
    package let folder: String
    package let database: any Database
    package let keyring: Keyring
    package let access: AccessActions
    package let directory: DirectoryActions
    package let documents: DocumentActions
    package let dispatches: DispatchActions
    package let enrolment: EnrolmentActions
    package let messages: CapturedMessages
    package let site: PortalSite
    package let codes: OutboxWorker
    package let notices: OutboxWorker
    package let accountNotices: OutboxWorker
    package let passwordLinks: OutboxWorker
    package let previews: OutboxWorker
    package let enrolmentMails: OutboxWorker
    package let controlCodes: OutboxWorker
    package let securedMails: OutboxWorker
    package let record: OutboxWorker
    /// What the hospital's record system was told, once the feed is switched on.
    package let told = ToldNews()
    package let subscriptions: OutboxWorker
    /// The programs of practices that were called.
    package let called = CalledPrograms()
    package let checkpoints: ExportedCheckpoints

    package init(
        policy: DesignationPolicy = .require, identities: [any IdentityProvider] = [],
        rules change: (inout AccessRules) -> Void = { _ in },
        enrolment changeEnrolment: (inout EnrolmentRules) -> Void = { _ in },
        waysOut changeWaysOut: (inout WaysOutRules) -> Void = { _ in }
    ) async throws {
        var waysOut = WaysOutRules()
        waysOut.hospitalName = DemoHospital.brand.hospitalName
        waysOut.hospitalAddress = ["Rue du Lac 1", "1200 Ville du Lac"]
        changeWaysOut(&waysOut)
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("passerelle-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        database = try await TestDatabase.migrated(at: time.now.rawValue)
        keyring = try Keyring(root: (0..<32).map { UInt8($0) })
        var rules = AccessRules()
        rules.passwordCost = Argon2.Cost(memoryKiB: 64, passes: 1)  // the real cost has tests of its own
        rules.origin = "https://portail.hul.example"
        change(&rules)
        access = AccessActions(
            database: database, keyring: keyring, clock: time.clock, rules: rules, node: "test")
        directory = DirectoryActions(database: database, keyring: keyring, clock: time.clock, node: "test")
        documents = DocumentActions(
            database: database, store: try SealedStore(folder: folder + "/contents"), keyring: keyring,
            clock: time.clock, node: "test")
        dispatches = DispatchActions(
            database: database, keyring: keyring, clock: time.clock, documents: documents, access: access,
            inspection: PDFInspection(), policy: policy, digestHour: 17,
            manual: ManualRules(
                patientSystem: DemoHospital.patients, staySystem: DemoHospital.stays, maximumBytes: 2 << 20),
            waysOut: waysOut)
        var enrolmentRules = EnrolmentRules()
        changeEnrolment(&enrolmentRules)
        enrolment = EnrolmentActions(
            database: database, keyring: keyring, store: try SealedStore(folder: folder + "/contents"),
            access: access, rules: enrolmentRules, inspection: PDFInspection())
        checkpoints = ExportedCheckpoints(path: folder + "/checkpoints.txt")
        messages = CapturedMessages(clock: time.clock)
        let texts = MessageTexts(productName: "Mon Espace Pro", baseURL: "https://portail.hul.example")
        let lanes = OutboxLanes(
            database: database, keyring: keyring, clock: time.clock,
            channels: messages.channels(texts: texts, productName: "Mon Espace Pro"))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        codes = OutboxWorker(lanes.codes(access), database: database, clock: time.clock, logger: logger)
        accountNotices = OutboxWorker(
            lanes.accountNotices, database: database, clock: time.clock, logger: logger)
        passwordLinks = OutboxWorker(
            lanes.passwordLinks(access), database: database, clock: time.clock, logger: logger)
        notices = OutboxWorker(
            lanes.notices(dispatches), database: database, clock: time.clock, logger: logger)
        previews = OutboxWorker(
            lanes.previews(documents, PDFRendering()), database: database, clock: time.clock, logger: logger)
        enrolmentMails = OutboxWorker(
            lanes.enrolmentMails, database: database, clock: time.clock, logger: logger)
        controlCodes = OutboxWorker(lanes.controlCodes, database: database, clock: time.clock, logger: logger)
        securedMails = OutboxWorker(
            lanes.securedMails(dispatches), database: database, clock: time.clock, logger: logger)
        record = OutboxWorker(
            lanes.recordFeed(dispatches, access, told.sink), database: database, clock: time.clock,
            logger: logger)
        subscriptions = OutboxWorker(
            lanes.subscriptions(access, called.webhooks), database: database, clock: time.clock,
            logger: logger)
        var live = LiveRules()
        (live.pause, live.longest) = (.milliseconds(1), .milliseconds(200))
        site = try PortalSite(
            access: access, directory: directory, documents: documents, dispatches: dispatches,
            enrolment: enrolment,
            brand: DemoHospital.brand, publicHost: nil,
            trustedProxy: nil,
            isSecure: true,
            identities: identities,
            trailForms: TrailForms(
                balp: { AccessLogForms.balp($0, site: "2.16.756.5.30.1.999", observer: "test") },
                atc: {
                    AccessLogForms.atc(
                        $0, system: $1, number: $2, site: "2.16.756.5.30.1.999", observer: "test")
                }), live: live)
    }

    /// The portal as a server: `application.test(.router) { … }` calls it in this process.
    package var application: some ApplicationProtocol {
        let router = Router(context: PortalContext.self)
        site.addMiddleware(to: router)
        site.addRoutes(to: router)
        var settings = FHIRSettings(
            baseURL: "https://portail.hul.example", hospitalName: DemoHospital.brand.hospitalName,
            softwareVersion: "test")
        settings.maximumDocumentBytes = 2 << 20
        settings.mayCall = { WebhookAddress($0)?.text.contains(".example") == true }
        FHIRInterface(access: access, dispatches: dispatches, directory: directory, settings: settings)
            .addRoutes(to: router)
        let logger = Logger(label: "test") { _ in QuietLog() }
        return Application(router: router, logger: logger)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Does all jobs that are due.
    package func deliver() async throws {
        while try await codes.workOnce() {}
        while try await accountNotices.workOnce() {}
        while try await passwordLinks.workOnce() {}
        while try await notices.workOnce() {}
        while try await previews.workOnce() {}
        while try await enrolmentMails.workOnce() {}
        while try await controlCodes.workOnce() {}
        while try await securedMails.workOnce() {}
        while try await record.workOnce() {}
        while try await subscriptions.workOnce() {}
    }
}
