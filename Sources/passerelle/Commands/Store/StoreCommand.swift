import Access
import ArgumentParser
import Documents
import Foundation
import Vault

/// `passerelle store move`.
struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Where the sealed contents lie.", subcommands: [Move.self])

    /// Copies all contents to another place while the portal runs.
    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copies the sealed contents to another place and verifies each.",
            discussion: """
                Run it while the portal serves with --store NEW --store-fallback OLD. It may be ended and run \
                again. Exit 0 when every content is in the new place.
                """)

        @Option(help: "The old place: a folder, or s3://HOST[:PORT]/BUCKET[/PREFIX].") var from: String
        @Option(help: "The new place, likewise.") var to: String
        @Flag(help: "Remove the contents from the old place once all are verified.") var remove = false
        @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
        var settings: [String] = []

        func run() async throws {
            let settings = try Settings(arguments: settings)
            guard from != to else { throw SettingsFailure("--from and --to are the same place.") }
            // a mistyped folder is not made
            guard from.hasPrefix("s3:") || FileManager.default.fileExists(atPath: from) else {
                throw SettingsFailure("There is no folder \(from) to move from.")
            }
            let source = try OpenStore.place(from, "--from", settings)
            let target = try OpenStore.place(to, "--to", settings)
            let core = try await Core(settings, rules: AccessRules(), mustExist: true)
            do {
                try await source.check()
                try await target.check()
                let moved = try await core.documents.moveContents(
                    from: source, to: target, isRemoving: remove
                ) { print("\($0.done) of \($0.total)") }
                try report(moved)
            } catch let failure as S3Failure {
                print("stopped: \(sentence(failure)) Nothing was removed. Run it again.")
                throw ExitCode(1)
            } catch let failure as BlobCopyError {
                print("stopped: the copy of \(failure.name) differs. Nothing was removed. Run it again.")
                throw ExitCode(1)
            }
        }

        private func report(_ moved: MovedContents) throws {
            print(
                "\(moved.copied) copied (\(moved.copiedBytes) bytes) and \(moved.present) already there, "
                    + "all verified; \(moved.alone) only in the new place; \(moved.missing.count) missing; "
                    + "\(moved.removed) removed")
            guard !moved.missing.isEmpty else { return }
            for name in moved.missing.prefix(20) { print("missing: \(name)") }
            throw ExitCode(1)
        }

        private func sentence(_ failure: S3Failure) -> String {
            switch failure {
            case .refused(let code): "the store refuses us with «\(code)»: \(OpenStore.hint(code))"
            case .unreachable(let reason): "the store cannot be reached (\(reason))."
            case .busy, .checksum, .answer: "\(failure)."
            }
        }
    }
}
