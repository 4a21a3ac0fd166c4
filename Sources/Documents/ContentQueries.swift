import Access
public import Storage
import Vault

/// A row of `content`.
struct StoredContent: Sendable {
    let part: SealedPart.Part
    let number: Int
    let blob: String
    let period: String
    let wrappedKey: [UInt8]?
    let byteCount: Int
    let width: Int
    let height: Int

    init(_ row: SQLRow) throws {
        part = try row.get("part")
        number = try row.get("number")
        blob = try row.get("blob")
        period = try row.get("period")
        wrappedKey = try row.get("wrapped_key")
        byteCount = try row.get("byte_count")
        width = try row.get("width")
        height = try row.get("height")
    }
}

/// All SQL that touches sealed contents and month keys.
extension Transaction {
    /// Gives a sealed content its row.
    public func insert(_ part: SealedPart, of document: Document.ID) throws {
        try execute(
            """
            INSERT INTO content (document_id, part, number, blob, period, wrapped_key, byte_count, width,
              height)
            VALUES (\(document), \(part.part), \(part.number), \(part.sealed.blob), \(part.period),
              \(part.sealed.wrappedKey), \(part.sealed.byteCount), \(part.width), \(part.height))
            """)
    }

    func content(_ part: SealedPart.Part, _ number: Int, of document: Document.ID) throws -> StoredContent? {
        try first(
            """
            SELECT * FROM content WHERE document_id = \(document) AND part = \(part) AND number = \(number)
            """
        ).map(StoredContent.init)
    }

    func pages(of document: Document.ID) throws -> [StoredContent] {
        try query("SELECT * FROM content WHERE document_id = \(document) AND part = 'page' ORDER BY number")
            .map(StoredContent.init)
    }

    func knownBlobs(among names: [String]) throws -> Set<String> {
        Set(try query("SELECT blob FROM content WHERE blob IN (\(list: names))").map { try $0.get("blob") })
    }

    /// The names of all contents that can be opened, in order, page by page.
    func blobs(after name: String, limit: Int) throws -> [String] {
        try query(
            """
            SELECT blob FROM content WHERE blob > \(name) AND wrapped_key IS NOT NULL
            ORDER BY blob LIMIT \(limit)
            """
        ).map { try $0.get("blob") }
    }

    func blobCount() throws -> Int {
        try first("SELECT COUNT(*) AS number FROM content WHERE wrapped_key IS NOT NULL")?.get("number") ?? 0
    }

    /// Destroys all contents of a document: without the wrapped key nothing opens the file, in no backup.
    public func destroyContents(of document: Document.ID) throws {
        try execute("UPDATE content SET wrapped_key = NULL WHERE document_id = \(document)")
    }

    func monthKey(_ period: String) throws -> [UInt8]? {
        try first("SELECT wrapped FROM period_key WHERE period = \(period)")?.get("wrapped")
    }

    /// - Returns: the stored key, which may be one that another node was faster to make.
    func keepMonthKey(_ period: String, _ wrapped: [UInt8], at now: Timestamp) throws -> [UInt8] {
        try execute(
            """
            INSERT INTO period_key (period, wrapped, created_at) VALUES (\(period), \(wrapped), \(now))
            ON CONFLICT (period) DO NOTHING
            """)
        return try monthKey(period) ?? wrapped
    }
}
