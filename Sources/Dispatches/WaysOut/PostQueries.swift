import Access
import Directory
import Documents
import Storage

/// All SQL that touches the queue of letters.
extension Transaction {
    /// - Returns: false when the same was queued before.
    func insertPostItem(
        _ id: PostItem.ID, _ document: Document.ID, for account: Account.ID?, to addressee: PostAddressee,
        _ reason: PostItem.Reason, key: String, by person: Account.ID?, at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            INSERT INTO post_item (id, document_id, account_id, request_key, address, reason, state, queued_at,
              queued_by)
            VALUES (\(id), \(document), \(account), \(key), \(addressee.text), \(reason), 'waiting', \(now),
              \(person))
            ON CONFLICT (request_key) DO NOTHING
            """) == 1
    }

    /// Lets a letter wait again that was cancelled or dropped, because somebody asks for it.
    func revivePostItem(
        _ key: String, to addressee: PostAddressee, by person: Account.ID?, at now: Timestamp
    ) throws -> PostItem.ID? {
        try first(
            """
            UPDATE post_item SET state = 'waiting', reason = 'asked', address = \(addressee.text),
              queued_at = \(now), queued_by = \(person), settled_at = NULL
            WHERE request_key = \(key) AND state IN ('cancelled', 'dropped')
            RETURNING id
            """)?.get("id")
    }

    /// Letters of documents, those too that were cancelled or dropped.
    func letters(of documents: [Document.ID]) throws -> [Document.ID: [SentLetter]] {
        guard !documents.isEmpty else { return [:] }
        let rows = try query(
            """
            SELECT document_id, account_id, address, state, queued_at, settled_at FROM post_item
            WHERE document_id IN (\(list: documents))
            ORDER BY queued_at, id
            """)
        return try rows.reduce(into: [:]) { letters, row in
            let lines = try row.get("address", as: String.self).split(separator: "\n").map(String.init)
            guard let addressee = PostAddressee(lines: lines) else { return }
            let settled: Timestamp? = try row.get("settled_at")
            letters[try row.get("document_id"), default: []].append(
                SentLetter(
                    accountID: try row.get("account_id"), addressee: addressee,
                    state: try row.get("state"), at: try settled ?? row.get("queued_at")))
        }
    }

    func waitingLetters(of document: Document.ID) throws -> [PostItem.ID] {
        try query(
            "SELECT id FROM post_item WHERE document_id = \(document) AND state = 'waiting' ORDER BY id"
        ).map { try $0.get("id") }
    }

    func postItem(_ id: PostItem.ID) throws -> PostItem? {
        try first("SELECT * FROM post_item WHERE id = \(id)").flatMap(postItem)
    }

    /// Letters in this state, those that wait the longest first.
    /// - Parameter viewer: whose services sent the documents; nil: all, for the operator.
    func postItems(_ state: PostItem.State, followedBy viewer: ServiceViewer?, limit: Int) throws
        -> [PostItem]
    {
        try query(
            """
            \(sql: letters(followedBy: viewer)) AND post_item.state = \(state)
            ORDER BY post_item.queued_at, post_item.id LIMIT \(limit)
            """
        ).compactMap(postItem)
    }

    func postItems(ofExport id: String, followedBy viewer: ServiceViewer?) throws -> [PostItem] {
        try query(
            """
            \(sql: letters(followedBy: viewer)) AND post_item.export_id = \(id) AND post_item.state = 'exported'
            ORDER BY post_item.id LIMIT \(PostLimits.perExport)
            """
        ).compactMap(postItem)
    }

    private func letters(followedBy viewer: ServiceViewer?) -> SQLText {
        let condition: SQLText = viewer.map { followed(by: $0) } ?? "TRUE"
        return """
            SELECT post_item.* FROM post_item JOIN document ON document.id = post_item.document_id
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE \(sql: condition)
            """
    }

    private func postItem(_ row: SQLRow) throws -> PostItem? {
        guard let document = try document(row.get("document_id", as: Document.ID.self)),
            let patient = try patient(document.patientID),
            let addressee = PostAddressee(
                lines: try row.get("address", as: String.self).split(separator: "\n").map(String.init))
        else { return nil }
        return PostItem(
            id: try row.get("id"), document: document, patient: patient, accountID: try row.get("account_id"),
            addressee: addressee, reason: try row.get("reason"), state: try row.get("state"),
            queuedAt: try row.get("queued_at"), settledAt: try row.get("settled_at"),
            exportID: try row.get("export_id"))
    }

    /// - Returns: false when it is not in the state `from` any more.
    func advance(
        _ id: PostItem.ID, from: PostItem.State, to: PostItem.State, export: String? = nil, at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            UPDATE post_item SET state = \(to), settled_at = \(now), export_id = \(export)
            WHERE id = \(id) AND state = \(from)
            """) == 1
    }

    func insertPostExport(_ id: String, by person: Account.ID?, items: Int, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO post_export (id, exported_at, exported_by, items)
            VALUES (\(id), \(now), \(person), \(items))
            """)
    }

    /// Letters that wait only because nobody had read the document, and which somebody has read meanwhile; and those
    /// whose document is not to be read any more.
    func needlessPostItems(limit: Int) throws -> [PostItem.ID] {
        try query(
            """
            SELECT post_item.id FROM post_item
            JOIN document ON document.id = post_item.document_id
            LEFT JOIN document_reader reader ON reader.document_id = post_item.document_id
              AND reader.account_id = post_item.account_id
            WHERE post_item.state = 'waiting' AND (document.state <> 'current'
              OR (post_item.reason = 'unreadDays' AND reader.opened_at IS NOT NULL))
            ORDER BY post_item.queued_at LIMIT \(limit)
            """
        ).map { try $0.get("id") }
    }

    /// Documents that nobody has opened for some time, for which no letter was ever queued, of recipients who may get one:
    /// whoever may not would be taken again at each run, in the place of others.
    /// - Parameters:
    ///   - before: received before this moment.
    ///   - after: not longer ago than this: what was there before the institution chose this way stays.
    func unreadForPost(before: Timestamp, after: Timestamp, limit: Int) throws -> [(
        account: Account.ID, document: Document.ID
    )] {
        try query(
            """
            SELECT reader.account_id, reader.document_id FROM document_reader reader
            JOIN document ON document.id = reader.document_id AND document.state = 'current'
            WHERE \(sql: unreadUnposted(before: before, after: after))
              AND EXISTS (SELECT 1 FROM postal_address
                WHERE postal_address.account_id = reader.account_id)
            ORDER BY reader.received_at, reader.document_id, reader.account_id LIMIT \(limit)
            """
        ).map { (try $0.get("account_id"), try $0.get("document_id")) }
    }

    /// The same of those whose postal address nobody knows, the oldest first, with how many there are.
    /// - Parameter viewer: whose services sent the documents.
    func unreadWithoutAddress(
        before: Timestamp, after: Timestamp, followedBy viewer: ServiceViewer, limit: Int
    ) throws -> (rows: [(account: Account.ID, document: Document.ID, receivedAt: Timestamp)], count: Int) {
        let from: SQLText = """
            FROM document_reader reader
            JOIN document ON document.id = reader.document_id AND document.state = 'current'
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE \(sql: unreadUnposted(before: before, after: after)) AND \(sql: followed(by: viewer))
              AND NOT EXISTS (SELECT 1 FROM postal_address
                WHERE postal_address.account_id = reader.account_id)
            """
        let rows = try query(
            """
            SELECT reader.account_id, reader.document_id, reader.received_at \(sql: from)
            ORDER BY reader.received_at, reader.document_id, reader.account_id LIMIT \(limit)
            """
        ).map { row in
            (
                account: try row.get("account_id", as: Account.ID.self),
                document: try row.get("document_id", as: Document.ID.self),
                receivedAt: try row.get("received_at", as: Timestamp.self)
            )
        }
        guard rows.count == limit else { return (rows, rows.count) }
        return (rows, try first("SELECT COUNT(*) AS n \(sql: from)")?.get("n") ?? rows.count)
    }

    /// Unopened in this time, never queued, and of somebody who may receive.
    private func unreadUnposted(before: Timestamp, after: Timestamp) -> SQLText {
        """
        reader.opened_at IS NULL AND reader.ended_at IS NULL
          AND reader.received_at <= \(before) AND reader.received_at > \(after)
          AND NOT EXISTS (SELECT 1 FROM post_item WHERE post_item.document_id = reader.document_id
            AND post_item.account_id = reader.account_id)
          AND EXISTS (SELECT 1 FROM account WHERE account.id = reader.account_id AND account.state = 'active')
          AND NOT EXISTS (SELECT 1 FROM professional_identifier
            JOIN profession_rule ON profession_rule.profession = professional_identifier.profession
            WHERE professional_identifier.account_id = reader.account_id
              AND profession_rule.may_receive = FALSE)
        """
    }
}
