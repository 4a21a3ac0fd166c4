public import Access
import Directory
import Storage
public import Vault

/// Several documents on their way into one archive.
public struct DocumentExport: Sendable {
    public struct Item: Sendable {
        public let document: Document
        public let patient: Patient
        let content: StoredContent
    }
    public let items: [Item]
    /// How many of those chosen cannot be had: expired, withdrawn meanwhile, or somebody else's.
    public let missing: Int
    /// Whether the owner of the space wants names of patients in the names of files.
    public let namesPatients: Bool
    let actions: DocumentActions

    /// The bytes of one, opened when its turn comes: never a hundred files at once.
    public func open(_ item: Item) async throws -> SealedContent {
        try await actions.open(item.content, of: item.document)
    }
}

extension DocumentActions {
    /// Hands out several files at once. Each is asked for one by one, marked as downloaded and traced as exported
    /// before the first byte; what cannot be had is left out, and said.
    /// - Throws: `SelectionRefusal.tooLarge`; `DocumentRefusal.notFound` when none can be had.
    public func export(_ selection: DocumentSelection, _ viewer: Viewer) async throws -> DocumentExport {
        let now = clock.now()
        let found = try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            return try transaction.items(selection, viewer, at: now)
        }
        guard let first = found.first else { throw DocumentRefusal.notFound }
        guard found.reduce(0, { $0 + $1.content.byteCount }) <= DocumentLimits.exportedBytes else {
            throw SelectionRefusal.tooLarge
        }
        // a store that is away is found out before anything is called read
        _ = try await open(first.content, of: first.document)
        let (items, namesPatients) = try await database.write(.readCommitted) {
            transaction -> ([DocumentExport.Item], Bool) in
            try transaction.confirm(viewer, to: .read, at: now)
            // once more: permissions may have been taken back while the first was opened
            let items = try transaction.items(selection, isHeld: true, viewer, at: now)
            for item in items {
                try transaction.markDownloaded(item.document.id, item.readable.reading, viewer, at: now)
                try transaction.record(
                    AuditEntry(
                        .documentExported, object: item.document.auditObject,
                        patientID: item.document.patientID.rawValue, contentHash: item.document.sha256,
                        basis: item.readable.basis, detail: "zip count=\(items.count)"),
                    by: .person(viewer), at: now)
            }
            return (items.map(\.item), try transaction.namesPatients(inSpaceOf: viewer.principalID))
        }
        guard !items.isEmpty else { throw DocumentRefusal.notFound }
        return DocumentExport(
            items: items, missing: selection.ids.count - items.count, namesPatients: namesPatients,
            actions: self)
    }
}

private struct ReadableItem: Sendable {
    let item: DocumentExport.Item
    let readable: ReadableDocument
    var document: Document { item.document }
    var content: StoredContent { item.content }
}

extension Transaction {
    fileprivate func items(
        _ selection: DocumentSelection, isHeld: Bool = false, _ viewer: Viewer, at now: Timestamp
    ) throws -> [ReadableItem] {
        try selection.ids.compactMap { id in
            guard let readable = try document(id, visibleTo: viewer, isHeld: isHeld, at: now),
                let content = try content(.original, 0, of: id), content.wrappedKey != nil,
                let patient = try patient(readable.document.patientID)
            else { return nil }
            return ReadableItem(
                item: .init(document: readable.document, patient: patient, content: content),
                readable: readable)
        }
    }
}
