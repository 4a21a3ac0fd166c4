import Access
import Foundation
import Storage
import Vault

/// The least that a download of 100 KB does, with no server around it: session and permission looked up by key, the file
/// read and decrypted, and one transaction before it is sent, on the disk: the permission once more, the event with who
/// read which content of whom from where, the reader's row, and the sender's journal. Several readers share commits as
/// requests do.
struct DownloadLimit {
    let folder: String
    /// How many read at once.
    let readers: Int
    /// How many contents there are, each read in its turn: as many as the server's that it is compared with, so that both
    /// find as much of them near the processor.
    let documents: Int

    private static let (account, patient, sender) = (name(), name(), name())
    private static let (token, basis) = (RandomText.token(), "designation:\(name())/1")
    /// As long as the server's, and as far apart: what is written lies in as many places.
    private static func name() -> String { RandomText.identifier() }

    private static let context = "bench"
    private static let hash = [UInt8](repeating: 7, count: 32)
    private static let origin = RequestOrigin(
        address: "192.0.2.1", userAgent: "bench", requestID: "01hf3m8kq2v7c9x4b6n1t5w8ez", node: "bench")
    private static let schema = """
        CREATE TABLE limit_session (token TEXT PRIMARY KEY, account TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE limit_reader (
            account TEXT NOT NULL, document TEXT NOT NULL, blob TEXT NOT NULL, wrapped_key BLOB NOT NULL,
            downloaded_at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (account, document));
        CREATE TABLE limit_journal (
            number INTEGER PRIMARY KEY, sender TEXT NOT NULL, document TEXT NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX limit_journal_by_sender ON limit_journal (sender, at);
        """

    func measure(seconds: Double) async throws -> Measurement {
        let name = UUID().uuidString
        let database = try SQLiteDatabase(path: "\(folder)/\(name).sqlite")
        try await Migrations.apply(to: database, at: 0)
        try await database.script(Self.schema)
        let store = try SealedStore(folder: "\(folder)/\(name).files")
        let keyring = try Keyring(base64: Data(repeating: 7, count: 32).base64EncodedString())
        let month = try MonthKey.make(period: "2026-11", keyring: keyring).key
        let names = (0..<documents).map { _ in Self.name() }
        try await fill(names, database, store, month)

        let (wall, cpu) = (Stopwatch.wall, Stopwatch.cpu)
        let rounds = try await withThrowingTaskGroup(of: [Double].self) { group in
            for first in 0..<readers {
                group.addTask {
                    var stopwatch = Stopwatch(seconds: seconds)
                    while stopwatch.isRunning {
                        let document = names[(first + readers * stopwatch.rounds.count) % documents]
                        try await download(document, database, store, month)
                        stopwatch.lap()
                    }
                    return stopwatch.rounds
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let measured = Measurement(
            "download-\(readers)", rounds: rounds, unitsPerRound: 1, syncsPerRound: 0,
            wall: Stopwatch.wall - wall, cpu: Stopwatch.cpu - cpu)
        await database.close()
        return measured
    }

    private func fill(
        _ names: [String], _ database: SQLiteDatabase, _ store: SealedStore, _ month: MonthKey
    ) async throws {
        try await database.write { transaction in
            _ = try transaction.execute("INSERT INTO limit_session VALUES (\(Self.token), \(Self.account))")
        }
        var content = SampleContent()
        for (number, name) in names.enumerated() {
            let sealed = try await store.seal(content.next(number), under: month, context: Self.context)
            try await database.write { transaction in
                _ = try transaction.execute(
                    """
                    INSERT INTO limit_reader (account, document, blob, wrapped_key)
                    VALUES (\(Self.account), \(name), \(sealed.blob), \(sealed.wrappedKey))
                    """)
            }
        }
    }

    private func download(
        _ document: String, _ database: SQLiteDatabase, _ store: SealedStore, _ month: MonthKey
    ) async throws {
        let (account, blob, key) = try await database.glance { transaction -> (String, String, [UInt8]) in
            guard
                let session = try transaction.first(
                    "SELECT account FROM limit_session WHERE token = \(Self.token)"),
                let row = try permission(document, of: try session.get("account"), in: transaction)
            else { throw LimitFault.wrong }
            return (try session.get("account"), try row.get("blob"), try row.get("wrapped_key"))
        }
        let content = try await store.open(blob, wrappedKey: key, under: month, context: Self.context)
            .ready(upTo: 128 << 10)
        guard content.byteCount == 100_000 else { throw LimitFault.wrong }
        try await database.write(.readCommitted) { transaction in
            guard try permission(document, of: account, in: transaction) != nil else {
                throw LimitFault.wrong
            }
            try transaction.record(
                AuditEntry(
                    .documentDownloaded, object: AuditObject(kind: "document", id: document, version: 1),
                    patientID: Self.patient, contentHash: Self.hash, basis: Self.basis),
                by: .anonymous(Self.origin, claimed: Account.ID(rawValue: account)),
                at: Timestamp(rawValue: 1))
            try transaction.execute(
                """
                UPDATE limit_reader SET downloaded_at = \(1) WHERE account = \(account) AND document = \(document)
                """, isRemembered: false)
            try transaction.execute(
                "INSERT INTO limit_journal (sender, document, at) VALUES (\(Self.sender), \(document), \(1))",
                isRemembered: false)
        }
    }

    private func permission(_ document: String, of account: String, in transaction: any Transaction) throws
        -> SQLRow?
    {
        try transaction.first(
            """
            SELECT blob, wrapped_key FROM limit_reader WHERE account = \(account) AND document = \(document)
            """)
    }
}
