/// The program: `serve` for real, `demo` to try it, and the operator's commands. It reads the settings once,
/// builds everything in `Compose`, and runs until it is asked to stop.
import ArgumentParser
import CLinux
import Foundation
import Logging
import NIOCore
import Storage
import Vault

@main struct Passerelle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passerelle",
        abstract: "A portal between a hospital and the health professionals of its region.",
        version: Version.text,
        subcommands: [
            Serve.self, DemoCommand.self, PractitionerCommand.self, ClientCommand.self,
            CommunicantCommand.self,
            DomainCommand.self, IdentityCommand.self, Token.self, ComposeDocument.self, Audit.self,
            StoreCommand.self,
            Migrate.self, BackupCommand.self, RestoreCommand.self, AdministratorCommand.self,
            RegisterCommand.self, ServiceCommand.self, AccessesCommand.self, BounceCommand.self,
            PostCommand.self, RescanCommand.self,
        ],
        defaultSubcommand: nil)

    static func main() async {
        umask(0o077)  // what we write is ours alone, the database included
        returnMemory()
        // as many event loops as cores that this process may use; NIO knows of containers, and not of `CPUAffinity=`
        let cores = Int(usable_cores())
        if cores > 0 { NIOSingletons.groupLoopCountSuggestion = min(System.coreCount, cores) }
        LoggingSystem.bootstrap { JSONLog(label: $0) }
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as SettingsFailure {
            refuse(failure.description)
        } catch let failure as TemporaryFailure {
            refuse(failure.description, status: 75)
        } catch let failure as KeyringFailure {
            refuse(failure.description)
        } catch let failure as MigrationFailure {
            refuse(failure.description)
        } catch { exit(withError: error) }
    }

    /// Has the C library give memory back to the system (ADR 0033).
    private static func returnMemory() {
        // so many heaps as can be used at once: its eight for each core keep a third of the memory to themselves
        mallopt(M_ARENA_MAX, Int32(max(2, ProcessInfo.processInfo.activeProcessorCount)))
        // It learns from the largest piece that was ever freed, a page image of 7 MB, to keep pieces of that size, and twice
        // as much at the end of each heap. What is said here is not changed by it.
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        mallopt(M_TRIM_THRESHOLD, 32 << 20)
    }

    /// Says what to do, and ends as a mistake in the configuration does (`EX_CONFIG`), or, where another try may
    /// succeed, with 75 (`EX_TEMPFAIL`): systemd starts again after the one and not after the other.
    private static func refuse(_ sentence: String, status: Int32 = 78) -> Never {
        FileHandle.standardError.write(Data("passerelle: \(sentence)\n".utf8))
        Foundation.exit(status)
    }
}
