import Access
import Storage
import Vault

/// What a run of `endLives` did.
public struct EndedLives: Sendable, Equatable {
    /// Readers whose time was over.
    public var readers = 0
    /// Documents whose contents were destroyed, because the last one's was.
    public var documents = 0

    public init(readers: Int = 0, documents: Int = 0) {
        self.readers = readers
        self.documents = documents
    }
}

extension DocumentActions {
    /// Ends what is over: each reader loses a document at his own date, with an event; with the last one the
    /// contents go, their keys first. Any node may do it at any time, one does at a time.
    @discardableResult
    public func endLives() async throws -> EndedLives {
        var ended = EndedLives()
        for _ in 0..<10_000 {
            let batch = try await endSome()
            ended.readers += batch.readers
            ended.documents += batch.documents
            // what is left behind here is found by the search for orphans
            for blob in batch.blobs { try? await store.remove(blob) }
            if batch.isLast { break }
        }
        return ended
    }

    private struct Batch: Sendable {
        var readers = 0
        var documents = 0
        var blobs: [String] = []
        var isLast = false
    }

    private func endSome() async throws -> Batch {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        return try await database.write(.readCommitted) { transaction in
            try transaction.begin(.lives)
            var batch = Batch()
            let readers = try transaction.endingReaders(limit: LifeRules.batch, at: now)
            let released = try transaction.endHolds(limit: LifeRules.batch, at: now)
            for reader in readers {
                try transaction.end(reader, at: now)
                guard let document = try transaction.document(reader.documentID) else { continue }
                try transaction.record(
                    AuditEntry(
                        .documentExpired, object: document.auditObject,
                        patientID: document.patientID.rawValue,
                        detail: "recipient=\(reader.accountID.rawValue)"), by: actor, at: now)
            }
            for id in Set(readers.map(\.documentID) + released) {
                guard let blobs = try transaction.endContents(of: id, by: actor, at: now) else { continue }
                batch.documents += 1
                batch.blobs += blobs
            }
            batch.readers = readers.count
            batch.isLast = max(readers.count, released.count) < LifeRules.batch
            return batch
        }
    }
}

extension Transaction {
    /// Destroys the contents of a document that nobody needs any more.
    /// - Returns: the names of its files; nil when it lives on, or was destroyed before.
    fileprivate func endContents(of id: Document.ID, by actor: AuditActor, at now: Timestamp) throws
        -> [String]?
    {
        guard try !isAlive(id, at: now), let document = try document(id) else { return nil }
        let blobs = try destroyContents(of: id)
        try markExpired(id)
        guard !blobs.isEmpty else { return nil }
        try record(
            AuditEntry(
                .documentExpired, object: document.auditObject, patientID: document.patientID.rawValue,
                contentHash: document.sha256, detail: "destroyed"), by: actor, at: now)
        return blobs
    }
}
