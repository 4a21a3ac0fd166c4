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
    /// Whom it is sealed for, where that is not the patient of its document.
    let sealedPatient: Patient.ID?

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
    }
}

/// All SQL that touches sealed contents of documents.
extension Transaction {
    /// Gives a sealed content its row.
    public func insert(_ part: SealedPart, of document: Document.ID) throws {
        try execute(
            """
            INSERT INTO content (document_id, part, number, blob, period, wrapped_key, byte_count, width,
              height, sealed_patient)
            VALUES (\(document), \(part.part), \(part.number), \(part.sealed.blob), \(part.period),
              \(part.sealed.wrappedKey), \(part.sealed.byteCount), \(part.width), \(part.height),
              \(part.patient))
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

    /// Destroys all contents of a document: without the wrapped key nothing opens the file, in no backup.
    public func destroyContents(of document: Document.ID) throws {
        try execute("UPDATE content SET wrapped_key = NULL WHERE document_id = \(document)")
    }
}
