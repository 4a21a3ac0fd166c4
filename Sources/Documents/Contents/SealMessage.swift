import Access
public import Storage
import Vault

/// What a service wrote to the recipient beside a document, as it lies sealed. It is a text of the document's: sealed with
/// its secret and destroyed with it, so that it needs no life and no key of its own.
public struct SealedMessage: Sendable {
    let content: StoredContent
}

extension SealedPart {
    /// Its number among the texts of a document.
    static let message = 1
}

extension DocumentActions {
    /// Seals a message beside an original that has no row yet; nobody's until its own row is written in the same
    /// transaction.
    public func seal(message: String, beside original: SealedPart, of id: Document.ID, version: Int)
        async throws -> SealedPart
    {
        try await seal(
            Array(message.utf8), .text, number: SealedPart.message, of: id, version: version,
            patient: original.patient, secret: original.secret)
    }

    /// The words of a message whose document was found for who reads it.
    /// - Throws: `DocumentRefusal.expired` when the document was destroyed meanwhile.
    public func read(_ message: SealedMessage, of document: Document) async throws -> String {
        String(
            decoding: try await open(message.content, of: document).bytes(limit: DocumentLimits.textBytes),
            as: UTF8.self)
    }
}

extension Transaction {
    /// The message beside a document that was found for who asks; nil where there is none, and once the document was
    /// destroyed.
    public func message(beside id: Document.ID) throws -> SealedMessage? {
        guard let content = try content(.text, SealedPart.message, of: id), content.wrappedKey != nil else {
            return nil
        }
        return SealedMessage(content: content)
    }
}
