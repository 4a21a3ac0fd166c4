import Access
public import Storage
import Vault

/// A content that lies sealed in the store and waits for its row.
public struct SealedPart: Sendable {
    /// What the content is, in words of the `content` table.
    public enum Part: String, Sendable, SQLBindable, SQLDecodable {
        case original, text, page

        /// For conditions: SQLite prepares a statement anew each time it runs when a value that it compares with the
        /// condition of a partial index is bound, and `content_by_scan` has one on the part.
        var literal: SQLText {
            switch self {
            case .original: "'original'"
            case .text: "'text'"
            case .page: "'page'"
            }
        }
    }

    let part: Part
    /// Of a page, from 1 on; of a text: 0 is the document's own, 1 the message beside it.
    let number: Int
    let period: String
    let sealed: SealedStore.Sealed
    let width: Int
    let height: Int
    /// Whom it is sealed for: his number may be merged with another before it has its row.
    let patient: Patient.ID
    /// Half of the document's key, kept apart from the wrapped keys.
    let secret: [UInt8]
    /// The name of its file.
    public var blob: String { sealed.blob }
}

extension DocumentActions {
    /// Seals a content of a document; durable when it returns, but nobody's until its row is written.
    /// - Parameter number: 0, or the page number from 1 on.
    public func seal(
        _ bytes: some Collection<UInt8> & Sendable, _ part: SealedPart.Part, number: Int = 0,
        of id: Document.ID,
        version: Int, patient: Patient.ID, width: Int = 0, height: Int = 0
    ) async throws -> SealedPart {
        try await seal(
            bytes, part, number: number, of: id, version: version, patient: patient, width: width,
            height: height, secret: try await secret(for: part, of: id))
    }

    func seal(
        _ bytes: some Collection<UInt8> & Sendable, _ part: SealedPart.Part, number: Int, of id: Document.ID,
        version: Int, patient: Patient.ID, width: Int = 0, height: Int = 0, secret: [UInt8]
    ) async throws -> SealedPart {
        let month = try await monthKeys.current(at: clock.now()).bound(to: secret)
        let context = Self.context(part, number, id, version, patient)
        let sealed = try await store.seal(bytes, under: month, context: context)
        return SealedPart(
            part: part, number: number, period: month.period, sealed: sealed, width: width, height: height,
            patient: patient, secret: secret)
    }

    /// The original brings a new secret; what is made of it has the same.
    /// - Throws: `DocumentRefusal.expired` when it was destroyed.
    private func secret(for part: SealedPart.Part, of id: Document.ID) async throws -> [UInt8] {
        if part == .original { return RandomBytes.make(32) }
        guard let known = try await database.read({ try $0.secret(of: id) }) else {
            throw DocumentRefusal.expired
        }
        return known
    }

    /// Removes a sealed content whose transaction did not happen. If the store does not do it now, the hourly
    /// search for orphans does.
    public func discard(_ part: SealedPart) async { try? await store.remove(part.blob) }

    /// The same after a failure. Nobody knows whether a COMMIT without an answer happened: then the content stays,
    /// because a row may mention it, and if none does the search for orphans finds it.
    public func discard(_ part: SealedPart, after error: any Error) async {
        if case StorageError.commitUnknown = error { return }
        await discard(part)
    }

    /// What a content is bound to: a file or row that was swapped does not open (security.md, class 39).
    static func context(
        _ part: SealedPart.Part, _ number: Int, _ id: Document.ID, _ version: Int, _ patient: Patient.ID
    ) -> String {
        let type = part == .original ? "application/pdf" : part == .page ? "image/png" : "text/plain"
        return "\(id.rawValue) \(version) \(patient.rawValue) \(part.rawValue) \(number) \(type)"
    }

    func open(_ content: StoredContent, of document: Document) async throws -> SealedContent {
        try await open(content, of: document.id, version: document.version, patient: document.patientID)
    }

    func open(_ readable: ReadableContent) async throws -> SealedContent {
        try await open(
            readable.stored, of: readable.label.id, version: readable.version, patient: readable.patientID)
    }

    private func open(
        _ content: StoredContent, of id: Document.ID, version: Int, patient: Patient.ID
    ) async throws -> SealedContent {
        guard let wrapped = content.wrappedKey else { throw DocumentRefusal.expired }
        guard var month = try await monthKeys.key(content.period) else { throw DocumentRefusal.expired }
        if content.isBound {
            guard let secret = content.secret else { throw DocumentRefusal.expired }
            month = month.bound(to: secret)
        }
        return try await store.open(
            content.blob, wrappedKey: wrapped, under: month,
            context: Self.context(
                content.part, content.number, id, version, content.sealedPatient ?? patient))
    }

    /// Removes blobs that no row mentions: a crash between sealing and committing leaves one. Only those older
    /// than an hour are looked at.
    /// - Returns: how many were removed.
    @discardableResult
    public func removeOrphans() async throws -> Int {
        var removed = 0
        try await store.names(olderThan: 3600, now: Int(clock.now().rawValue / 1000)) { names in
            for start in stride(from: 0, to: names.count, by: 200) {
                let some = Array(names[start..<min(start + 200, names.count)])
                let known = try await database.read { try $0.knownBlobs(among: some) }
                for name in some where !known.contains(name) {
                    try await store.remove(name)
                    removed += 1
                }
            }
        }
        return removed
    }
}
