import Access
import Foundation
public import PDF
import Storage
import Vault

/// What a `preview` job of the outbox carries; sealed there like every payload.
public struct PreviewJob: Codable, Sendable {
    public let documentID: String
    public static let outboxKind = "preview"
    public init(documentID: String) { self.documentID = documentID }
}

extension DocumentActions {
    /// Makes page images and text of a document in confined child processes and seals them. Does nothing when
    /// they are there already, so that it may run twice.
    /// - Returns: false when the document cannot be drawn; it stays downloadable, and the page says so.
    /// - Throws: what passes: too many jobs at once, a full disk.
    public func renderPreview(_ job: PreviewJob, with rendering: PDFRendering) async throws -> Bool {
        let id = Document.ID(rawValue: job.documentID)
        let found = try await database.read { transaction in
            (try transaction.document(id), try transaction.content(.original, 0, of: id))
        }
        guard let document = found.0, let stored = found.1, document.preview == .pending,
            stored.wrappedKey != nil
        else { return true }
        var parts: [SealedPart] = []
        do {
            let file = try await memoryFile(stored, of: document)
            for number in 1...min(document.pageCount, DocumentLimits.renderedPages) {
                let image = try await rendering.pageImage(file, page: number)
                parts.append(
                    try await seal(
                        image.png, .page, number: number, of: id, version: document.version,
                        patient: document.patientID, width: image.width, height: image.height))
            }
            let text = Array(try await rendering.text(file).utf8.prefix(DocumentLimits.textBytes))
            parts.append(
                try await seal(text, .text, of: id, version: document.version, patient: document.patientID))
            if try await !keep(parts, of: id, as: .ready, words: hashes(of: text)) {
                for part in parts { await discard(part) }  // another node was faster
            }
            return true
        } catch is PDFRefusal {
            for part in parts { await discard(part) }
            _ = try await keep([], of: id, as: .failed)
            return false
        } catch {
            for part in parts { await discard(part, after: error) }
            throw error
        }
    }

    /// Says that there will be no page images: the job was given up. The document stays downloadable.
    /// Changes nothing where another node has made them.
    public func giveUpPreview(_ job: PreviewJob) async throws {
        _ = try await keep([], of: Document.ID(rawValue: job.documentID), as: .failed)
    }

    private func memoryFile(_ stored: StoredContent, of document: Document) async throws -> MemoryFile {
        let file = try MemoryFile()
        let content = try await open(stored, of: document)
        try await content.read(0..<content.byteCount) { piece in
            try piece.withUnsafeBytes { try file.append($0) }
        }
        try file.seal()
        return file
    }

    /// - Returns: false, and nothing was written, when it had been decided before.
    /// - Parameter words: keyed hashes of the words of the text, where texts are searched.
    private func keep(
        _ parts: [SealedPart], of id: Document.ID, as preview: Document.Preview, words: [Int64] = []
    ) async throws -> Bool {
        try await database.write { [parts] transaction in
            guard try transaction.decidePreview(preview, of: id) else { return false }
            for part in parts { try transaction.insert(part, of: id) }
            try transaction.insert(words: words, of: id)
            return true
        }
    }
}
