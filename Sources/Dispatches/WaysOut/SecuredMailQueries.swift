import Access
import Documents
import Storage

/// All SQL that touches secured mails.
extension Transaction {
    /// One for each recipient of a document: what did not leave begins anew, under another token.
    func insertSecuredMail(
        _ token: String, _ document: Document.ID, to account: Account.ID, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO secured_mail (token, document_id, account_id, state, created_at)
            VALUES (\(token), \(document), \(account), 'waiting', \(now))
            ON CONFLICT (document_id, account_id) DO UPDATE SET token = excluded.token, state = 'waiting',
              created_at = excluded.created_at, sent_at = NULL, settled_at = NULL, reason = NULL
            WHERE secured_mail.state = 'cancelled'
            """)
    }

    /// Of a mail that did not leave, and whose document is in the portal after all.
    func markFallenBack(_ document: Document.ID, to account: Account.ID) throws {
        try execute(
            """
            UPDATE secured_mail SET state = 'fellBack'
            WHERE document_id = \(document) AND account_id = \(account) AND state = 'cancelled'
            """)
    }

    func securedMail(_ token: String) throws -> SecuredMail? {
        try first("SELECT * FROM secured_mail WHERE token = \(token)").map { row in
            SecuredMail(
                token: try row.get("token"), documentID: try row.get("document_id"),
                accountID: try row.get("account_id"), state: try row.get("state"))
        }
    }

    func markSent(_ mail: SecuredMail, at now: Timestamp) throws {
        try execute(
            """
            UPDATE secured_mail SET state = 'sent', sent_at = \(now)
            WHERE token = \(mail.token) AND state = 'waiting'
            """)
    }

    func markDelivered(_ mail: SecuredMail, at now: Timestamp) throws {
        try execute(
            """
            UPDATE secured_mail SET state = 'delivered', settled_at = \(now)
            WHERE token = \(mail.token) AND state = 'sent'
            """)
    }

    /// - Returns: false when it was settled before.
    func settle(_ mail: SecuredMail, as state: SecuredMail.State, reason: String?, at now: Timestamp) throws
        -> Bool
    {
        try execute(
            """
            UPDATE secured_mail SET state = \(state), settled_at = \(now), reason = \(reason)
            WHERE token = \(mail.token) AND state IN ('waiting', 'sent', 'delivered')
            """) == 1
    }
}
