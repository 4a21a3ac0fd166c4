import Access
import Directory
import Storage

/// The lists. Each begins at `document_reader` of the viewer's space: what is not addressed to it cannot
/// appear.
extension Transaction {
    /// - Parameter isHidden: the documents that the preferences keep out of the list, in place of the list.
    private func condition(
        _ filter: InboxFilter, _ viewer: Viewer, isHidden: Bool = false, at now: Timestamp
    ) throws -> SQLText {
        var sql: SQLText =
            """
            reader.account_id = \(viewer.principalID) AND reader.is_superseded = FALSE
            AND reader.expires_at > \(now)
            """
        var choice = filter.isComplete ? DisplayChoice() : try displayChoice(of: viewer.principalID)
        // who asks for a type sees it, displayed or not
        if filter.typeCode != nil { choice.types = [] }
        let shown = shown(choice, to: viewer.principalID, at: now)
        if isHidden {
            sql = "\(sql: sql) AND NOT (\(sql: shown ?? "TRUE"))"
        } else if let shown {
            sql = "\(sql: sql) AND \(sql: shown)"
        }
        // not «= TRUE»: the index of their number has another order than the list
        if filter.isUnread == true { sql = "\(sql: sql) AND reader.is_unread <> FALSE" }
        if filter.isUnread == false { sql = "\(sql: sql) AND reader.is_unread = FALSE" }
        if let type = filter.typeCode { sql = "\(sql: sql) AND reader.type_code = \(type)" }
        if let service = filter.service { sql = "\(sql: sql) AND reader.service = \(service)" }
        if let patient = filter.patientID { sql = "\(sql: sql) AND reader.patient_id = \(patient)" }
        if let from = filter.from { sql = "\(sql: sql) AND reader.received_at >= \(from)" }
        if let until = filter.until { sql = "\(sql: sql) AND reader.received_at < \(until)" }
        for term in filter.terms { sql = "\(sql: sql) AND \(sql: found(term))" }
        return sql
    }

    /// What a choice shows of the documents of a space; nil: all.
    func shown(_ choice: DisplayChoice, to account: Account.ID, at now: Timestamp) -> SQLText? {
        let types: SQLText? = choice.types.isEmpty ? nil : "reader.type_code IN (\(list: choice.types))"
        guard let days = choice.patients.days else { return types }
        let patients: SQLText =
            """
            EXISTS (SELECT 1 FROM document_reader latest
              WHERE latest.account_id = \(account) AND latest.patient_id = reader.patient_id
                AND latest.is_superseded = FALSE AND latest.received_at > \(now.adding(days: -days)))
            """
        guard let types else { return patients }
        return "\(sql: types) AND \(sql: patients)"
    }

    private var inboxTables: SQLText {
        """
        FROM document_reader reader
        JOIN document ON document.id = reader.document_id
        JOIN patient ON patient.id = reader.patient_id
        """
    }

    private var rowColumns: SQLText {
        """
        SELECT document.id, document.title, document.service, document.type_code, document.page_count,
          document.version, document.authored_at, document.stay_number, document.stay_start,
            document.stay_end,
          reader.received_at, reader.opened_at, reader.opened_by, reader.own_opened_at, reader.is_unread,
          reader.expires_at, patient.id AS patient_id,
          patient.family_name, patient.given_name, patient.birth_date, patient.sex
        """
    }

    /// One page, newest first; `limit + 1` rows, so that the caller sees whether there are more.
    func inbox(
        _ filter: InboxFilter, of viewer: Viewer, _ place: InboxPlace, limit: Int, at now: Timestamp
    ) throws -> [InboxRow] {
        let condition = try condition(filter, viewer, at: now)
        let rows: [SQLRow]
        switch place {
        case .newest where filter.isOldestFirst:
            rows = try query(
                """
                \(sql: rowColumns) \(sql: inboxTables) WHERE \(sql: condition)
                ORDER BY reader.received_at, reader.document_id LIMIT \(limit + 1)
                """)
        case .newest:
            rows = try query(
                """
                \(sql: rowColumns) \(sql: inboxTables) WHERE \(sql: condition)
                ORDER BY reader.received_at DESC, reader.document_id DESC LIMIT \(limit + 1)
                """)
        case .before(let key):
            rows = try query(
                """
                \(sql: rowColumns) \(sql: inboxTables) WHERE \(sql: condition)
                  AND (reader.received_at, reader.document_id) < (\(key.receivedAt), \(key.id))
                ORDER BY reader.received_at DESC, reader.document_id DESC LIMIT \(limit + 1)
                """)
        case .after(let key):
            rows = try query(
                """
                \(sql: rowColumns) \(sql: inboxTables) WHERE \(sql: condition)
                  AND (reader.received_at, reader.document_id) > (\(key.receivedAt), \(key.id))
                ORDER BY reader.received_at, reader.document_id LIMIT \(limit + 1)
                """
            )
        }
        return try namingReaders(rows.map(InboxRow.init), for: viewer)
    }

    /// The row of one document, whatever the preferences show.
    func inboxRow(_ id: Document.ID, of viewer: Viewer, at now: Timestamp) throws -> InboxRow? {
        let row = try first(
            """
            \(sql: rowColumns) \(sql: inboxTables)
            WHERE reader.account_id = \(viewer.principalID) AND reader.document_id = \(id)
              AND reader.expires_at > \(now) AND document.state IN ('current', 'superseded')
            """)
        return try namingReaders(row.map { [try InboxRow($0)] } ?? [], for: viewer).first
    }

    /// The rows with who opened them instead of the viewer; a delegate is told nothing of others.
    private func namingReaders(_ rows: [InboxRow], for viewer: Viewer) throws -> [InboxRow] {
        guard viewer.acting == nil else { return rows }
        let openers = Set(rows.compactMap(\.otherOpener))
        guard !openers.isEmpty else { return rows }
        let names = try shortNames(of: Array(openers))
        return rows.map { row in
            var row = row
            row.readBy = row.otherOpener.flatMap { names[$0] }
            return row
        }
    }

    /// Counted up to `DocumentLimits.countedRows` + 1.
    func inboxCount(_ filter: InboxFilter, of viewer: Viewer, at now: Timestamp) throws -> Int {
        try count(where: try condition(filter, viewer, at: now))
    }

    /// How many documents match the filter and stay out of the list, because the preferences do not show their type or
    /// their patient. Counted like the list.
    func hiddenCount(_ filter: InboxFilter, of viewer: Viewer, at now: Timestamp) throws -> Int {
        guard !filter.isComplete, try !displayChoice(of: viewer.principalID).isEverything else { return 0 }
        return try count(where: try condition(filter, viewer, isHidden: true, at: now))
    }

    private func count(where condition: SQLText) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM
              (SELECT 1 AS one FROM document_reader reader WHERE \(sql: condition)
               LIMIT \(DocumentLimits.countedRows + 1)) AS counted
            """)?.get("n") ?? 0
    }

    /// The one definition of «non lu»: addressed to this space, never opened nor marked as read, not superseded, not
    /// expired, and of the documents that its preferences show. Lists, badges, titles, live pages all count here.
    func unreadCount(of account: Account.ID, at now: Timestamp) throws -> Int {
        let shown = shown(try displayChoice(of: account), to: account, at: now) ?? "TRUE"
        return try first(
            """
            SELECT COUNT(*) AS n FROM
              (SELECT 1 AS one FROM document_reader reader
               WHERE reader.account_id = \(account) AND reader.is_unread = TRUE
                 AND reader.is_superseded = FALSE AND reader.expires_at > \(now) AND \(sql: shown)
               LIMIT \(DocumentLimits.countedRows + 1)) AS counted
            """)?.get("n") ?? 0
    }

    /// When the next of the unread documents expires.
    func nextExpiry(ofUnread account: Account.ID, after now: Timestamp) throws -> Timestamp? {
        try first(
            """
            SELECT MIN(expires_at) AS next FROM document_reader
            WHERE account_id = \(account) AND is_superseded = FALSE AND is_unread = TRUE AND expires_at > \(now)
            """)?.get("next")
    }

    /// The types that occur in the space, for the filter. Jumps from one type to the next in the index, so
    /// that ten thousand letters of three types cost four look-ups.
    func types(of viewer: Viewer) throws -> [String] {
        let principal = viewer.principalID
        return try query(
            """
            WITH RECURSIVE found (type_code) AS (
              SELECT MIN(type_code) FROM document_reader WHERE account_id = \(principal)
              UNION ALL
              SELECT (SELECT MIN(reader.type_code) FROM document_reader reader
                      WHERE reader.account_id = \(principal) AND reader.type_code > found.type_code)
              FROM found WHERE found.type_code IS NOT NULL)
            SELECT type_code FROM found WHERE type_code IS NOT NULL LIMIT 100
            """
        ).map { try $0.get("type_code") }
    }

    /// The services that occur in the space, for the filter; found as the types are.
    func services(of viewer: Viewer) throws -> [String] {
        let principal = viewer.principalID
        return try query(
            """
            WITH RECURSIVE found (service) AS (
              SELECT MIN(service) FROM document_reader WHERE account_id = \(principal) AND service > ''
              UNION ALL
              SELECT (SELECT MIN(reader.service) FROM document_reader reader
                      WHERE reader.account_id = \(principal) AND reader.service > found.service)
              FROM found WHERE found.service IS NOT NULL)
            SELECT service FROM found WHERE service IS NOT NULL LIMIT 100
            """
        ).map { try $0.get("service") }
    }

    /// The patient, if a document about him is readable in the viewer's space.
    func patient(_ id: Patient.ID, visibleTo viewer: Viewer, at now: Timestamp) throws -> Patient? {
        try first(
            """
            SELECT patient.* FROM patient WHERE patient.id = \(id) AND EXISTS
              (SELECT 1 FROM document_reader reader
               WHERE reader.account_id = \(viewer.principalID) AND reader.patient_id = \(id)
                 AND reader.expires_at > \(now)
                 AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.document_id = reader.document_id))
            """
        ).map(Patient.init)
    }
}

extension InboxRow {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        title = try row.get("title")
        service = try row.get("service")
        typeCode = try row.get("type_code")
        pageCount = try row.get("page_count")
        version = try row.get("version")
        authoredAt = try row.get("authored_at")
        stay = Stay(
            system: "", number: try row.get("stay_number"), start: try row.get("stay_start"),
            end: try row.get("stay_end"))
        receivedAt = try row.get("received_at")
        openedAt = try row.get("opened_at")
        isUnread = try row.get("is_unread")
        let seen: Timestamp? = try row.get("own_opened_at")
        otherOpener = seen == nil && !isUnread ? try row.get("opened_by") : nil
        expiresAt = try row.get("expires_at")
        patientID = try row.get("patient_id")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        birthDate = try row.get("birth_date")
        sex = try row.get("sex")
    }
}
