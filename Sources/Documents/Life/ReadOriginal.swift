import Storage
import Vault

extension DocumentActions {
    /// The bytes of a document as they were published, for the ways out: who may have them, and the trace, are the
    /// caller's.
    /// - Throws: `DocumentRefusal.expired` when they were destroyed.
    public func original(of document: Document) async throws -> [UInt8] {
        guard let stored = try await database.read({ try $0.content(.original, 0, of: document.id) }) else {
            throw DocumentRefusal.expired
        }
        let content = try await open(stored, of: document)
        return try await content.bytes(limit: DocumentLimits.originalBytes)
    }
}
