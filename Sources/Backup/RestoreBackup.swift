import Foundation
public import Storage
public import Vault

/// Why a backup is not restored; `description` says what to do.
public enum RestoreFailure: Error, Sendable, CustomStringConvertible {
    case notEmpty
    case unknownFormat
    case schema(backup: Int, program: Int)
    case differs(table: String)
    case incomplete

    public var description: String {
        switch self {
        case .notEmpty: "The target is not empty: restore into a fresh database."
        case .unknownFormat: "This is not a backup that this version can read."
        case .schema(let backup, let program):
            "The backup has schema \(backup), this program \(program): restore it with the version that made "
                + "it, then start the newer one."
        case .differs(let table): "The table \(table) is not what was backed up: the restore is not complete."
        case .incomplete: "The backup was cut short."
        }
    }
}

extension Backup {
    /// Restores into an empty installation of the same schema. Whoever was signed in is not any more, codes and
    /// tokens are void: what was revoked after the backup must not come back to life.
    /// - Parameter contents: the store that gets the blobs; nil when they are where they were.
    public static func restore(
        from folder: String, to database: any Database, contents: (any BlobStore)?, keyring: Keyring,
        at milliseconds: Int64, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> BackupReport {
        guard try await database.read({ try $0.count(.all[1]) }) == 0 else { throw RestoreFailure.notEmpty }
        var rows = RowRestorer(database: database)
        try await SealedFileReader(
            path: "\(folder)/\(databaseFile)", keyring: keyring, context: context
        ).eachLine { line in
            try await rows.take(try JSONDecoder().decode(BackupLine.self, from: line))
        }
        let (count, blobs) = try rows.finish()
        try await database.write { transaction in
            try transaction.continueNumbering()
            try transaction.endAllAccess(at: milliseconds)
        }
        var (copied, present, missing) = (0, 0, [String]())
        if let contents {
            let source = try FolderStore(folder: "\(folder)/contents")
            for (number, name) in blobs.enumerated() {
                switch try await source.copy(name, to: contents) {
                case .copied: copied += 1
                case .present: present += 1
                case .missing: missing.append(name)
                }
                progress(number + 1, blobs.count)
            }
        }
        return BackupReport(
            tables: CopiedTable.all.count, rows: count, copied: copied, present: present, missing: missing)
    }
}

/// Puts the lines of a backup back, a page at a time, and compares what is there then with the digest of what was backed up.
private struct RowRestorer {
    let database: any Database
    private var table: CopiedTable?
    private var columns: [String] = []
    private var pending: [[SQLValue]] = []
    private var count = 0
    private var blobs: [String] = []
    private var finished = 0

    init(database: any Database) { self.database = database }

    mutating func take(_ line: BackupLine) async throws {
        switch line {
        case .header(let format, let schema, _):
            guard format == BackupLine.format else { throw RestoreFailure.unknownFormat }
            let own = try await database.read { try Migrations.number(in: $0) }
            guard schema == own else { throw RestoreFailure.schema(backup: schema, program: own) }
        case .table(let name, let columns):
            guard let table = CopiedTable.all.first(where: { $0.name == name }) else {
                throw RestoreFailure.unknownFormat
            }
            (self.table, self.columns) = (table, columns)
        case .row(let values):
            pending.append(values.map(\.sqlValue))
            if pending.count == 500 { try await flush() }
        case .digest(let name, let rows, let sha256):
            try await flush()
            try await prove(name, rows, sha256)
            count += rows
            finished += 1
            table = nil
        }
    }

    private mutating func flush() async throws {
        guard !pending.isEmpty else { return }
        guard let table else { throw RestoreFailure.unknownFormat }
        let page = TablePage(columns: columns, rows: pending)
        try await database.write { try $0.insert(page, into: table) }
        if table.holdsBlobs, let column = columns.firstIndex(of: "blob") {
            blobs += pending.compactMap { String(sql: $0[column]) }
        }
        pending = []
    }

    /// Reads the restored table back.
    private func prove(_ name: String, _ rows: Int, _ sha256: [UInt8]) async throws {
        guard let table = CopiedTable.all.first(where: { $0.name == name }) else {
            throw RestoreFailure.unknownFormat
        }
        let digest = try await DatabaseCopy.digest(of: table, in: database)
        guard digest.rows == rows, digest.sha256 == sha256 else { throw RestoreFailure.differs(table: name) }
    }

    /// How many rows there are, and the names of the blobs that they mention.
    func finish() throws -> (count: Int, blobs: [String]) {
        guard finished == CopiedTable.all.count else { throw RestoreFailure.incomplete }
        return (count, blobs)
    }
}
