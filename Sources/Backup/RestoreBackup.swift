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
    case keysMissing(String)

    public var description: String {
        switch self {
        case .notEmpty: "The target is not empty: restore into a fresh database."
        case .unknownFormat: "This is not a backup that this version can read."
        case .schema(let backup, let program):
            "The backup has schema \(backup), this program \(program): restore it with the version that made "
                + "it, then start the newer one."
        case .differs(let table): "The table \(table) is not what was backed up: the restore is not complete."
        case .incomplete: "The backup was cut short."
        case .keysMissing(let folder):
            "There is no \(Backup.keysFile) in \(folder): give the folder of the newest copy of the key store; "
                + "without it no content of the backup opens."
        }
    }
}

extension Backup {
    /// Restores into an empty installation of the same schema. Whoever was signed in is not any more, codes and
    /// tokens are void: what was revoked after the backup must not come back to life. Nor does what expired: contents
    /// whose keys are not in the key store any more are destroyed here too.
    /// - Parameters:
    ///   - keys: the folder of the newest copy of the key store.
    ///   - contents: the store that gets the blobs; nil when they are where they were.
    public static func restore(
        from folder: String, keysFrom keys: String, to database: any Database, contents: (any BlobStore)?,
        keyring: Keyring,
        at milliseconds: Int64, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> BackupReport {
        guard try await database.read({ try $0.count(.all[1]) }) == 0 else { throw RestoreFailure.notEmpty }
        guard FileManager.default.fileExists(atPath: "\(keys)/\(keysFile)") else {
            throw RestoreFailure.keysMissing(keys)
        }
        let count =
            try await fill(
                database, from: "\(folder)/\(databaseFile)", context, keyring,
                CopiedTable.all.filter { !$0.isKeyStore })
            + fill(
                database, from: "\(keys)/\(keysFile)", keysContext, keyring,
                CopiedTable.all.filter(\.isKeyStore))
        let destroyed = try await database.write { transaction in
            try transaction.continueNumbering()
            try transaction.endAllAccess(at: milliseconds)
            return try transaction.destroyContentsWithoutSecret()
        }
        let blobs = try await livingBlobs(in: database)
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
            tables: CopiedTable.all.count, rows: count, copied: copied, present: present, missing: missing,
            destroyed: destroyed)
    }

    private static func fill(
        _ database: any Database, from path: String, _ context: String, _ keyring: Keyring,
        _ tables: [CopiedTable]
    ) async throws -> Int {
        var rows = RowRestorer(database: database, tables: tables)
        try await SealedFileReader(path: path, keyring: keyring, context: context).eachLine { line in
            try await rows.take(try JSONDecoder().decode(BackupLine.self, from: line))
        }
        return try rows.finish()
    }

    private static func livingBlobs(in database: any Database) async throws -> [String] {
        var all: [String] = []
        while true {
            let page = try await database.read { [last = all.last ?? ""] in
                try $0.blobs(after: last, limit: 500)
            }
            if page.isEmpty { return all }
            all += page
        }
    }
}

/// Puts the lines of a backup back, a page at a time, and compares what is there then with the digest of what was backed up.
private struct RowRestorer {
    let database: any Database
    let tables: [CopiedTable]
    private var table: CopiedTable?
    private var columns: [String] = []
    private var pending: [[SQLValue]] = []
    private var count = 0
    private var finished = 0

    init(database: any Database, tables: [CopiedTable]) {
        self.database = database
        self.tables = tables
    }

    mutating func take(_ line: BackupLine) async throws {
        switch line {
        case .header(let format, let schema, _):
            guard format == BackupLine.format else { throw RestoreFailure.unknownFormat }
            let own = try await database.read { try Migrations.number(in: $0) }
            guard schema == own else { throw RestoreFailure.schema(backup: schema, program: own) }
        case .table(let name, let columns):
            guard let table = tables.first(where: { $0.name == name }) else {
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
        pending = []
    }

    /// Reads the restored table back.
    private func prove(_ name: String, _ rows: Int, _ sha256: [UInt8]) async throws {
        guard let table = tables.first(where: { $0.name == name }) else {
            throw RestoreFailure.unknownFormat
        }
        let digest = try await DatabaseCopy.digest(of: table, in: database)
        guard digest.rows == rows, digest.sha256 == sha256 else { throw RestoreFailure.differs(table: name) }
    }

    /// How many rows there are.
    func finish() throws -> Int {
        guard finished == tables.count else { throw RestoreFailure.incomplete }
        return count
    }
}
