import Foundation
import Glibc
public import Storage
public import Vault

/// What a backup holds.
public struct BackupReport: Sendable {
    public let tables: Int
    public let rows: Int
    /// Blobs that were copied now, were there from an earlier backup in the same folder, or no longer exist.
    public let copied: Int
    public let present: Int
    public let missing: [String]
    /// Contents that were alive when the backup was made and whose keys were destroyed since; of a restore.
    public var destroyed = 0
}

/// Writes and restores backups.
public enum Backup {
    static let context = "passerelle/backup/1"
    static let databaseFile = "database.sealed"
    static let keysContext = "passerelle/backup/keys/1"
    static let keysFile = "document-keys.sealed"

    /// Backs up a running installation: the rows of one moment, then the contents that they mention. Every
    /// blob is read back and compared. A folder that holds an older backup gets the new rows, and only the
    /// contents that it does not have.
    /// - Parameters:
    ///   - folder: made if it is missing.
    ///   - keys: the folder of the key store's one copy, which this run replaces; made if it is missing. It must never
    ///     be kept together with old backups: what expires is destroyed in all of them only if no old copy is left.
    ///   - contents: the store to copy from; nil leaves contents out, for stores that keep their own copies.
    public static func write(
        _ database: any Database, contents: (any BlobStore)?, keyring: Keyring, to folder: String,
        keysTo keys: String, at milliseconds: Int64,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> BackupReport {
        let fresh = try place(for: databaseFile, in: folder)
        let freshKeys = try place(for: keysFile, in: keys)
        let rows = try await database.read { transaction in
            let secrets = try writeRows(
                of: transaction, CopiedTable.all.filter(\.isKeyStore), to: freshKeys, context: keysContext,
                keyring: keyring, at: milliseconds)
            let rows = try writeRows(
                of: transaction, CopiedTable.all.filter { !$0.isKeyStore }, to: fresh, context: context,
                keyring: keyring, at: milliseconds)
            return (count: rows.count + secrets.count, blobs: rows.blobs)
        }
        var (copied, present, missing) = (0, 0, [String]())
        if let contents {
            let target = try FolderStore(folder: "\(folder)/contents")
            let names = rows.blobs
            for (number, name) in names.enumerated() {
                switch try await contents.copy(name, to: target) {
                case .copied: copied += 1
                case .present: present += 1
                case .missing: missing.append(name)  // destroyed since the rows were read
                }
                progress(number + 1, names.count)
            }
        }
        // the old rows go only now that everything the new ones mention is there; rows never without their keys
        for (new, old) in [(freshKeys, "\(keys)/\(keysFile)"), (fresh, "\(folder)/\(databaseFile)")] {
            guard rename(new, old) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        }
        return BackupReport(
            tables: CopiedTable.all.count, rows: rows.count, copied: copied, present: present,
            missing: missing)
    }

    /// Where a new file is written before it takes the place of the old one.
    private static func place(for file: String, in folder: String) throws -> String {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let fresh = "\(folder)/\(file).new"
        try? FileManager.default.removeItem(atPath: fresh)
        return fresh
    }

    private static func writeRows(
        of transaction: any Transaction, _ tables: [CopiedTable], to path: String, context: String,
        keyring: Keyring, at milliseconds: Int64
    ) throws -> (count: Int, blobs: [String]) {
        let file = try SealedFileWriter(path: path, keyring: keyring, context: context)
        let encoder = JSONEncoder()
        func write(_ line: BackupLine) throws { try file.write(line: try encoder.encode(line)) }
        try write(
            .header(
                format: BackupLine.format, schema: try Migrations.number(in: transaction),
                madeAt: milliseconds))
        var (count, blobs) = (0, [String]())
        for table in tables {
            var digest = TableDigest()
            var isBegun = false
            try transaction.eachPage(of: table) { page in
                if !isBegun { try write(.table(name: table.name, columns: page.columns)) }
                isBegun = true
                digest.add(page)
                for row in page.rows { try write(.row(row.map(BackupLine.Value.init))) }
                if table.holdsBlobs { blobs += page.livingBlobs }
            }
            try write(.digest(table: table.name, rows: digest.rows, sha256: digest.sha256))
            count += digest.rows
        }
        try file.finish()
        return (count, blobs)
    }
}

extension TablePage {
    /// The names of the blobs that these rows mention and can still open.
    var livingBlobs: [String] {
        guard let name = columns.firstIndex(of: "blob"), let key = columns.firstIndex(of: "wrapped_key")
        else {
            return []
        }
        return rows.compactMap { row in
            if case .null = row[key] { nil } else { String(sql: row[name]) }
        }
    }
}
