public import Access
import Storage

extension DocumentActions {
    /// What a professional may read, for his own programs: oldest change first (ITI-67). Documents that were taken back
    /// are in the list, so that the programs learn it. The search is traced; it is no reading.
    /// - Returns: the page, and where the next one begins.
    public func searchReadable(
        _ filter: DocumentFilter, after: ChangeKey?, limit: Int, _ viewer: Viewer
    ) async throws -> (documents: [ListedDocument], next: ChangeKey?) {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            var filter = filter
            filter.patientID = try filter.patientID.map { try transaction.survivor(of: $0) }
            let rows = try transaction.documents(
                readableBy: viewer, filter, after: after, limit: limit + 1, at: now)
            try transaction.record(
                AuditEntry(
                    .documentSearched, patientID: filter.patientID?.rawValue,
                    detail: "found=\(min(rows.count, limit))"), by: .person(viewer), at: now)
            let page = Array(rows.prefix(limit))
            let last = rows.count > limit ? page.last : nil
            return (
                try transaction.listed(page), last.map { ChangeKey(at: $0.changedAt, id: $0.document.id) }
            )
        }
    }

    /// The metadata of one document of that list.
    /// - Throws: `DocumentRefusal.notFound`, `.expired`.
    public func readListed(_ id: Document.ID, _ viewer: Viewer) async throws -> ListedDocument {
        guard let listed = try await findListed(id, DocumentFilter(), viewer) else {
            throw DocumentRefusal.notFound
        }
        return listed
    }

    /// The same, if it is what was asked for besides.
    /// - Returns: nil when he may read it, and it is not.
    /// - Throws: `DocumentRefusal.notFound`, `.expired`.
    public func findListed(_ id: Document.ID, _ filter: DocumentFilter, _ viewer: Viewer) async throws
        -> ListedDocument?
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard let found = try transaction.document(id, listedFor: viewer, at: now),
                let listed = try transaction.listed([found]).first
            else {
                _ = try transaction.readable(id, viewer, at: now)
                throw DocumentRefusal.notFound
            }
            // who was addressed by mistake does not find out of whom by asking for patients
            let isHidden = filter.patientID != nil && listed.document.state == .withdrawn
            let isAskedFor =
                try !isHidden
                && transaction.matches(listed.document, filter, changedAt: listed.changedAt)
            try transaction.record(
                AuditEntry(
                    .documentSearched, object: listed.document.auditObject,
                    patientID: listed.patient.id.rawValue,
                    detail: "found=\(isAskedFor ? 1 : 0)"), by: .person(viewer), at: now)
            return isAskedFor ? listed : nil
        }
    }
}

extension Transaction {
    fileprivate func listed(_ rows: [(document: Document, changedAt: Timestamp)]) throws -> [ListedDocument] {
        let patients = try patients(Array(Set(rows.map(\.document.patientID))))
        let replaced = try masterIdentifiers(of: rows.compactMap(\.document.replacesID))
        return rows.compactMap { row in
            patients[row.document.patientID].map { patient in
                ListedDocument(
                    document: row.document, patient: patient, changedAt: row.changedAt,
                    replaces: row.document.replacesID.flatMap { replaced[$0] })
            }
        }
    }
}
