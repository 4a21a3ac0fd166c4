import Crypto
import Foundation
import Storage

/// The least work of a durable publish, with no server around it. For each document of 100 KB: SHA-256,
/// AES-256-GCM with a fresh key and nonce, bytes on the disk, then one transaction (WAL, synchronous FULL)
/// with a document row, indexed by reader and date, and an audit row.
struct PublishLimit {
    enum Form {
        /// A file for each document: written, synced, renamed, its folder synced.
        case file
        /// One growing segment, synced once for `batch` documents, and one transaction for them.
        case log(batch: Int)
    }

    let folder: String
    let form: Form

    private static let schema = """
        CREATE TABLE limit_document (
            id TEXT PRIMARY KEY, reader TEXT NOT NULL, published_at INTEGER NOT NULL, hash BLOB NOT NULL,
            place INTEGER NOT NULL);
        CREATE INDEX limit_document_by_reader ON limit_document (reader, published_at);
        CREATE TABLE limit_audit (
            number INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, document TEXT NOT NULL);
        """

    func measure(seconds: Double) async throws -> Measurement {
        let name = UUID().uuidString
        let database = try SQLiteDatabase(path: "\(folder)/\(name).sqlite")
        try await database.script(Self.schema)
        let files = "\(folder)/\(name).files"
        try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
        let segment = try RawFile(path: "\(folder)/\(name).segment")
        defer { segment.close() }

        var content = SampleContent()
        var stopwatch = Stopwatch(seconds: seconds)
        while stopwatch.isRunning {
            var rows: [Row] = []
            for _ in 0..<batch {
                let (row, sealed) = try seal(content.next(stopwatch.rounds.count * batch + rows.count))
                rows.append(row)
                switch form {
                case .file: try RawFile.publish(sealed, as: "\(files)/\(row.id)", in: files)
                case .log: try segment.append(sealed)
                }
            }
            if case .log = form { try segment.syncData() }
            try await Self.store(rows, in: database)
            stopwatch.lap()
        }
        await database.close()
        return stopwatch.measurement(label, unitsPerRound: batch, syncsPerRound: ownSyncs)
    }

    private struct Row: Sendable {
        let id: String
        let hash: [UInt8]
        let size: Int
    }

    private var batch: Int { if case .log(let batch) = form { batch } else { 1 } }
    private var ownSyncs: Int { if case .file = form { 2 } else { 1 } }
    private var label: String { if case .log(let batch) = form { "log-\(batch)" } else { "file-1" } }

    private func seal(_ bytes: [UInt8]) throws -> (Row, Data) {
        let hash = Array(SHA256.hash(data: bytes))
        let box = try AES.GCM.seal(bytes, using: SymmetricKey(size: .bits256))
        guard let sealed = box.combined else { throw LimitFault.wrong }
        return (Row(id: UUID().uuidString, hash: hash, size: sealed.count), sealed)
    }

    private static func store(_ rows: [Row], in database: SQLiteDatabase) async throws {
        try await database.write { transaction in
            for row in rows {
                try transaction.execute(
                    """
                    INSERT INTO limit_document (id, reader, published_at, hash, place)
                    VALUES (\(row.id), 'reader', 0, \(row.hash), \(row.size))
                    """)
                try transaction.execute(
                    "INSERT INTO limit_audit (at, actor, document) VALUES (0, 'client', \(row.id))")
            }
        }
    }
}
