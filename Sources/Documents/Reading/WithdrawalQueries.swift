public import Access
public import Storage

/// All SQL that touches withdrawals, and what a reader is told of documents that are gone.
extension Transaction {
    /// Takes a document away from its readers: it leaves the lists and cannot be opened.
    /// - Parameter reason: the hospital's words to the readers, at most 500 characters.
    public func withdraw(_ id: Document.ID, reason: String?, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO withdrawal (document_id, reason, withdrawn_at) VALUES (\(id), \(reason), \(now))
            """)
        try execute("UPDATE document SET state = 'withdrawn' WHERE id = \(id)")
        try execute("UPDATE document_reader SET is_superseded = TRUE WHERE document_id = \(id)")
        try forgetWords(of: id)
        try wakeReaders(of: id)
    }

    /// When a document was taken back.
    public func withdrawnAt(_ id: Document.ID) throws -> Timestamp? {
        try first("SELECT withdrawn_at FROM withdrawal WHERE document_id = \(id)")?.get("withdrawn_at")
    }

    /// Keeps what a scanner called it, with a withdrawal.
    /// - Returns: false when it was known before.
    public func markInfected(_ id: Document.ID, _ malware: String) throws -> Bool {
        try execute(
            "UPDATE withdrawal SET malware = \(malware) WHERE document_id = \(id) AND malware IS NULL") == 1
    }

    /// What a scanner called it; nil for what was taken back by somebody, or was not.
    public func malware(in id: Document.ID) throws -> String? {
        try first("SELECT malware FROM withdrawal WHERE document_id = \(id)")?.get("malware")
    }

    private var goneColumns: SQLText {
        """
        SELECT document.id, document.type_code, document.service, document.state, reader.received_at,
          reader.opened_at, reader.expires_at, withdrawal.reason, withdrawal.withdrawn_at,
          withdrawal.malware, newer.document_id AS newer_id, successor.id AS successor_id,
          renewal_request.asked_at, renewal_request.settled_at, renewal_request.answer,
          renewal_request.reason AS answer_reason, patient.id AS patient_id,
          patient.system AS patient_system, patient.number AS patient_number, patient.family_name,
          patient.given_name, patient.birth_date, patient.sex
        FROM document_reader reader
        JOIN document ON document.id = reader.document_id
        JOIN patient ON patient.id = reader.patient_id
        LEFT JOIN withdrawal ON withdrawal.document_id = document.id
        LEFT JOIN document successor ON successor.replaces_id = document.id
        LEFT JOIN document_reader newer ON newer.document_id = successor.id
          AND newer.account_id = reader.account_id
        LEFT JOIN renewal_request ON renewal_request.document_id = reader.document_id
          AND renewal_request.account_id = reader.account_id
        """
    }

    /// The same of what went by mail and was taken back: it never lay in the space, so that no row of a reader names it. The
    /// mails belong to `Dispatches`. Whether the mail was opened nobody knows: the patient is not told.
    private var mailedColumns: SQLText {
        """
        SELECT document.id, document.type_code, document.service, document.state, mail.sent_at AS received_at,
          CAST(NULL AS BIGINT) AS opened_at, withdrawal.withdrawn_at AS expires_at, withdrawal.reason,
          withdrawal.withdrawn_at, withdrawal.malware, newer.document_id AS newer_id,
          successor.id AS successor_id,
          CAST(NULL AS BIGINT) AS asked_at
        FROM withdrawal
        JOIN document ON document.id = withdrawal.document_id
        JOIN secured_mail mail ON mail.document_id = withdrawal.document_id
          AND mail.state IN ('sent', 'delivered')
        LEFT JOIN document successor ON successor.replaces_id = document.id
        LEFT JOIN document_reader newer ON newer.document_id = successor.id
          AND newer.account_id = mail.account_id
        """
    }

    /// What this space was given and can no longer open; nil for anything else.
    func gone(_ id: Document.ID, for viewer: Viewer, at now: Timestamp) throws -> GoneDocument? {
        let own = try first(
            """
            \(sql: goneColumns)
            WHERE reader.account_id = \(viewer.principalID) AND reader.document_id = \(id)
              AND (reader.expires_at <= \(now) OR document.state IN ('withdrawn', 'expired'))
            """)
        let row =
            try own
            ?? first(
                """
                \(sql: mailedColumns)
                WHERE mail.account_id = \(viewer.principalID) AND withdrawal.document_id = \(id)
                """)
        return try row.map(GoneDocument.init)
    }

    /// What was taken back, versions of one document once: the newest.
    func withdrawals(since: Timestamp, of viewer: Viewer, limit: Int) throws -> [GoneDocument] {
        let own = try query(
            """
            \(sql: goneColumns)
            WHERE reader.account_id = \(viewer.principalID) AND withdrawal.withdrawn_at > \(since)
              AND NOT EXISTS (SELECT 1 FROM withdrawal later WHERE later.document_id = newer.document_id)
            ORDER BY withdrawal.withdrawn_at DESC, withdrawal.document_id LIMIT \(limit)
            """)
        let mailed = try query(
            """
            \(sql: mailedColumns)
            WHERE mail.account_id = \(viewer.principalID) AND withdrawal.withdrawn_at > \(since)
              AND NOT EXISTS (SELECT 1 FROM withdrawal later WHERE later.document_id = successor.id)
            ORDER BY withdrawal.withdrawn_at DESC, withdrawal.document_id LIMIT \(limit)
            """)
        guard !mailed.isEmpty else { return try own.map(GoneDocument.init) }
        let all = try (own + mailed).map { row in
            (at: try row.get("withdrawn_at", as: Timestamp.self), gone: try GoneDocument(row))
        }
        return all.sorted { ($1.at, $0.gone.id.rawValue) < ($0.at, $1.gone.id.rawValue) }
            .prefix(limit).map(\.gone)
    }

    /// Which documents were taken back from the viewer's space since a moment, the newest first. Begins at the few that
    /// were taken back lately, not at the many of the space: every open page asks.
    func takenBack(from viewer: Viewer, since: Timestamp, limit: Int) throws -> [Document.ID] {
        try query(
            """
            SELECT withdrawal.document_id FROM withdrawal
            WHERE withdrawal.withdrawn_at > \(since) AND EXISTS
              (SELECT 1 FROM document_reader reader
               WHERE reader.account_id = \(viewer.principalID)
                 AND reader.document_id = withdrawal.document_id)
            ORDER BY withdrawal.withdrawn_at DESC, withdrawal.document_id LIMIT \(limit)
            """
        ).map { try $0.get("document_id") }
    }
}

extension GoneDocument {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        typeCode = try row.get("type_code")
        service = try row.get("service")
        receivedAt = try row.get("received_at")
        openedAt = try row.get("opened_at")
        let withdrawn: Timestamp? = try row.get("withdrawn_at")
        cause =
            if let withdrawn { .withdrawn(reason: try row.get("reason"), at: withdrawn) } else {
                .expired(at: try row.get("expires_at"))
            }
        isMalware = try row.get("malware", as: String?.self) != nil
        replacement = try row.get("newer_id")
        isReplaced = try row.get("successor_id", as: String?.self) != nil
        let asked: Timestamp? = try row.get("asked_at")
        wish = try asked.map {
            RenewalWish(
                askedAt: $0, settledAt: try row.get("settled_at"), answer: try row.get("answer"),
                reason: try row.get("answer_reason"))
        }
        patient =
            withdrawn == nil || openedAt != nil
            ? Patient(
                id: try row.get("patient_id"), system: try row.get("patient_system"),
                number: try row.get("patient_number"), familyName: try row.get("family_name"),
                givenName: try row.get("given_name"), birthDate: try row.get("birth_date"),
                sex: try row.get("sex")) : nil
    }
}
