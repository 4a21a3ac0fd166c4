import Access
import Directory
import Documents
import Storage

/// The SQL of what the hospital's record system is told, on tables of this feature.
extension Transaction {
    /// The documents in an account's space of which it was not notified yet.
    func unnotified(_ account: Account.ID) throws -> [(id: Document.ID, patient: Patient.ID)] {
        try query(
            """
            SELECT document.id, document.patient_id FROM dispatch
            JOIN document ON document.id = dispatch.document_id
            JOIN document_reader reader ON reader.account_id = dispatch.account_id
              AND reader.document_id = dispatch.document_id
            WHERE dispatch.account_id = \(account) AND dispatch.notified_at IS NULL
              AND document.state = 'current' ORDER BY document.id
            """
        ).map { (try $0.get("id"), try $0.get("patient_id")) }
    }

    /// Who did not get documents that others got.
    func refusedRecipients(of documents: [Document.ID]) throws -> [Document.ID: [RefusedRecipient]] {
        guard !documents.isEmpty else { return [:] }
        let rows = try query(
            """
            SELECT object_id, detail, recorded_at FROM audit_event
            WHERE object_id IN (\(list: documents)) AND object_kind = 'document'
              AND event = 'documentPublished' AND outcome = 'refused'
            ORDER BY id
            """)
        return try rows.reduce(into: [:]) { found, row in
            guard let gln = AuditEntry.refusedRecipient(in: try row.get("detail", as: String?.self)) else {
                return
            }
            let refused = RefusedRecipient(gln: gln, at: try row.get("recorded_at"))
            found[try row.get("object_id"), default: []].append(refused)
        }
    }
}
