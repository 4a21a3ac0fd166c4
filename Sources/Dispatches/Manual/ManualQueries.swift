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

    /// The recipients of documents, with each step that was reached.
    func steps(of documents: [Document.ID]) throws -> [Document.ID: [RecipientSteps]] {
        guard !documents.isEmpty else { return [:] }
        let rows = try query(
            """
            SELECT dispatch.document_id, dispatch.account_id, dispatch.gln, dispatch.created_at,
              dispatch.notified_at, reader.opened_at, reader.downloaded_at, reader.expires_at,
              secured_mail.sent_at AS mailed_at, post_item.settled_at AS posted_at,
              account.honorific, account.given_name, account.family_name, practitioner.locality
            FROM dispatch
            LEFT JOIN document_reader reader ON reader.account_id = dispatch.account_id
              AND reader.document_id = dispatch.document_id
            LEFT JOIN secured_mail ON secured_mail.document_id = dispatch.document_id
              AND secured_mail.account_id = dispatch.account_id AND secured_mail.state IN ('sent', 'delivered')
            LEFT JOIN post_item ON post_item.document_id = dispatch.document_id
              AND post_item.account_id = dispatch.account_id AND post_item.state = 'exported'
            JOIN account ON account.id = dispatch.account_id
            JOIN practitioner ON practitioner.account_id = dispatch.account_id
            WHERE dispatch.document_id IN (\(list: documents))
            ORDER BY dispatch.document_id, account.family_name, dispatch.gln
            """)
        return Dictionary(
            grouping: try rows.map { row in
                let names: [String] = [
                    try row.get("honorific"), try row.get("given_name"), try row.get("family_name"),
                ]
                return (
                    try row.get("document_id", as: Document.ID.self),
                    RecipientSteps(
                        accountID: try row.get("account_id"), gln: try row.get("gln"),
                        displayName: names.filter { !$0.isEmpty }.joined(separator: " "),
                        locality: try row.get("locality"), depositedAt: try row.get("created_at"),
                        notifiedAt: try row.get("notified_at"), openedAt: try row.get("opened_at"),
                        downloadedAt: try row.get("downloaded_at"), mailedAt: try row.get("mailed_at"),
                        postedAt: try row.get("posted_at"), expiresAt: try row.get("expires_at"))
                )
            }, by: \.0
        ).mapValues { $0.map(\.1) }
    }
}
