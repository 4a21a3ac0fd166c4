import Access
import Directory
import Storage

/// The patients of a space: like the lists of documents, each begins at `document_reader` of the viewer's space.
extension Transaction {
    private func condition(_ filter: PatientFilter, _ viewer: Viewer, at now: Timestamp) throws -> SQLText {
        let choice = filter.isComplete ? DisplayChoice() : try displayChoice(of: viewer.principalID)
        var sql: SQLText =
            """
            reader.account_id = \(viewer.principalID) AND reader.is_superseded = FALSE
            AND reader.expires_at > \(now)
            """
        if let shown = shown(choice, to: viewer.principalID, at: now) {
            sql = "\(sql: sql) AND \(sql: shown)"
        }
        for word in SearchWords.words(filter.words) {
            sql = "\(sql: sql) AND (\(sql: isNamed(SearchWords.patterns(word))))"
        }
        return sql
    }

    /// By name, then by birth date; those of one name and birth date by their pseudonym.
    /// - Parameter mark: the patient after whom they come, or before whom with `isBackwards`, then in reverse order.
    func patients(
        _ filter: PatientFilter, from mark: Patient?, isBackwards: Bool, limit: Int, of viewer: Viewer,
        at now: Timestamp
    ) throws -> [PatientRow] {
        var condition = try condition(filter, viewer, at: now)
        if let mark {
            let place: SQLText =
                "(\(mark.familyName), \(mark.givenName), \(mark.birthDate), \(mark.id))"
            let key: SQLText =
                "(patient.family_name, patient.given_name, patient.birth_date, patient.id)"
            condition =
                isBackwards
                ? "\(sql: condition) AND \(sql: key) < \(sql: place)"
                : "\(sql: condition) AND \(sql: key) > \(sql: place)"
        }
        let having: SQLText =
            filter.hasUnread ? "HAVING SUM(CASE WHEN reader.is_unread = TRUE THEN 1 ELSE 0 END) > 0" : ""
        let order: SQLText =
            isBackwards
            ? "family_name DESC, given_name DESC, birth_date DESC, id DESC"
            : "family_name, given_name, birth_date, id"
        return try query(
            """
            SELECT patient.*, COUNT(*) AS documents, MAX(reader.received_at) AS newest,
              SUM(CASE WHEN reader.is_unread = TRUE THEN 1 ELSE 0 END) AS unread
            FROM document_reader reader
            JOIN patient ON patient.id = reader.patient_id
            WHERE \(sql: condition)
            GROUP BY patient.id, patient.system, patient.number, patient.family_name, patient.given_name,
              patient.birth_date, patient.sex, patient.search_name
            \(sql: having)
            ORDER BY \(sql: order) LIMIT \(limit)
            """
        ).map(PatientRow.init)
    }

    /// How many patients match, on all pages.
    func patientCount(_ filter: PatientFilter, of viewer: Viewer, at now: Timestamp) throws -> Int {
        var condition = try condition(filter, viewer, at: now)
        if filter.hasUnread { condition = "\(sql: condition) AND reader.is_unread = TRUE" }
        return try first(
            """
            SELECT COUNT(DISTINCT reader.patient_id) AS n FROM document_reader reader
            JOIN patient ON patient.id = reader.patient_id WHERE \(sql: condition)
            """)?.get("n") ?? 0
    }
}

extension PatientRow {
    init(_ row: SQLRow) throws {
        patient = try Patient(row)
        documents = try row.get("documents")
        unread = try row.get("unread")
        newestAt = try row.get("newest")
    }
}
