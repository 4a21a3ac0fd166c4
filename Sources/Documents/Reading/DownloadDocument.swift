public import Access
import Directory
import Storage
public import Vault

/// The bytes as they were published: small ones ready to be sent, others to be decrypted while they are.
public struct DocumentFile: Sendable {
    public let label: DocumentLabel
    public let content: ReadyContent
    /// Whom it is about, if the name of the file may say so.
    public let namedPatient: Patient?
}

extension DocumentActions {
    /// Hands out the file and writes that it was downloaded. A download is a reading too.
    /// - Parameter isTraced: false only for `HEAD`, which gets no content.
    /// - Parameter isSaved: whether it becomes a file of its own, with a name.
    /// - Parameter canServe: told the size; false when what was asked for does not exist in it: that attempt is
    ///   traced as refused, and is neither a download nor a reading.
    /// - Throws: `DocumentRefusal.notFound`, `.withdrawn`, `.expired`.
    public func download(
        _ id: Document.ID, isTraced: Bool = true, isSaved: Bool = false,
        canServe: @escaping @Sendable (Int) -> Bool = { _ in true }, _ viewer: Viewer
    ) async throws -> DocumentFile {
        let now = clock.now()
        let (readable, patient) = try await database.glance {
            transaction -> (ReadableContent, Patient?) in
            try transaction.confirm(viewer, to: .read, at: now)
            let readable = try transaction.readable(.original, 0, of: id, viewer, at: now)
            let isNamed = try isSaved && transaction.namesPatients(inSpaceOf: viewer.principalID)
            return (readable, isNamed ? try transaction.patient(readable.patientID) : nil)
        }
        // a store that is away, or a small file that does not open, is found out before anything is called read
        let content = try await open(readable)
            .ready(upTo: isTraced ? DocumentLimits.readyBytes : -1)
        if isTraced {
            try await recordDownload(of: id, isServed: canServe(content.byteCount), viewer, at: now)
        }
        return DocumentFile(label: readable.label, content: content, namedPatient: patient)
    }

    /// Asks for the permission once more: it may have been taken back while the content was opened.
    private func recordDownload(
        of id: Document.ID, isServed: Bool, _ viewer: Viewer, at now: Timestamp
    ) async throws {
        try await database.write(.readCommitted) { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard let held = try transaction.heldDocument(id, visibleTo: viewer, at: now) else {
                throw try transaction.refusal(of: id, viewer, at: now)
            }
            if isServed { try transaction.markDownloaded(id, held.reading, viewer, at: now) }
            try transaction.record(
                AuditEntry(
                    .documentDownloaded, isServed ? .success : .refused,
                    rule: isServed ? nil : "document.range", object: held.auditObject,
                    patientID: held.patientID.rawValue, contentHash: held.sha256, basis: held.basis),
                by: .person(viewer), at: now)
        }
    }

    /// One page image, PNG. It belongs to a reading that was traced: asked for before the document was
    /// opened, it is not there.
    /// - Throws: `DocumentRefusal.notFound`, `.notOpened`, `.withdrawn`, `.expired`.
    public func page(_ number: Int, of id: Document.ID, _ viewer: Viewer) async throws -> [UInt8] {
        let now = clock.now()
        let readable = try await database.glance { transaction -> ReadableContent in
            try transaction.confirm(viewer, to: .read, at: now)
            return try transaction.readable(.page, number, of: id, viewer, at: now)
        }
        guard readable.openedAt != nil else { throw DocumentRefusal.notOpened }
        return try await open(readable).bytes(limit: DocumentLimits.imageBytes)
    }
}
