import Access
import Directory
import Documents
import Storage

/// All SQL that touches what was sent by hand. Who may see it is decided by `ServiceViewer` in `SentQueries`.
extension Transaction {
    func communicantTypes() throws -> [String] {
        try query(
            "SELECT type_code FROM document_class WHERE is_communicant = TRUE ORDER BY type_code LIMIT 500"
        )
        .map { try $0.get("type_code") }
    }

    func insert(
        _ sending: ManualSending, consentID: String, of document: Document.ID, by holder: Holder,
        at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO manual_sending (document_id, service_id, sent_by, sent_at, consent_id, consent_given_by,
              consent_form, consent_on, reason)
            VALUES (\(document), \(sending.draft.serviceID), \(holder.accountID), \(now), \(consentID),
              \(sending.consent.givenBy.rawValue), \(sending.consent.form.rawValue), \(sending.consent.on),
              \(sending.reason))
            """)
    }

    /// What was recorded when documents were sent by hand; those of the record system have nothing.
    func handSendings(of documents: [Document.ID]) throws -> [Document.ID: HandSending] {
        guard !documents.isEmpty else { return [:] }
        let rows = try query(
            """
            SELECT manual_sending.*, account.honorific, account.given_name, account.family_name
            FROM manual_sending JOIN account ON account.id = manual_sending.sent_by
            WHERE manual_sending.document_id IN (\(list: documents))
            """
        )
        return Dictionary(
            try rows.map { row in
                let names: [String] = [
                    try row.get("honorific"), try row.get("given_name"), try row.get("family_name"),
                ]
                let sending = HandSending(
                    senderName: names.filter { !$0.isEmpty }.joined(separator: " "),
                    sentAt: try row.get("sent_at"),
                    consent: SendingConsent(
                        givenBy: SendingConsent.Giver(rawValue: try row.get("consent_given_by")) ?? .patient,
                        form: SendingConsent.Form(rawValue: try row.get("consent_form")) ?? .oral,
                        on: try row.get("consent_on")),
                    reason: try row.get("reason"))
                return (try row.get("document_id", as: Document.ID.self), sending)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The deliveries of documents, by the names of their recipients.
    func addressed(_ documents: [Document.ID], at now: Timestamp) throws -> [Document.ID: [AddressedDispatch]]
    {
        guard !documents.isEmpty else { return [:] }
        let dispatches = try dispatches(ofAll: documents, at: now)
        let rows = try query(
            """
            SELECT account.id, account.honorific, account.given_name, account.family_name, practitioner.locality
            FROM account JOIN practitioner ON practitioner.account_id = account.id
            WHERE account.id IN (\(list: Array(Set(dispatches.map(\.accountID)))))
            ORDER BY account.family_name, account.id
            """)
        let delegates = try displayNames(of: Array(Set(dispatches.compactMap(\.otherOpener))))
        return try rows.reduce(into: [:]) { found, row in
            let account: Account.ID = try row.get("id")
            let names: [String] = [
                try row.get("honorific"), try row.get("given_name"), try row.get("family_name"),
            ]
            let locality: String = try row.get("locality")
            for dispatch in dispatches where dispatch.accountID == account {
                found[dispatch.documentID, default: []].append(
                    AddressedDispatch(
                        dispatch: dispatch, displayName: names.filter { !$0.isEmpty }.joined(separator: " "),
                        locality: locality, openedBy: dispatch.otherOpener.flatMap { delegates[$0] }))
            }
        }
    }
}
