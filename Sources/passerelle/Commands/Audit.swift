import Access
import ArgumentParser
import Crypto
import FHIR
import FHIRInterface
import Foundation

/// `passerelle audit verify|export`.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Proves or exports the audit trail.", subcommands: [Verify.self, Export.self, Key.self])

    /// Proves the whole trail from the database and the exported checkpoints.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Proves the whole trail; names the first bad event. Exit 0 when sound, else 1.")
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
            let verdict = try await core.access.verifyAudit(against: core.checkpoints)
            try await core.access.recordVerification(verdict)
            switch verdict {
            case .sound(let events, let checkpoints, let unsealed):
                print(
                    "sound: \(events) events, \(checkpoints) checkpoints, "
                        + "\(unsealed) events after the last one"
                )
            case .notProved(let events):
                print(
                    "not proved: \(events) events, and no checkpoint in \(core.checkpoints.path): "
                        + "give the file as --checkpoint-file, or let the portal run for ten seconds"
                )
                throw ExitCode(1)
            case .bad(let sequence, let reason):
                print("bad: event \(sequence): \(reason)")
                throw ExitCode(1)
            case .badCheckpoint(let number, let reason):
                print("bad: checkpoint \(number): \(reason)")
                throw ExitCode(1)
            }
        }
    }

    /// Prints the public key with which an outsider checks the checkpoints.
    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the Ed25519 public key of the checkpoints, in base64.")
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
            print(try core.access.auditPublicKey.rawRepresentation.base64EncodedString())
        }
    }

    /// Writes all events as FHIR AuditEvents, one JSON a line.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the trail as FHIR AuditEvents, one a line (NDJSON).")
        @Option(help: "First event.") var from: Int64 = 0
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let settings = try Settings(arguments: settings)
            let core = try await Core(settings, rules: AccessRules(), mustExist: true)
            let site = settings["fhir-oid-root"] ?? ""
            try await core.access.exportAudit(from: from) { event, name in
                let json = AuditExport.json(
                    event, actorName: name, site: site, observer: core.access.nodeName)
                FileHandle.standardOutput.write(Data(json.bytes + [0x0A]))
            }
        }
    }
}
