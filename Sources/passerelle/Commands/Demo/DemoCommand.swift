import Access
import ArgumentParser
import Delivery
import Demo
import Foundation
import Hummingbird
import Logging
import Portal
import ServiceLifecycle
import Storage
import UnixSignals

/// `passerelle demo`: a fictional hospital on this machine, with mail and SMS on a page.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Serves a fictional hospital on this machine, to try Passerelle.")

    @Option(help: "The port on 127.0.0.1.") var port = 8080
    @Option(help: "The data folder.") var data = "demo-data"
    @Option(help: "postgres://… ; without it a file in the data folder.") var database: String?
    @OptionGroup(title: "For several nodes of one demo") var node: DemoNode
    @Flag(help: "Forgets the data first.") var reset = false

    func run() async throws {
        let settings = try Settings(
            arguments: ["--data", data] + (database.map { ["--database", $0] } ?? []) + node.settings,
            environment: [:])
        try PDFReadiness.checkIsInstalled()
        async let readiness: Void = PDFReadiness.check(Logger(label: "passerelle"))
        if reset { try await forget(settings) }
        let baseURL = "http://127.0.0.1:\(port)"
        var rules = try Core.rules(
            settings, host: "127.0.0.1",
            // browsers make no passkeys for bare addresses
            origin: "http://localhost:\(port)")
        // one signs in more often in a demo than in a practice; the limits themselves have their tests
        (rules.smsPerNumberPer15Minutes, rules.smsPerNumberPerDay) = (60, 500)
        (rules.codesPerHour, rules.codesPerDay, rules.failuresPerAddress) = (60, 500, 1000)
        // the demo's team has telephones only
        rules.staffNeedsStrongFactors = false
        let core = try await prepared(settings, rules)

        // shared by the nodes of one demo
        let messages = CapturedMessages(clock: core.clock, file: "\(data)/messages.jsonl")
        let site = try PortalSite(
            access: core.access, directory: core.directory, documents: core.documents,
            dispatches: core.dispatches,
            enrolment: core.enrolment,
            brand: DemoHospital.brand, publicHost: nil,
            trustedProxy: nil, isSecure: false, personas: DemoPeople.all.map(\.shortcut),
            identities: [try IdentityProviders.demo(baseURL: baseURL)],
            trailForms: .interface(settings, core))
        var server = ServerSettings()
        server.port = port
        let product = DemoHospital.brand.productName
        let channels = messages.channels(
            texts: MessageTexts(productName: product, baseURL: baseURL), productName: product)
        let edges = Compose.Edges(
            baseURL: baseURL, server: server, site: site, channels: channels,
            demo: DemoEdge(messages: messages, site: site, baseURL: baseURL),
            mllp: try MLLPIntake.listener(
                core, settings, fallback: DemoHospital.mapping, logger: Logger(label: "passerelle")),
            record: try ServingRules.record(settings))
        try await readiness
        welcome(baseURL, mllp: settings["mllp-port"])
        try await Compose.run(core, settings, edges, logger: Logger(label: "passerelle"))
    }

    /// In a folder that the demo made. `serve` refuses such a folder, and only such a folder is ever removed.
    private var marker: String { "\(data)/demo.json" }

    private static let begun = "begun"
    private static let ready = "ready"

    /// The core, with the fictional hospital in it. Stopped in the middle of its making, it is made again; a
    /// second node waits for the first.
    private func prepared(_ settings: Settings, _ rules: AccessRules) async throws -> Core {
        let core = try await Core(settings, rules: rules, clock: DemoTime.clock)
        if try await core.database.claimInstallation(.demo, Self.begun) {
            try await seed(core)
            return core
        }
        guard var state = try await core.database.installation(.demo) else {
            if database == nil, FileManager.default.fileExists(atPath: marker) {
                return try await made(anew: core, settings, rules)  // by an older version
            }
            throw SettingsFailure("These data were not made by the demo: give another --data.")
        }
        // nobody else works on a file: what is half made there stays so
        for _ in 0..<600 where state != Self.ready && database != nil {
            try await Task.sleep(for: .milliseconds(200))
            state = try await core.database.installation(.demo) ?? Self.begun
        }
        if state == Self.ready { return core }
        guard database == nil else {
            throw SettingsFailure("The demo's data are half made: start once with --reset.")
        }
        return try await made(anew: core, settings, rules)
    }

    private func made(anew core: Core, _ settings: Settings, _ rules: AccessRules) async throws -> Core {
        await core.database.close()
        try await forget(settings)
        return try await prepared(settings, rules)
    }

    private func forget(_ settings: Settings) async throws {
        if let address = settings["database"] {
            guard let location = DatabaseLocation(address: address, orFile: "") else { return }
            let server = try await location.open()
            if try await Migrations.haveBegun(on: server) {
                guard try await server.installation(.demo) != nil else {
                    throw SettingsFailure("This database was not made by the demo: it is not emptied.")
                }
                try await server.forgetEverything()
            }
            await server.close()
        }
        guard let files = try? FileManager.default.contentsOfDirectory(atPath: data), !files.isEmpty else {
            return
        }
        guard FileManager.default.fileExists(atPath: marker) else {
            throw SettingsFailure("\(data) was not made by the demo: it is not removed.")
        }
        try FileManager.default.removeItem(atPath: data)
        try? FileManager.default.removeItem(atPath: Core.keyFile(besides: data))
    }

    private func seed(_ core: Core) async throws {
        try "{}\n".write(toFile: marker, atomically: true, encoding: .utf8)
        say("Creating \(DemoHospital.brand.hospitalName) …")
        let key = try await SeedHospital.everything(core.demo)
        try key.write(toFile: "\(data)/demo-client-key.pem", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: "\(data)/demo-client-key.pem")
        try await core.database.setInstallation(.demo, Self.ready)
    }

    private func welcome(_ baseURL: String, mllp: String?) {
        let program = CommandLine.arguments[0]
        let place = database.map { " --database '\($0)'" } ?? ""
        let people = DemoPeople.all.map {
            "  \($0.displayName) (\($0.role)): \($0.account.email)  \($0.password)"
        }
        say(
            """

              \(DemoHospital.brand.productName)      \(baseURL)
              Personas            \(baseURL)/demo/personas
              Mails and SMS       \(baseURL)/demo/messages
              With passkeys       http://localhost:\(port)
              HIN, simulated      \(baseURL)/connexion/hin
              HL7 v2, MLLP        \(mllp.map { "127.0.0.1:\($0), from DPI of HUL" } ?? "with --mllp-port")

            \(people.joined(separator: "\n"))

              Publish a PDF of your own for Dre Claire Favre:
              \(program) compose FILE.pdf | curl -sS -X POST \(baseURL)/fhir/DocumentReference \
            -H 'Content-Type: application/fhir+json' \
            -H "Authorization: Bearer $(\(program) token --client demo --data \(data)\(place))" --data-binary @-

            """)
    }

    /// Unbuffered: the address is of use while the program runs.
    private func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}

extension Core {
    /// The actions that the demo's seed works with.
    var demo: DemoCore {
        DemoCore(
            access: access, directory: directory, dispatches: dispatches, documents: documents,
            enrolment: enrolment,
            sendCodes: { channels in
                let lanes = OutboxLanes(
                    database: database, keyring: keyring, clock: clock, channels: channels)
                let worker = OutboxWorker(
                    lanes.codes(access), database: database, clock: clock, logger: Logger(label: "demo"))
                while try await worker.workOnce() {}
            })
    }
}
