/// The program: `serve` for real, `demo` to try it, and the operator's commands. It reads the settings once,
/// builds everything in `Compose`, and runs until it is asked to stop.
import ArgumentParser
import Foundation
import Logging

@main struct Passerelle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passerelle",
        abstract: "A portal between a hospital and the health professionals of its region.",
        version: Version.text,
        subcommands: [
            Serve.self, DemoCommand.self, PractitionerCommand.self, ClientCommand.self, CommunicantCommand.self,
            DomainCommand.self, Token.self, ComposeDocument.self, Audit.self,
        ],
        defaultSubcommand: nil)

    static func main() async {
        umask(0o077)  // what we write is ours alone, the database included
        LoggingSystem.bootstrap { JSONLog(label: $0) }
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as SettingsFailure {
            FileHandle.standardError.write(Data("passerelle: \(failure.description)\n".utf8))
            Foundation.exit(78)  // EX_CONFIG
        } catch let failure as any Error & CustomStringConvertible where !(failure is CleanExit) {
            exit(withError: failure)
        } catch { exit(withError: error) }
    }
}
