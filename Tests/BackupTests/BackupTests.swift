import Access
import Backup
import Demo
import Dispatches
import Documents
import Foundation
import Storage
import TestSupport
import Testing
import Vault

/// What was backed up while the portal ran comes back whole, and what was cut, changed or another's does not.
@Suite(.timeLimit(.minutes(2))) struct BackupTests {
    /// A portal with a letter in it, and an empty folder for its backups.
    private func portal() async throws -> (TestPortal, folder: String) {
        let portal = try await TestPortal.inhabited()
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3"), try await portal.recordSystem())
        return (portal, portal.folder + "/backup")
    }

    private func backUp(_ portal: TestPortal, to folder: String) async throws -> BackupReport {
        try await Backup.write(
            portal.database, contents: try FolderStore(folder: portal.folder + "/contents"),
            keyring: portal.keyring, to: folder, keysTo: portal.folder + "/keys",
            at: portal.time.now.rawValue)
    }

    private func restore(
        _ portal: TestPortal, from folder: String, keyring: Keyring? = nil
    ) async throws -> (any Database, BackupReport) {
        let database = try await TestDatabase.migrated()
        let report = try await Backup.restore(
            from: folder, keysFrom: portal.folder + "/keys", to: database,
            contents: try FolderStore(folder: portal.folder + "/restored"),
            keyring: keyring ?? portal.keyring, at: portal.time.now.rawValue)
        return (database, report)
    }

    @Test func `A drill: backed up while it runs, restored, equal, and nobody is signed in`() async throws {
        let (portal, folder) = try await portal()
        _ = try await portal.signIn(DemoPeople.favre)
        let backup = try await backUp(portal, to: folder)
        #expect(backup.copied == 1 && backup.missing.isEmpty && backup.rows > 20)
        let (database, report) = try await restore(portal, from: folder)
        #expect(report.rows == backup.rows && report.copied == 1)
        for table in CopiedTable.all where !["session", "one_time_code", "access_token"].contains(table.name)
        {
            let restored = try await DatabaseCopy.digest(of: table, in: database)
            #expect(
                try await DatabaseCopy.digest(of: table, in: portal.database) == restored, "\(table.name)")
        }
        let alive = try await database.read {
            try $0.query("SELECT id FROM session WHERE ended_at IS NULL").count
                + $0.query("SELECT session_id FROM one_time_code").count
                + $0.query("SELECT client_id FROM access_token").count
        }
        #expect(alive == 0)
    }

    @Test func `The next backup copies only what is new`() async throws {
        let (portal, folder) = try await portal()
        _ = try await backUp(portal, to: folder)
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3.4"), try await portal.recordSystem())
        let second = try await backUp(portal, to: folder)
        #expect(second.copied == 1 && second.present == 1)
        #expect(try await restore(portal, from: folder).1.copied == 2)
    }

    @Test func `What expired after the backup stays destroyed when the backup is restored`() async throws {
        let (portal, folder) = try await portal()
        let staying = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.4"), try await portal.recordSystem())
        _ = try await backUp(portal, to: folder)
        // an old backup is what somebody may have kept: rows, contents, the root key; and the key store as it is now
        try FileManager.default.copyItem(atPath: folder, toPath: folder + "-old")
        try await portal.tamper(
            "UPDATE document_reader SET expires_at = 0 WHERE document_id <> \(staying.document.id.rawValue)")
        #expect(try await portal.documents.endLives().documents == 1)
        let newer = try await backUp(portal, to: folder)
        #expect(newer.missing.isEmpty, "destroyed contents are not looked for")

        let (database, report) = try await restore(portal, from: folder + "-old")
        #expect(report.destroyed == 1 && report.copied == 1)
        let restored = DocumentActions(
            database: database, store: try SealedStore(folder: portal.folder + "/restored"),
            keyring: portal.keyring, clock: portal.time.clock, node: "test")
        let keys = try await database.read {
            try $0.query("SELECT document_id FROM content WHERE wrapped_key IS NOT NULL").count
        }
        #expect(keys == 1)
        #expect(
            try await restored.endLives().documents == 0, "its readers' time, in the old rows, is not over")

        // whoever goes round the restore, with the rows of the old backup as they are, has wrapped keys and no secret
        let stolen = try await portal.database.read {
            try $0.query("SELECT document_id FROM document_secret").count
        }
        #expect(stolen == 1)
        #expect(FileManager.default.contents(atPath: folder + "-old/document-keys.sealed") == nil)
    }

    @Test func `Without the copy of the key store nothing is restored`() async throws {
        let (portal, folder) = try await portal()
        _ = try await backUp(portal, to: folder)
        try FileManager.default.removeItem(atPath: portal.folder + "/keys/document-keys.sealed")
        await #expect(throws: RestoreFailure.self) { try await restore(portal, from: folder) }
    }

    @Test func `Names and addresses are not to be read in it`() async throws {
        let (portal, folder) = try await portal()
        _ = try await backUp(portal, to: folder)
        let bytes = try #require(FileManager.default.contents(atPath: folder + "/database.sealed"))
        for name in ["Jaquet", "Favre", "account", DemoPeople.favre.account.email] {
            #expect(bytes.range(of: Data(name.utf8)) == nil, "\(name)")
        }
    }

    @Test func `Changed, cut short, under another key, or into a database that is in use: refused`()
        async throws
    {
        let (portal, folder) = try await portal()
        _ = try await backUp(portal, to: folder)
        let path = folder + "/database.sealed"
        let whole = try #require(FileManager.default.contents(atPath: path))

        await #expect(throws: (any Error).self) {
            try await restore(portal, from: folder, keyring: Keyring(root: .init(repeating: 7, count: 32)))
        }
        var changed = whole
        changed[whole.count / 2] ^= 1
        for bytes in [changed, whole.dropLast(), whole.prefix(40), Data()] {
            try bytes.write(to: URL(filePath: path))
            await #expect(throws: (any Error).self) { try await restore(portal, from: folder) }
        }
        try whole.write(to: URL(filePath: path))
        await #expect(throws: RestoreFailure.self) {
            try await Backup.restore(
                from: folder, keysFrom: portal.folder + "/keys", to: portal.database, contents: nil,
                keyring: portal.keyring, at: 0)
        }
    }
}
