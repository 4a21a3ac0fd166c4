import Access
import ArgumentParser
import Directory
import Foundation

/// `passerelle register import FILE`: what a register of health professions says, from an extract.
struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Registers of health professions.", subcommands: [Import.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Replaces what is known of a register by an extract (CSV; columns in docs/operations.md).")

        @Argument(help: "The extract, UTF-8.") var file: String
        @Option(help: "medreg, psyreg, nareg or gesreg.") var register: String = "medreg"
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            guard let kind = ProfessionalRegister(rawValue: register) else {
                throw SettingsFailure("--register must be medreg, psyreg, nareg or gesreg.")
            }
            guard let data = FileManager.default.contents(atPath: file) else {
                throw SettingsFailure("\(file) cannot be read.")
            }
            let settings = try Settings(arguments: settings)
            let professions = try Core.registerProfessions(settings)
            let core = try await Core(settings, rules: AccessRules(), mustExist: true)
            do {
                let report = try await core.directory.importRegister(kind, [UInt8](data))
                print(
                    "\(kind.name): \(report.entries) entries, \(report.removed) removed, "
                        + "\(report.changes) changes to look at on /admin/registre")
                let unknown = try professions.unknownWords(in: [UInt8](data), of: kind)
                if !unknown.isEmpty {
                    print("Words for professions that --register-professions does not know:")
                    for word in unknown.prefix(50) { print("  \(word)") }
                }
            } catch let mistake as RegisterFileMistake { throw SettingsFailure("\(file): \(mistake)") }
        }
    }
}
