public import Storage

/// All SQL that touches what systems outside are told. It reads the sender of a document and its readers, which
/// belong to `Documents`: an event is news in the transaction in which it is written, whoever writes it.
extension Transaction {
    /// Passes an event on: to the journal of the document's sender, to the readers' lists of changes, and to the
    /// outbox when the record system wants to be told. Called by `record`, and by nobody else.
    func tell(_ entry: AuditEntry, by actor: AuditActor, number: Int64, at now: Timestamp) throws {
        // what has no object, such as a look at a list, is news to nobody
        guard let object = entry.object else { return }
        if object.kind == "account", DocumentNews.forDirectory.contains(entry.event) {
            try markRecipient(object.id, at: now)
        }
        if object.kind == "patient", entry.outcome == .success,
            DocumentNews.forPatient.contains(entry.event)
        {
            return try tellOfPatient(object.id, event: number, at: now)
        }
        guard DocumentNews.forSender.contains(entry.event) else { return }
        switch object.kind {
        case "document":
            guard try keep(number, of: object.id, at: now) else { return }
            try markChanged(object.id, at: now)
            if entry.outcome == .success, DocumentNews.forReaders.contains(entry.event) {
                let recipient = DocumentNews.recipient(in: entry.detail)
                try markChanged(object.id, for: recipient, at: now)
                try callSubscribers(of: object.id, recipient: recipient, event: number, at: now)
            }
        case "masterIdentifier" where actor.kind == .client:
            try execute(
                """
                INSERT INTO document_event (event_id, document_id, sender_id, recorded_at)
                VALUES (\(number), NULL, \(actor.id), \(now))
                """)
        default: return
        }
        guard try isRecordFed() else { return }
        let key = RecordFeedJob.key(number)
        try enqueue(
            RecordFeedJob.outboxKind, key: key, payload: Array(String(number).utf8), id: key,
            at: now.rawValue,
            due: now.rawValue, expires: now.adding(days: RecordFeedJob.days).rawValue)
    }

    /// - Returns: false when there is no such document.
    private func keep(_ event: Int64, of document: String, at now: Timestamp) throws -> Bool {
        try execute(
            """
            INSERT INTO document_event (event_id, document_id, sender_id, recorded_at)
            SELECT CAST(\(event) AS BIGINT), document.id, document.sender_id, CAST(\(now) AS BIGINT)
            FROM document WHERE document.id = \(document)
            """) > 0
    }

    private func markChanged(_ document: String, at now: Timestamp) throws {
        // all but the first event of a document find its row
        let changed = try execute(
            """
            UPDATE document_change SET changed_at = \(now),
              version = version + CASE WHEN changed_at = \(now) THEN 0 ELSE 1 END
            WHERE document_id = \(document)
            """)
        guard changed == 0 else { return }
        try execute(
            """
            INSERT INTO document_change (document_id, sender_id, changed_at, version)
            SELECT document.id, document.sender_id, CAST(\(now) AS BIGINT), 1
            FROM document WHERE document.id = \(document)
            ON CONFLICT (document_id) DO UPDATE SET changed_at = excluded.changed_at,
              version = document_change.version
                + CASE WHEN document_change.changed_at = excluded.changed_at THEN 0 ELSE 1 END
            """)
    }

    /// - Parameter recipient: the reader whom it concerns; all of them when nil.
    private func markChanged(_ document: String, for recipient: String?, at now: Timestamp) throws {
        let one: SQLText = recipient.map { "AND account_id = \($0)" } ?? ""
        try execute(
            """
            INSERT INTO reader_change (account_id, document_id, changed_at)
            SELECT account_id, document_id, CAST(\(now) AS BIGINT) FROM document_reader
            WHERE document_id = \(document) \(sql: one)
            ON CONFLICT (account_id, document_id) DO UPDATE SET changed_at = excluded.changed_at
            """)
    }

    /// Somebody's documents name him otherwise now: each of them has changed for its sender and for its readers. Those
    /// that were taken back name nobody to their readers, and have not.
    private func tellOfPatient(_ patient: String, event: Int64, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO document_change (document_id, sender_id, changed_at, version)
            SELECT document.id, document.sender_id, CAST(\(now) AS BIGINT), 1
            FROM document WHERE document.patient_id = \(patient)
            ON CONFLICT (document_id) DO UPDATE SET changed_at = excluded.changed_at,
              version = document_change.version
                + CASE WHEN document_change.changed_at = excluded.changed_at THEN 0 ELSE 1 END
            """)
        try execute(
            """
            INSERT INTO reader_change (account_id, document_id, changed_at)
            SELECT reader.account_id, reader.document_id, CAST(\(now) AS BIGINT) FROM document
            JOIN document_reader reader ON reader.document_id = document.id
            WHERE document.patient_id = \(patient) AND document.state IN ('current', 'superseded')
            ON CONFLICT (account_id, document_id) DO UPDATE SET changed_at = excluded.changed_at
            """)
        try callSubscribers(ofPatient: patient, event: event, at: now)
    }

    private func markRecipient(_ account: String, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO recipient_change (account_id, changed_at, search_name)
            SELECT practitioner.account_id, CAST(\(now) AS BIGINT), '' FROM practitioner
            WHERE practitioner.account_id = \(account)
            ON CONFLICT (account_id) DO UPDATE SET changed_at = excluded.changed_at
            """)
    }

    /// Whether the trace of documents is pushed to the hospital's record system.
    public func isRecordFed() throws -> Bool {
        try known(.isRecordFed) {
            try first("SELECT 1 AS one FROM record_feed WHERE name = 'record'") != nil
        }
    }

    /// Says whether the trace of documents is pushed; all nodes share it.
    /// - Returns: whether that is new.
    func setRecordFeed(_ isOn: Bool, at now: Timestamp) throws -> Bool {
        guard isOn else {
            try cancelJobs(RecordFeedJob.outboxKind, reason: "the feed is switched off", at: now.rawValue)
            return try execute("DELETE FROM record_feed WHERE name = 'record'") > 0
        }
        return try execute(
            """
            INSERT INTO record_feed (name, since) VALUES ('record', \(now)) ON CONFLICT (name) DO NOTHING
            """) > 0
    }

    /// An event by the number of its row.
    public func auditRecord(number: Int64) throws -> AuditRecord? {
        try first("SELECT * FROM audit_event WHERE id = \(number)").map(AuditRecord.init)
    }

    /// Whether an older event of the same document still waits to be pushed: then this one waits too, so that the
    /// record system is told in order.
    public func hasOlderFeed(than event: Int64, of document: String) throws -> Bool {
        try first(
            """
            SELECT 1 AS one FROM audit_event
            JOIN outbox ON outbox.idempotency_key = 'recordFeed:' || CAST(audit_event.id AS TEXT)
            WHERE audit_event.object_id = \(document) AND audit_event.object_kind = 'document'
              AND audit_event.id < \(event) AND outbox.state IN ('waiting', 'running')
            LIMIT 1
            """) != nil
    }

    /// Events about the documents of a sender, oldest first.
    /// - Parameters:
    ///   - document: only those of this document; all when nil.
    ///   - master: of the document that its sender calls so too: also what was refused under this name.
    ///   - after: the last one of the page before.
    public func documentEvents(
        of sender: Client.ID, document: String?, master: String? = nil, from: Timestamp, until: Timestamp,
        after: (at: Timestamp, number: Int64)?, limit: Int
    ) throws -> [(number: Int64, record: AuditRecord)] {
        var one: SQLText = ""
        var journal: SQLText = "document_event"
        if document != nil || master != nil {
            // What was refused belongs to no document. CROSS JOIN: from these few events to the journal, and not through
            // all that the sender has.
            journal = """
                (SELECT id AS number FROM audit_event WHERE object_id = \(document ?? "") AND object_kind = 'document'
                 UNION ALL
                 SELECT id FROM audit_event WHERE object_id = \(master ?? "")
                   AND object_kind = 'masterIdentifier')
                AS asked CROSS JOIN document_event
                """
            one = "AND document_event.event_id = asked.number"
        }
        let start = after ?? (from, Int64.min)
        return try query(
            """
            SELECT audit_event.*, audit_event.id AS number FROM \(sql: journal)
            JOIN audit_event ON audit_event.id = document_event.event_id
            WHERE document_event.sender_id = \(sender) AND document_event.recorded_at >= \(from)
              AND document_event.recorded_at < \(until) \(sql: one)
              AND (document_event.recorded_at > \(start.at) OR (document_event.recorded_at = \(start.at)
                AND document_event.event_id > \(start.number)))
            ORDER BY document_event.recorded_at, document_event.event_id LIMIT \(limit)
            """
        ).map { (try $0.get("number"), try AuditRecord($0)) }
    }
}

extension Finding<Bool> {
    fileprivate static let isRecordFed = Finding("is fed", in: "record_feed")
}
