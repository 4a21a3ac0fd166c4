public import Access
public import Storage

/// A row's place in the journal of a service.
public struct SentKey: Sendable, Equatable {
    public let publishedAt: Timestamp
    public let id: Document.ID

    public init(publishedAt: Timestamp, id: Document.ID) {
        self.publishedAt = publishedAt
        self.id = id
    }

    public init(_ document: Document) { self.init(publishedAt: document.publishedAt, id: document.id) }
}

/// The documents that services follow. Each begins at the services of the viewer: what another service sent cannot
/// appear.
extension Transaction {
    /// What was sent by hand for one of his services, and what the record system sent for one that follows it; the newest
    /// first. Each service is asked for by itself, so that its index gives the order.
    public func sentDocuments(
        followedBy viewer: ServiceViewer, _ scope: SentScope = SentScope(), before key: SentKey?, limit: Int
    ) throws -> [Document] {
        let before = scope.start(before: key)
        var found: [Document] = []
        for service in viewer.services {
            found += try query(
                """
                SELECT \(sql: documentColumns) \(sql: sentByHand(for: service, scope, before))
                ORDER BY manual_sending.sent_at DESC, manual_sending.document_id DESC LIMIT \(limit)
                """
            ).map(Document.init)
            guard service.followsRecord, scope.sender == nil else { continue }
            found += try query(
                """
                SELECT \(sql: documentColumns) \(sql: sentByRecord(for: service, scope, before))
                ORDER BY document.published_at DESC, document.id DESC LIMIT \(limit)
                """
            ).map(Document.init)
        }
        return Array(
            found.sorted {
                ($0.publishedAt, $0.id.rawValue) > ($1.publishedAt, $1.id.rawValue)
            }.prefix(limit))
    }

    /// How many there are, counted up to `DocumentLimits.countedRows` + 1.
    public func sentCount(followedBy viewer: ServiceViewer, _ scope: SentScope = SentScope()) throws -> Int {
        let limit = DocumentLimits.countedRows + 1
        let start = scope.start(before: nil)
        var count = 0
        for service in viewer.services where count < limit {
            var sources = [sentByHand(for: service, scope, start)]
            if service.followsRecord, scope.sender == nil {
                sources.append(sentByRecord(for: service, scope, start))
            }
            for source in sources {
                count +=
                    try first(
                        """
                        SELECT COUNT(*) AS n FROM (SELECT 1 AS one \(sql: source) LIMIT \(limit)) AS counted
                        """)?.get("n") ?? 0
            }
        }
        return min(count, limit)
    }

    private func sentByHand(for service: HospitalService, _ scope: SentScope, _ before: SentKey) -> SQLText {
        let sender: SQLText = scope.sender.map { "AND manual_sending.sent_by = \($0)" } ?? ""
        return """
            FROM manual_sending JOIN document ON document.id = manual_sending.document_id
            WHERE manual_sending.service_id = \(service.id) AND manual_sending.sent_at >= \(scope.from)
              AND (manual_sending.sent_at, manual_sending.document_id)
                < (\(before.publishedAt), \(before.id))
              \(sql: sender) AND \(sql: scope.condition)
            """
    }

    private func sentByRecord(for service: HospitalService, _ scope: SentScope, _ before: SentKey) -> SQLText
    {
        """
        FROM document
        WHERE document.service = \(service.name) AND document.sender_id <> \(Client.ID.manual)
          AND document.published_at >= \(scope.from)
          AND (document.published_at, document.id) < (\(before.publishedAt), \(before.id))
          AND \(sql: scope.condition)
        """
    }

    /// One of them.
    public func document(_ id: Document.ID, followedBy viewer: ServiceViewer) throws -> Document? {
        try first(
            """
            SELECT \(sql: documentColumns) FROM document
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE document.id = \(id) AND \(sql: followed(by: viewer))
            """
        ).map(Document.init)
    }

    /// The condition that a viewer follows a `document`, to which `manual_sending` is joined from the left.
    public func followed(by viewer: ServiceViewer) -> SQLText {
        let byRecord: SQLText =
            viewer.followedNames.isEmpty
            ? "FALSE"
            : """
            document.sender_id <> \(Client.ID.manual) AND document.service IN (\(list: viewer.followedNames))
            """
        return "(manual_sending.service_id IN (\(list: viewer.serviceIDs)) OR (\(sql: byRecord)))"
    }

    /// The condition that somebody in the portal follows a `document`, to which `manual_sending` is joined from the left:
    /// a member of the service that sent it, whose account is open.
    var somebodyFollows: SQLText {
        """
        EXISTS (SELECT 1 FROM service
          JOIN service_member ON service_member.service_id = service.id
          JOIN account member ON member.id = service_member.account_id AND member.state = 'active'
          WHERE service.is_active = TRUE AND (service.id = manual_sending.service_id
            OR (service.follows_record = TRUE AND service.name = document.service
              AND document.sender_id <> \(Client.ID.manual))))
        """
    }

    /// Whether wishes about a document reach somebody in the portal.
    func isFollowed(_ id: Document.ID) throws -> Bool {
        try first(
            """
            SELECT 1 AS one FROM document
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE document.id = \(id) AND \(sql: somebodyFollows)
            """) != nil
    }

    /// Those of some documents that were ever addressed to a space.
    func addressed(_ ids: [Document.ID], to viewer: Viewer) throws -> [Document.ID] {
        guard !ids.isEmpty else { return [] }
        return try query(
            """
            SELECT document_id FROM document_reader
            WHERE account_id = \(viewer.principalID) AND document_id IN (\(list: Array(ids.prefix(500))))
            """
        ).map { try $0.get("document_id") }
    }

    /// What documents are, without patient and contents: for lists of accesses.
    public func documentSummaries(_ ids: [Document.ID]) throws -> [Document.ID: DocumentSummary] {
        var found: [Document.ID: DocumentSummary] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = Array(ids[start..<min(start + 500, ids.count)])
            let rows = try query(
                """
                SELECT id, type_code, service, title, master_identifier, stay_number, authored_at
                FROM document WHERE id IN (\(list: part))
                """)
            for row in rows {
                found[try row.get("id")] = DocumentSummary(
                    typeCode: try row.get("type_code"), service: try row.get("service"),
                    title: try row.get("title"), identifier: try row.get("master_identifier"),
                    stayNumber: try row.get("stay_number"), authoredAt: try row.get("authored_at"))
            }
        }
        return found
    }
}
