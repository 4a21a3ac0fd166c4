public import Access
public import Storage

/// The SQL of searches by programs.
extension Transaction {
    /// What a filter asks of rows of `document`.
    public func condition(_ filter: DocumentFilter) -> SQLText {
        var condition: SQLText = "document.version > 0"
        if let states = filter.states {
            condition =
                "\(sql: condition) AND document.state IN (\(list: states.sorted { $0.rawValue < $1.rawValue }))"
        }
        if let patient = filter.patientID {
            condition = "\(sql: condition) AND document.patient_id = \(patient)"
        }
        if let master = filter.masterIdentifier {
            condition = "\(sql: condition) AND document.master_identifier = \(master)"
        }
        if let stay = filter.stayNumber {
            condition = "\(sql: condition) AND document.stay_number = \(stay)"
        }
        if let types = filter.typeCodes {
            condition = "\(sql: condition) AND document.type_code IN (\(list: types))"
        }
        if let classes = filter.classCodes {
            condition = "\(sql: condition) AND document.class_code IN (\(list: classes))"
        }
        if let authored = filter.authored {
            condition = """
                \(sql: condition) AND document.authored_at >= \(authored.from)
                AND document.authored_at < \(authored.until)
                """
        }
        return condition
    }

    /// Whether one document that was found by its identifier is among those asked for.
    /// - Parameter changedAt: when it last changed for the one who asks.
    public func matches(_ document: Document, _ filter: DocumentFilter, changedAt: Timestamp) throws -> Bool {
        guard filter.changed.from <= changedAt, changedAt < filter.changed.until else { return false }
        var filter = filter
        filter.patientID = try filter.patientID.map { try survivor(of: $0) }
        return try first(
            """
            SELECT 1 AS one FROM document WHERE document.id = \(document.id) AND \(sql: condition(filter))
            """) != nil
    }

    /// What changed for the sender of documents, oldest first, with how often it did. The sender stands there twice: by
    /// him and his identifier one document is found without a walk through all of his.
    public func documents(
        sentBy client: Client.ID, _ filter: DocumentFilter, after: ChangeKey?, limit: Int
    ) throws -> [(document: Document, changedAt: Timestamp, version: Int)] {
        let start = after ?? ChangeKey(at: filter.changed.from, id: Document.ID(rawValue: ""))
        return try query(
            """
            SELECT \(sql: documentColumns), change.changed_at, change.version AS change_version
            FROM document_change change JOIN document ON document.id = change.document_id
            WHERE change.sender_id = \(client) AND document.sender_id = \(client)
              AND change.changed_at >= \(filter.changed.from)
              AND change.changed_at < \(filter.changed.until)
              AND (change.changed_at > \(start.at) OR (change.changed_at = \(start.at)
                AND change.document_id > \(start.id)))
              AND \(sql: condition(filter))
            ORDER BY change.changed_at, change.document_id LIMIT \(limit)
            """
        ).map { (try Document($0), try $0.get("changed_at"), try $0.get("change_version")) }
    }

    /// When a document last changed for its sender, and how often.
    public func change(of id: Document.ID) throws -> (at: Timestamp, version: Int)? {
        try first("SELECT changed_at, version FROM document_change WHERE document_id = \(id)")
            .map { (try $0.get("changed_at"), try $0.get("version")) }
    }

    /// What changed for the reader in whose space the viewer is: what he may read now, and what was taken back from
    /// him.
    func documents(
        readableBy viewer: Viewer, _ filter: DocumentFilter, after: ChangeKey?, limit: Int, at now: Timestamp
    ) throws -> [(document: Document, changedAt: Timestamp)] {
        let start = after ?? ChangeKey(at: filter.changed.from, id: Document.ID(rawValue: ""))
        // who was addressed by mistake does not find out of whom by asking for patients
        let gone: SQLText = filter.patientID == nil ? "OR document.state = 'withdrawn'" : ""
        return try query(
            """
            SELECT \(sql: documentColumns), change.changed_at FROM reader_change change
            JOIN document_reader reader ON reader.account_id = change.account_id
              AND reader.document_id = change.document_id
            JOIN document ON document.id = change.document_id
            WHERE change.account_id = \(viewer.principalID) AND change.changed_at >= \(filter.changed.from)
              AND change.changed_at < \(filter.changed.until)
              AND (change.changed_at > \(start.at) OR (change.changed_at = \(start.at)
                AND change.document_id > \(start.id)))
              AND ((reader.expires_at > \(now) AND document.state IN ('current', 'superseded'))
                \(sql: gone))
              AND \(sql: condition(filter))
            ORDER BY change.changed_at, change.document_id LIMIT \(limit)
            """
        ).map { (try Document($0), try $0.get("changed_at")) }
    }

    /// One document of the same list, and when it changed for this reader.
    func document(_ id: Document.ID, listedFor viewer: Viewer, at now: Timestamp) throws -> (
        document: Document, changedAt: Timestamp
    )? {
        try first(
            """
            SELECT \(sql: documentColumns), change.changed_at FROM document_reader reader
            JOIN reader_change change ON change.account_id = reader.account_id
              AND change.document_id = reader.document_id
            JOIN document ON document.id = reader.document_id
            WHERE reader.account_id = \(viewer.principalID) AND reader.document_id = \(id)
              AND ((reader.expires_at > \(now) AND document.state IN ('current', 'superseded'))
                OR document.state = 'withdrawn')
            """
        ).map { (try Document($0), try $0.get("changed_at")) }
    }

    /// The senders' identifiers of documents that others replace.
    func masterIdentifiers(of ids: [Document.ID]) throws -> [Document.ID: String] {
        guard !ids.isEmpty else { return [:] }
        return try query("SELECT id, master_identifier FROM document WHERE id IN (\(list: ids))")
            .reduce(into: [:]) { $0[try $1.get("id")] = try $1.get("master_identifier", as: String.self) }
    }

    func patients(_ ids: [Patient.ID]) throws -> [Patient.ID: Patient] {
        guard !ids.isEmpty else { return [:] }
        return try query("SELECT * FROM patient WHERE id IN (\(list: ids))").map(Patient.init)
            .reduce(into: [:]) { $0[$1.id] = $1 }
    }
}
