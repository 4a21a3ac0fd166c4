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
}

/// Writes and restores backups.
public enum Backup {
    static let context = "passerelle/backup/1"
    static let databaseFile = "database.sealed"

    /// Backs up a running installation: the rows of one moment, then the contents that they mention. Every
    /// blob is read back and compared. A folder that holds an older backup gets the new rows, and only the
    /// contents that it does not have.
    /// - Parameters:
    ///   - folder: made if it is missing.
    ///   - contents: the store to copy from; nil leaves contents out, for stores that keep their own copies.
    public static func write(
        _ database: any Database, contents: (any BlobStore)?, keyring: Keyring, to folder: String,
        at milliseconds: Int64, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> BackupReport {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let fresh = "\(folder)/\(databaseFile).new"
        try? FileManager.default.removeItem(atPath: fresh)
        let rows = try await database.read { transaction in
            try writeRows(of: transaction, to: fresh, keyring: keyring, at: milliseconds)
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
        // the old rows go only now that everything the new ones mention is there
        guard rename(fresh, "\(folder)/\(databaseFile)") == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        return BackupReport(
            tables: CopiedTable.all.count, rows: rows.count, copied: copied, present: present,
            missing: missing)
    }

    private static func writeRows(
        of transaction: any Transaction, to path: String, keyring: Keyring, at milliseconds: Int64
    ) throws -> (count: Int, blobs: [String]) {
        let file = try SealedFileWriter(path: path, keyring: keyring, context: context)
        let encoder = JSONEncoder()
        func write(_ line: BackupLine) throws { try file.write(line: try encoder.encode(line)) }
        try write(
            .header(
                format: BackupLine.format, schema: try Migrations.number(in: transaction),
                madeAt: milliseconds))
        var (count, blobs) = (0, [String]())
        for table in CopiedTable.all {
            var digest = TableDigest()
            var isBegun = false
            try transaction.eachPage(of: table) { page in
                if !isBegun { try write(.table(name: table.name, columns: page.columns)) }
                isBegun = true
                digest.add(page)
                for row in page.rows { try write(.row(row.map(BackupLine.Value.init))) }
                if table.holdsBlobs, let column = page.columns.firstIndex(of: "blob") {
                    blobs += page.rows.compactMap { String(sql: $0[column]) }
                }
            }
            try write(.digest(table: table.name, rows: digest.rows, sha256: digest.sha256))
            count += digest.rows
        }
        try file.finish()
        return (count, blobs)
    }
}
