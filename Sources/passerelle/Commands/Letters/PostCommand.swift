import Access
import ArgumentParser
import Dispatches
import Foundation
import Storage

/// `passerelle post --to FILE`: the letters that wait, for the printers.
struct PostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post",
        abstract: "Exports the letters that wait as a ZIP archive: documents, address sheets, a table.",
        discussion: """
            FILE must not exist; it gets mode 0600 and medical contents: keep it only until it is printed. Run it \
            until nothing waits any more. --again makes an earlier export once more.
            """)

    @Option(help: "The archive to write.") var to: String
    @Option(help: "The identifier of an earlier export.") var again: String?
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
        guard !FileManager.default.fileExists(atPath: to) else {
            throw SettingsFailure("\(to) exists: name another file.")
        }
        let export: PostExport?
        do {
            export =
                if let again { try await core.dispatches.exportPostAgain(again, by: .operator) } else {
                    try await core.dispatches.exportPost(by: .operator)
                }
        } catch is DispatchRefusal {
            throw SettingsFailure(
                "There is no export \(again ?? ""), or its documents are not kept any more.")
        }
        guard let export else { return print("nothing waits") }
        // the umask makes it 0600
        guard FileManager.default.createFile(atPath: to, contents: Data(export.archive)) else {
            throw SettingsFailure("\(to) cannot be written; make the archive with --again \(export.id).")
        }
        print(
            "exported: \(export.letters) letters, export \(export.id)"
                + (export.hasMore ? "; others wait: run it again" : ""))
        await core.database.close()
    }
}
