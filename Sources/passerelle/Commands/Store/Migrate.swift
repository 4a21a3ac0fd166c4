import Access
import ArgumentParser
import Foundation
import Storage

/// `passerelle migrate --from … --to …`: moves everything into another database, of whatever engine.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies the whole database into another one, and proves that both are equal.",
        discussion: """
            Stop the portal first. An interrupted copy goes on where it stopped. The audit trail is copied as it \
            is: `passerelle audit verify` on the new database proves it against the same checkpoints.
            """)

    @Option(help: "sqlite:FILE or postgres://…") var from: String
    @Option(help: "sqlite:FILE or postgres://…; empty, or a part of the same copy.") var to: String

    func run() async throws {
        let source = try await open(from, mustExist: true)
        let target = try await open(to, mustExist: false)
        let bar = ProgressBar()
        do {
            let tables = try await DatabaseCopy.copy(from: source, to: target) { step in
                bar.show("\(step.table)", step.rows, of: step.total)
            }
            bar.end()
            let rows = tables.reduce(0) { $0 + $1.digest.rows }
            print("copied and compared: \(tables.count) tables, \(rows) rows")
        } catch let failure as CopyFailure {
            bar.end()
            throw SettingsFailure(failure.description)
        }
        await source.close()
        await target.close()
    }

    private func open(_ place: String, mustExist: Bool) async throws -> any Database {
        let isFile = place.hasPrefix("sqlite:")
        let file = String(place.dropFirst("sqlite:".count))
        if isFile, mustExist, !FileManager.default.fileExists(atPath: file) {
            throw SettingsFailure("There is no \(file).")
        }
        return try await OpenDatabase.open(
            isFile ? nil : place, option: "--from and --to", file: file, mustExist: mustExist, clock: .system)
    }
}
