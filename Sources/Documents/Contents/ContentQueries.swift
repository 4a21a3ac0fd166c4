public import Access
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
    /// Whom it is sealed for, where that is not the patient of its document.
    let sealedPatient: Patient.ID?
    /// Half of the key of the document's contents; nil once it was destroyed, and for those sealed before there were
    /// secrets.
    let secret: [UInt8]?
    let isBound: Bool

    init(_ row: SQLRow) throws {
        part = try row.get("part")
        number = try row.get("number")
        blob = try row.get("blob")
        period = try row.get("period")
        wrappedKey = try row.get("wrapped_key")
        byteCount = try row.get("byte_count")
        width = try row.get("width")
        height = try row.get("height")
        sealedPatient = try row.get("sealed_patient")
        secret = try row.get("secret")
        isBound = try row.get("is_bound")
    }
}

/// A content in a space that may read it now, with no more of its document than its file tells.
struct ReadableContent: Sendable {
    let stored: StoredContent
    let label: DocumentLabel
    let version: Int
    let patientID: Patient.ID
    let openedAt: Timestamp?

    init(_ row: SQLRow) throws {
        stored = try StoredContent(row)
        label = DocumentLabel(
            id: try row.get("id"), title: try row.get("title"), service: try row.get("service"),
            authoredAt: try row.get("authored_at"), mediaType: try row.get("media_type"))
        version = try row.get("version")
        patientID = try row.get("patient_id")
        openedAt = try row.get("opened_at")
    }
}

/// A file that a scanner shall look at again.
public struct WaitingContent: Sendable {
    public let documentID: Document.ID
    /// UTC milliseconds; 0: never.
    let scannedAt: Int64
}

/// All SQL that touches sealed contents of documents.
extension Transaction {
    /// Gives a sealed content its row. Whom it is sealed for stands there only where a merge came in between: otherwise the
    /// document's own patient binds it.
    /// - Parameter scannedAt: when a scanner looked at it; nil: none did.
    public func insert(_ part: SealedPart, of document: Document.ID, scannedAt: Timestamp? = nil) throws {
        try execute(
            """
            INSERT INTO content (document_id, part, number, blob, period, wrapped_key, byte_count, width,
              height, sealed_patient, is_bound, scanned_at)
            VALUES (\(document), \(part.part), \(part.number), \(part.sealed.blob), \(part.period),
              \(part.sealed.wrappedKey), \(part.sealed.byteCount), \(part.width), \(part.height),
              (SELECT NULLIF(\(part.patient), document.patient_id) FROM document
               WHERE document.id = \(document)), TRUE, \(scannedAt?.rawValue ?? 0))
            """)
        guard part.part == .original else { return }
        try execute(
            "INSERT INTO document_secret (document_id, secret) VALUES (\(document), \(part.secret))")
    }

    /// Files that no scanner has looked at since a moment, those that wait the longest first.
    /// - Parameter last: the end of the page before.
    public func contentsToScan(before due: Timestamp, after last: WaitingContent?, limit: Int) throws
        -> [WaitingContent]
    {
        let from = last ?? WaitingContent(documentID: Document.ID(rawValue: ""), scannedAt: -1)
        return try query(
            """
            SELECT document_id, scanned_at FROM content
            WHERE part = 'original' AND wrapped_key IS NOT NULL AND scanned_at <= \(due)
              AND (scanned_at, document_id) > (\(from.scannedAt), \(from.documentID))
            ORDER BY scanned_at, document_id LIMIT \(limit)
            """
        ).map { WaitingContent(documentID: try $0.get("document_id"), scannedAt: try $0.get("scanned_at")) }
    }

    public func markScanned(_ id: Document.ID, at now: Timestamp) throws {
        try execute(
            "UPDATE content SET scanned_at = \(now) WHERE document_id = \(id) AND part = 'original'")
    }

    private var contents: SQLText {
        """
        SELECT content.*, document_secret.secret FROM content
        LEFT JOIN document_secret ON document_secret.document_id = content.document_id
        """
    }

    func content(_ part: SealedPart.Part, _ number: Int, of document: Document.ID) throws -> StoredContent? {
        try first(
            """
            \(sql: contents)
            WHERE content.document_id = \(document) AND content.part = \(sql: part.literal)
              AND content.number = \(number)
            """
        ).map(StoredContent.init)
    }

    /// The content, if this viewer's space may read its document now.
    func content(
        _ part: SealedPart.Part, _ number: Int, of id: Document.ID, visibleTo viewer: Viewer,
        at now: Timestamp
    ) throws -> ReadableContent? {
        let joined: SQLText = """
            JOIN content ON content.document_id = reader.document_id AND content.part = \(sql: part.literal)
              AND content.number = \(number)
            LEFT JOIN document_secret ON document_secret.document_id = reader.document_id
            """
        return try first(
            """
            SELECT document.id, document.version, document.patient_id, document.title, document.service,
              document.authored_at, document.media_type, reader.opened_at, content.part, content.number,
              content.blob, content.period, content.wrapped_key, content.byte_count, content.width,
              content.height, content.sealed_patient, content.is_bound, document_secret.secret
            \(sql: document(id, inSpaceOf: viewer, with: joined, at: now))
            """
        ).map(ReadableContent.init)
    }

    func pages(of document: Document.ID) throws -> [StoredContent] {
        try query(
            """
            \(sql: contents) WHERE content.document_id = \(document) AND content.part = 'page'
            ORDER BY content.number
            """
        ).map(StoredContent.init)
    }

    func secret(of document: Document.ID) throws -> [UInt8]? {
        try first("SELECT secret FROM document_secret WHERE document_id = \(document)")?.get("secret")
    }

    /// Whether the contents of a document can be opened.
    public func secretExists(of document: Document.ID) throws -> Bool { try secret(of: document) != nil }

    /// Destroys all contents of a document: without the wrapped keys nothing opens the files, and without the
    /// document's secret no wrapped key of an old backup does.
    /// - Returns: the names of the files, which can be removed once this is on the disk; the search for orphans finds
    ///   those that nobody removed.
    @discardableResult
    public func destroyContents(of document: Document.ID) throws -> [String] {
        let blobs: [String] = try query(
            "SELECT blob FROM content WHERE document_id = \(document) AND wrapped_key IS NOT NULL"
        ).map { try $0.get("blob") }
        try execute("UPDATE content SET wrapped_key = NULL WHERE document_id = \(document)")
        try forgetWords(of: document)
        try execute("DELETE FROM document_secret WHERE document_id = \(document)")
        // no page images of what is gone
        try execute("UPDATE document SET preview = 'failed' WHERE id = \(document) AND preview = 'pending'")
        return blobs
    }
}
