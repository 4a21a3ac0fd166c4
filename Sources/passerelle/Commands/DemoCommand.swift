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
    @Flag(help: "Forgets the data folder first.") var reset = false

    func run() async throws {
        let marker = "\(data)/demo.json"
        if try reset || isHalfMade(marker) { try forget(marker) }
        let baseURL = "http://127.0.0.1:\(port)"
        let settings = try Settings(arguments: ["--data", data], environment: [:])
        if !FileManager.default.fileExists(atPath: marker) {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            try Self.begun.write(toFile: marker, atomically: true, encoding: .utf8)
        }
        var rules = try Core.rules(settings, host: "127.0.0.1")
        // one signs in more often in a demo than in a practice; the limits themselves have their tests
        (rules.smsPerNumberPer15Minutes, rules.smsPerNumberPerDay) = (60, 500)
        (rules.codesPerHour, rules.codesPerDay, rules.failuresPerAddress) = (60, 500, 1000)
        let core = try await Core(settings, rules: rules, clock: DemoTime.clock)
        if try String(contentsOfFile: marker, encoding: .utf8) != Self.ready { try await seed(core, marker) }

        let messages = CapturedMessages(clock: core.clock)
        let site = try PortalSite(
            access: core.access, documents: core.documents, brand: DemoHospital.brand, publicHost: nil,
            trustedProxy: nil, isSecure: false, personas: DemoPeople.all.map(\.shortcut))
        var server = ServerSettings()
        server.port = port
        let product = DemoHospital.brand.productName
        let channels = messages.channels(
            texts: MessageTexts(productName: product, baseURL: baseURL), productName: product)
        let edges = Compose.Edges(
            baseURL: baseURL, server: server, site: site, channels: channels,
            demo: DemoEdge(messages: messages, site: site))
        let application = try Compose.application(core, settings, edges, logger: Logger(label: "passerelle"))
        welcome(baseURL)
        try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        await core.database.close()
    }

    /// What the marker says while the demo is being made, and when it is done. `serve` refuses a folder with
    /// either.
    private static let begun = "{\"demo\": \"begun\"}\n"
    private static let ready = "{\"demo\": \"ready\"}\n"

    /// Stopped in the middle of its making: it is made again from the start.
    private func isHalfMade(_ marker: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: marker) else { return false }
        return try String(contentsOfFile: marker, encoding: .utf8) == Self.begun
    }

    /// Only a folder that the demo made is ever removed.
    private func forget(_ marker: String) throws {
        guard FileManager.default.fileExists(atPath: data) else { return }
        guard FileManager.default.fileExists(atPath: marker) else {
            throw SettingsFailure("\(data) was not made by the demo: it is not removed.")
        }
        try FileManager.default.removeItem(atPath: data)
        try? FileManager.default.removeItem(atPath: Core.keyFile(besides: data))
    }

    private func seed(_ core: Core, _ marker: String) async throws {
        say("Creating \(DemoHospital.brand.hospitalName) …")
        let key = try await SeedHospital.everything(core.demo)
        try key.write(toFile: "\(data)/demo-client-key.pem", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: "\(data)/demo-client-key.pem")
        try Self.ready.write(toFile: marker, atomically: true, encoding: .utf8)
    }

    private func welcome(_ baseURL: String) {
        let program = CommandLine.arguments[0]
        let people = DemoPeople.all.map {
            "  \($0.displayName) (\($0.role)): \($0.account.email)  \($0.password)"
        }
        say(
            """

              \(DemoHospital.brand.productName)      \(baseURL)
              Personas            \(baseURL)/demo/personas
              Mails and SMS       \(baseURL)/demo/messages

            \(people.joined(separator: "\n"))

              Publish a PDF of your own for Dre Claire Favre:
              \(program) compose FILE.pdf | curl -sS -X POST \(baseURL)/fhir/DocumentReference \
            -H 'Content-Type: application/fhir+json' \
            -H "Authorization: Bearer $(\(program) token --client demo --data \(data))" --data-binary @-

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
            sendCodes: { channels in
                let lanes = OutboxLanes(
                    database: database, keyring: keyring, clock: clock, channels: channels)
                let worker = OutboxWorker(
                    lanes.codes, database: database, clock: clock, logger: Logger(label: "demo"))
                while try await worker.workOnce() {}
            })
    }
}
