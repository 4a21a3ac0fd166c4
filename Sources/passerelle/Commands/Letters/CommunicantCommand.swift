import Access
import ArgumentParser
import Dispatches

/// `passerelle communicant CODE …`: document types that may leave the hospital.
struct CommunicantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "communicant",
        abstract:
            "Flags document types (SNOMED CT codes of the Swiss value set) as «communicant»; no other leaves."
    )

    @Option(name: .customLong("type"), help: "A code; may be repeated.") var types: [String]
    @Flag(inversion: .prefixedNo, help: "Whether they may leave.") var allowed = true
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules())
        try await core.dispatches.setCommunicant(types, allowed)
    }
}
