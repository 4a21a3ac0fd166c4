import Access
import ArgumentParser
import Backup
import Foundation
import Storage
import Vault

/// `passerelle backup --to DIR`: a backup of the running portal.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes a sealed, verified backup while the portal runs.",
        discussion: """
            DIR gets the rows of one moment, sealed under the installation's key, and the contents that they \
            mention, and a copy of the checkpoint file; what an earlier backup left there is not copied again. \
            The key is not in it. Half of each document's key goes to KEYS, and replaces what was there: keep one \
            copy of it, never old ones, and not beside the backups.
            """)

    @Option(help: "The folder for the backup.") var to: String
    @Option(help: "The folder for the one copy of the key store.") var keysTo: String
    @Flag(help: "Rows only: the contents' store keeps its own copies.") var withoutContents = false
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        guard !FilePlace.isInside(keysTo, folder: to), !FilePlace.isInside(to, folder: keysTo) else {
            throw SettingsFailure(
                "--keys-to \(keysTo) and --to \(to) lie in each other: what expires would stay readable in old "
                    + "backups. Give the copy of the key store a place of its own.")
        }
        let core = try await Core(Settings(arguments: settings), rules: AccessRules(), mustExist: true)
        // before the rows: a file that has seen more than the rows would call them rolled back
        try CheckpointCopy.take(core.checkpoints.path, to: to)
        let bar = ProgressBar()
        let report = try await Backup.write(
            core.database, contents: withoutContents ? nil : core.contents, keyring: core.keyring, to: to,
            keysTo: keysTo, at: core.clock.now().rawValue
        ) { bar.show("contents", $0, of: $1) }
        bar.end()
        print(
            "backed up: \(report.rows) rows of \(report.tables) tables, \(report.copied) contents copied, "
                + "\(report.present) were there")
        for name in report.missing { print("gone since: \(name)") }
        await core.database.close()
    }
}

/// `passerelle restore --from DIR`: into an empty installation.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Restores a backup into an empty installation, and proves that it is the same.",
        discussion: """
            Give --data (and --database, --store) of the new place, and the key of the installation that was \
            backed up. Sessions, codes and tokens are void afterwards. A checkpoint file that is there already is \
            left alone: it may know of events that came after the backup and are lost. Contents that expired after the \
            backup stay destroyed: their keys are not in the newest copy of the key store.
            """)

    @Option(help: "The folder of the backup.") var from: String
    @Option(help: "The folder of the newest copy of the key store.") var keysFrom: String
    @Flag(help: "Rows only: the contents are where they were.") var withoutContents = false
    @Argument(parsing: .allUnrecognized, help: "Settings, --name value; --data is needed.")
    var settings: [String] = []

    func run() async throws {
        let core = try await Core(Settings(arguments: settings), rules: AccessRules())
        let bar = ProgressBar()
        do {
            let report = try await Backup.restore(
                from: from, keysFrom: keysFrom, to: core.database,
                contents: withoutContents ? nil : core.contents,
                keyring: core.keyring, at: core.clock.now().rawValue
            ) { bar.show("contents", $0, of: $1) }
            bar.end()
            try CheckpointCopy.putBack(from, to: core.checkpoints.path)
            print(
                "restored: \(report.rows) rows of \(report.tables) tables, \(report.copied) contents; "
                    + "prove the trail with «passerelle audit verify»")
            if report.destroyed > 0 { print("expired since: \(report.destroyed) contents") }
            for name in report.missing { print("not in the backup: \(name)") }
        } catch let failure as RestoreFailure {
            throw SettingsFailure(failure.description)
        }
        await core.database.close()
    }
}

/// The checkpoint file as it was when the backup was made.
private enum CheckpointCopy {
    static let name = "audit-checkpoints.txt"

    static func take(_ file: String, to folder: String) throws {
        guard let bytes = FileManager.default.contents(atPath: file) else { return }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try bytes.write(to: URL(filePath: folder).appending(path: name), options: .atomic)
    }

    static func putBack(_ folder: String, to file: String) throws {
        let copy = URL(filePath: folder).appending(path: name).path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: copy), !FileManager.default.fileExists(atPath: file)
        else {
            return
        }
        try FileManager.default.copyItem(atPath: copy, toPath: file)
    }
}
