public import Access
public import Storage

/// One reader whose life of a document is over.
struct EndingReader: Sendable, Hashable {
    let accountID: Account.ID
    let documentID: Document.ID
}

/// All SQL that touches how long documents live, what holds them, and requests for new releases.
extension Transaction {
    /// Readers whose time is over and was not ended yet, the oldest first.
    func endingReaders(limit: Int, at now: Timestamp) throws -> [EndingReader] {
        try query(
            """
            SELECT account_id, document_id FROM document_reader
            WHERE ended_at IS NULL AND expires_at <= \(now) ORDER BY expires_at LIMIT \(limit)
            """
        ).map { EndingReader(accountID: try $0.get("account_id"), documentID: try $0.get("document_id")) }
    }

    func end(_ reader: EndingReader, at now: Timestamp) throws {
        try execute(
            """
            UPDATE document_reader SET ended_at = \(now), is_warning_due = FALSE
            WHERE account_id = \(reader.accountID) AND document_id = \(reader.documentID)
            """)
    }

    /// Lets go of what is not held any more.
    /// - Returns: the documents concerned.
    func endHolds(limit: Int, at now: Timestamp) throws -> [Document.ID] {
        try query(
            """
            DELETE FROM document_hold WHERE (document_id, kind) IN
              (SELECT document_id, kind FROM document_hold WHERE until_at <= \(now)
               ORDER BY until_at LIMIT \(limit))
            RETURNING document_id
            """
        ).map { try $0.get("document_id") }
    }

    /// Whether anybody may still need the contents: a reader, or a way out that is not finished.
    func isAlive(_ id: Document.ID, at now: Timestamp) throws -> Bool {
        try first(
            """
            SELECT 1 AS one FROM document WHERE id = \(id) AND (
              EXISTS (SELECT 1 FROM document_reader
                      WHERE document_id = \(id) AND ended_at IS NULL AND expires_at > \(now))
              OR EXISTS (SELECT 1 FROM document_hold WHERE document_id = \(id) AND until_at > \(now)))
            """) != nil
    }

    func markExpired(_ id: Document.ID) throws {
        try execute(
            "UPDATE document SET state = 'expired' WHERE id = \(id) AND state IN ('current', 'superseded')")
    }

    /// Keeps the contents of a document until a moment, whoever reads it; a later end than before only.
    public func hold(_ id: Document.ID, for kind: DocumentHold, until end: Timestamp) throws {
        try execute(
            """
            INSERT INTO document_hold (document_id, kind, until_at) VALUES (\(id), \(kind), \(end))
            ON CONFLICT (document_id, kind) DO UPDATE SET until_at = excluded.until_at
            WHERE document_hold.until_at < excluded.until_at
            """)
    }

    /// Lets go of a document before the time.
    public func letGo(_ id: Document.ID, of kind: DocumentHold) throws {
        // ended with the others, so that contents that nobody needs any more go with it
        try execute("UPDATE document_hold SET until_at = 0 WHERE document_id = \(id) AND kind = \(kind)")
    }

    func extend(_ id: Document.ID, of account: Account.ID, until end: Timestamp, at now: Timestamp) throws {
        try execute(
            """
            UPDATE document_reader SET expires_at = \(end), extended_at = \(now), warned_days = 100000,
              is_warning_due = FALSE
            WHERE account_id = \(account) AND document_id = \(id)
            """)
    }

    /// Marks readers who come within so many days of the end for the first time.
    /// - Returns: their spaces, one for each document.
    public func warnReaders(days: Int, limit: Int, at now: Timestamp) throws -> [Account.ID] {
        try query(
            """
            UPDATE document_reader SET warned_days = \(days), is_warning_due = TRUE
            WHERE (account_id, document_id) IN
              (SELECT account_id, document_id FROM document_reader
               WHERE ended_at IS NULL AND expires_at > \(now) AND expires_at <= \(now.adding(days: days))
                 AND warned_days > \(days) AND is_superseded = FALSE
               ORDER BY expires_at LIMIT \(limit))
            RETURNING account_id
            """
        ).map { try $0.get("account_id") }
    }

    /// What a warning mail says: how many documents, and when the first of them ends.
    public func dueWarnings(of account: Account.ID, at now: Timestamp) throws -> (
        count: Int, first: Timestamp?
    ) {
        let row = try first(
            """
            SELECT COUNT(*) AS n, MIN(expires_at) AS first_end FROM document_reader
            WHERE account_id = \(account) AND is_warning_due = TRUE AND expires_at > \(now)
              AND is_superseded = FALSE
            """)
        guard let row else { return (0, nil) }
        let first: Timestamp? = try row.get("first_end")
        return (try row.get("n"), first)
    }

    public func clearWarnings(of account: Account.ID) throws {
        try execute(
            """
            UPDATE document_reader SET is_warning_due = FALSE
            WHERE account_id = \(account) AND is_warning_due = TRUE
            """)
    }

    func countAskedAgain(by account: Account.ID, since start: Timestamp) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM renewal_request
            WHERE account_id = \(account) AND asked_at > \(start)
            """)?.get("n") ?? 0
    }

    /// A wish that was answered makes room for the next one; what was answered stays in the trail.
    /// - Returns: false when one waits.
    func askAgain(_ id: Document.ID, for account: Account.ID, by person: Account.ID, at now: Timestamp) throws
        -> Bool
    {
        try execute(
            """
            INSERT INTO renewal_request (document_id, account_id, asked_by, asked_at)
            VALUES (\(id), \(account), \(person), \(now))
            ON CONFLICT (document_id, account_id) DO UPDATE SET asked_by = excluded.asked_by,
              asked_at = excluded.asked_at, settled_by = NULL, settled_at = NULL, answer = NULL, reason = NULL
            WHERE renewal_request.settled_at IS NOT NULL
            """) == 1
    }

    /// Requests for new releases of what a viewer's services sent, the oldest first.
    /// - Parameter isSettled: those that somebody has done with, instead of those that wait.
    public func askedAgain(isSettled: Bool, followedBy viewer: ServiceViewer, limit: Int) throws
        -> [AskedAgain]
    {
        let waiting: SQLText = isSettled ? "IS NOT NULL" : "IS NULL"
        let order: SQLText = isSettled ? "settled_at DESC" : "asked_at"
        let rows = try query(
            """
            SELECT renewal_request.document_id, renewal_request.account_id, renewal_request.asked_at,
              renewal_request.settled_at, renewal_request.answer, renewal_request.reason, reader.expires_at
            FROM renewal_request
            JOIN document_reader reader ON reader.document_id = renewal_request.document_id
              AND reader.account_id = renewal_request.account_id
            JOIN document ON document.id = renewal_request.document_id
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE renewal_request.settled_at \(sql: waiting) AND \(sql: followed(by: viewer))
            ORDER BY renewal_request.\(sql: order) LIMIT \(limit)
            """)
        return try rows.compactMap { row in
            let accountID: Account.ID = try row.get("account_id")
            guard let document = try self.document(row.get("document_id", as: Document.ID.self)),
                let patient = try self.patient(document.patientID), let account = try self.account(accountID)
            else { return nil }
            return AskedAgain(
                document: document, patient: patient, accountID: accountID,
                recipientName: account.displayName, expiredAt: try row.get("expires_at"),
                askedAt: try row.get("asked_at"), settledAt: try row.get("settled_at"),
                answer: try row.get("answer"), reason: try row.get("reason"))
        }
    }

    /// How many wait for a viewer's services.
    public func countAskedAgain(followedBy viewer: ServiceViewer) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM renewal_request
            JOIN document ON document.id = renewal_request.document_id
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE renewal_request.settled_at IS NULL AND \(sql: followed(by: viewer))
            """)?.get("n") ?? 0
    }

    /// Those that nobody of a service sees, by service, the oldest first.
    public func unfollowedWishes(limit: Int) throws -> [UnfollowedWishes] {
        try query(
            """
            SELECT document.service AS service_name, COUNT(*) AS n, MIN(renewal_request.asked_at) AS oldest
            FROM renewal_request
            JOIN document ON document.id = renewal_request.document_id
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE renewal_request.settled_at IS NULL AND NOT \(sql: somebodyFollows)
            GROUP BY document.service ORDER BY oldest LIMIT \(limit)
            """
        ).map {
            UnfollowedWishes(
                service: try $0.get("service_name"), count: try $0.get("n"), oldest: try $0.get("oldest"))
        }
    }

    /// - Returns: false when it does not wait any more.
    public func settleAskedAgain(
        _ id: Document.ID, for account: Account.ID, _ answer: RenewalAnswer, _ reason: RenewalReason,
        by person: Account.ID, at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE renewal_request SET settled_at = \(now), settled_by = \(person), answer = \(answer),
              reason = \(reason.text)
            WHERE document_id = \(id) AND account_id = \(account) AND settled_at IS NULL
            """) == 1
    }
}

/// What keeps the contents of a document besides its readers.
public enum DocumentHold: String, Sendable, SQLBindable, SQLDecodable {
    /// A mail that may still come back.
    case mail
    /// A letter that waits to be printed, or may be printed again.
    case post
    /// A publication to the national record that is under way.
    case record
}
