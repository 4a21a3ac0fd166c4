import Access
import ArgumentParser
import Dispatches
import FHIRInterface
import Foundation
import Portal

/// `passerelle accesses --patient SYSTEM|NUMBER`: who had access to one patient's documents.
struct AccessesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accesses", abstract: "Writes who had access to one patient's documents.")

    @Option(help: "The patient: SYSTEM|NUMBER, or the number alone.") var patient: String
    @Option(help: "atc: FHIR in the shape of CH:ATC; csv: a table.") var format = "atc"
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        guard ["atc", "csv"].contains(format) else { throw SettingsFailure("--format must be atc or csv.") }
        let settings = try Settings(arguments: settings)
        let core = try await Core(settings, rules: AccessRules(), mustExist: true)
        let parts = patient.split(separator: "|", maxSplits: 1).map(String.init)
        let number = parts.last ?? ""
        let system = parts.count == 2 ? parts[0] : core.dispatches.patientSystem
        let accesses = try await core.dispatches.exportPatientAccesses(
            system: system, number: number, format: format)
        let forms = TrailForms.interface(settings, core)
        let file = format == "csv" ? forms.csv(accesses) : forms.atc(accesses, system, number)
        FileHandle.standardOutput.write(Data(file))
        if accesses.next != nil {
            let note =
                "Only the newest \(accesses.lines.count) events were written: /dpo/patients has the others, by period.\n"
            FileHandle.standardError.write(Data(note.utf8))
        }
    }
}

extension TrailForms {
    /// As the FHIR interface of this installation writes them.
    static func interface(_ settings: Settings, _ core: Core) -> TrailForms {
        let site = settings["fhir-oid-root"] ?? ""
        let observer = core.access.nodeName
        return TrailForms(
            balp: { AccessLogForms.balp($0, site: site, observer: observer) },
            atc: {
                AccessLogForms.atc($0, system: $1, number: $2, site: site, observer: observer)
            })
    }
}
