public import Access
public import Storage

/// The SQL that writes documents and reads single ones. Lists are in `InboxQueries`.
extension Transaction {
    var documentColumns: SQLText {
        """
        document.id, document.sender_id, document.master_identifier, document.patient_id,
          document.stay_system,
        document.stay_number, document.stay_start, document.stay_end, document.type_code, document.class_code,
        document.title, document.service, document.author, document.language, document.confidentiality,
        document.authored_at, document.published_at, document.media_type, document.byte_count,
          document.sha256,
        document.sha1, document.page_count, document.warnings, document.version, document.replaces_id,
        document.state, document.preview
        """
    }

    /// The document, if this viewer's space may read it now.
    /// - Parameter isHeld: whether nobody takes it back before this writing transaction ends.
    func document(
        _ id: Document.ID, visibleTo viewer: Viewer, isHeld: Bool = false, at now: Timestamp
    ) throws -> ReadableDocument? {
        let hold: SQLText = isHeld ? .holdingDocuments : ""
        return try first(
            """
            SELECT \(sql: documentColumns), reader.received_at, reader.opened_at, reader.opened_by,
              reader.own_opened_at, reader.is_unread, reader.downloaded_at, reader.expires_at,
              reader.extended_at, reader.basis
            \(sql: document(id, inSpaceOf: viewer, at: now)) \(sql: hold)
            """
        ).map(ReadableDocument.init)
    }

    /// The same, held, with no more than the event of a reading needs.
    func heldDocument(_ id: Document.ID, visibleTo viewer: Viewer, at now: Timestamp) throws -> HeldDocument?
    {
        try first(
            """
            SELECT document.id, document.version, document.patient_id, document.sha256, reader.opened_at,
              reader.own_opened_at, reader.is_unread, reader.basis
            \(sql: document(id, inSpaceOf: viewer, at: now)) \(sql: .holdingDocuments)
            """
        ).map(HeldDocument.init)
    }

    /// Where a document is found that a space may read now.
    /// - Parameter joined: what is asked for beside it.
    func document(
        _ id: Document.ID, inSpaceOf viewer: Viewer, with joined: SQLText = "", at now: Timestamp
    ) -> SQLText {
        """
        FROM document_reader reader JOIN document ON document.id = reader.document_id \(sql: joined)
        WHERE reader.account_id = \(viewer.principalID) AND reader.document_id = \(id)
          AND reader.expires_at > \(now) AND document.state IN ('current', 'superseded')
        """
    }

    /// The document that this client sent.
    public func document(_ id: Document.ID, sentBy client: Client.ID) throws -> Document? {
        try first("SELECT \(sql: documentColumns) FROM document WHERE id = \(id) AND sender_id = \(client)")
            .map(Document.init)
    }

    /// The document that this client sent under an identifier, with the digest of what it sent.
    public func document(master: String, sentBy client: Client.ID) throws -> (
        document: Document, digest: [UInt8]
    )? {
        try first(
            """
            SELECT \(sql: documentColumns), document.request_digest FROM document
            WHERE sender_id = \(client) AND master_identifier = \(master)
            """
        ).map { (try Document($0), try $0.get("request_digest")) }
    }

    /// Whoever sent it and whoever reads it: for the rules of the core.
    public func document(_ id: Document.ID) throws -> Document? {
        try first("SELECT \(sql: documentColumns) FROM document WHERE id = \(id)").map(Document.init)
    }

    /// Adds a document; its readers and contents follow in the same transaction.
    public func insert(_ document: Document, digest: [UInt8]) throws {
        try execute(
            """
            INSERT INTO document (id, sender_id, master_identifier, request_digest, patient_id, stay_system,
              stay_number, stay_start, stay_end, type_code, class_code, title, service, author, language,
              confidentiality, authored_at, published_at, media_type, byte_count, sha256, sha1, page_count,
              warnings, version, replaces_id, state, preview, search_name)
            VALUES (\(document.id), \(document.senderID), \(document.masterIdentifier), \(digest),
              \(document.patientID), \(document.stay.system), \(document.stay.number), \(document.stay.start),
              \(document.stay.end), \(document.typeCode), \(document.classCode), \(document.title),
              \(document.service), \(document.author), \(document.language), \(document.confidentiality),
              \(document.authoredAt), \(document.publishedAt), \(document.mediaType), \(document.byteCount),
              \(document.sha256), \(document.sha1), \(document.pageCount), \(document.warnings),
              \(document.version), \(document.replacesID), \(document.state), \(document.preview),
              \(SearchWords.searchName(of: document)))
            """)
    }

    /// Writes the permission to read, with what the inbox is filtered by.
    public func addReader(
        _ account: Account.ID, to document: Document, basis: String, at now: Timestamp,
        until expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO document_reader (account_id, document_id, type_code, service, patient_id, received_at,
              expires_at, is_superseded, basis)
            VALUES (\(account), \(document.id), \(document.typeCode), \(document.service),
              \(document.patientID), \(now), \(expires), FALSE, \(basis))
            """)
        try wake(account)
    }

    /// Marks a version as superseded; it leaves the lists and stays readable from the newer one.
    public func supersede(_ id: Document.ID) throws {
        try execute("UPDATE document SET state = 'superseded' WHERE id = \(id) AND state = 'current'")
        try execute("UPDATE document_reader SET is_superseded = TRUE WHERE document_id = \(id)")
        try wakeReaders(of: id)
    }

    /// Tells the open pages of all spaces that hold a document to look again.
    func wakeReaders(of id: Document.ID) throws {
        for row in try query("SELECT account_id FROM document_reader WHERE document_id = \(id)") {
            try wake(try row.get("account_id"))
        }
    }

    /// The version that replaces this one.
    public func replacement(of id: Document.ID) throws -> Document? {
        try first("SELECT \(sql: documentColumns) FROM document WHERE replaces_id = \(id)").map(Document.init)
    }

    /// Keeps who was the first, and whether the reader has seen it himself. The open pages of the space are told when
    /// something of it is new.
    func markOpened(_ id: Document.ID, _ reading: Reading, _ viewer: Viewer, at now: Timestamp) throws {
        guard reading.isNew(to: viewer) else { return }
        let opener: Account.ID? = viewer.isSoftware ? nil : viewer.accountID
        let own: SQLText = viewer.isOwn ? ", own_opened_at = COALESCE(own_opened_at, \(now))" : ""
        let isNew: SQLText = viewer.isOwn ? " OR own_opened_at IS NULL" : ""
        let changed = try execute(
            """
            UPDATE document_reader SET opened_at = COALESCE(opened_at, \(now)), is_unread = FALSE,
              opened_by = CASE WHEN opened_at IS NULL THEN \(opener) ELSE opened_by END\(sql: own)
            WHERE account_id = \(viewer.principalID) AND document_id = \(id)
              AND (opened_at IS NULL OR is_unread = TRUE\(sql: isNew))
            """)
        if changed > 0 {
            try wake(viewer.principalID, read: id.rawValue, by: viewer.accountID)
        }
    }

    /// A download is a reading too. When it was is shown beside the document, and in no list.
    func markDownloaded(_ id: Document.ID, _ reading: Reading, _ viewer: Viewer, at now: Timestamp) throws {
        try markOpened(id, reading, viewer, at: now)
        try execute(
            """
            UPDATE document_reader SET downloaded_at = \(now)
            WHERE account_id = \(viewer.principalID) AND document_id = \(id)
            """, isRemembered: false)
    }

    /// - Returns: whether the mark changed.
    func mark(_ id: Document.ID, asUnread isUnread: Bool, of account: Account.ID) throws -> Bool {
        try execute(
            """
            UPDATE document_reader SET is_unread = \(isUnread)
            WHERE account_id = \(account) AND document_id = \(id) AND is_unread = \(!isUnread)
            """) == 1
    }

    /// - Returns: true for the first who decides whether there are page images.
    func decidePreview(_ preview: Document.Preview, of id: Document.ID) throws -> Bool {
        try execute("UPDATE document SET preview = \(preview) WHERE id = \(id) AND preview = 'pending'") == 1
    }

    /// Lets page images be made after all, where they were given up.
    /// - Returns: false when there is nothing to draw any more.
    public func awaitPreview(_ id: Document.ID) throws -> Bool {
        try execute(
            """
            UPDATE document SET preview = 'pending' WHERE id = \(id) AND preview IN ('pending', 'failed')
              AND EXISTS (SELECT 1 FROM document_secret WHERE document_id = \(id))
            """) == 1
    }

    /// Whether the contents of a document can still be opened at all.
    public func hasContents(_ id: Document.ID) throws -> Bool {
        try first("SELECT 1 AS one FROM document_secret WHERE document_id = \(id)") != nil
    }
}

/// A document with what is known of this reader.
struct ReadableDocument: Sendable {
    let document: Document
    let receivedAt: Timestamp
    let reading: Reading
    let openedBy: Account.ID?
    let downloadedAt: Timestamp?
    let expiresAt: Timestamp
    let extendedAt: Timestamp?
    let basis: String
    var openedAt: Timestamp? { reading.openedAt }

    init(_ row: SQLRow) throws {
        document = try Document(row)
        receivedAt = try row.get("received_at")
        reading = try Reading(row)
        openedBy = try row.get("opened_by")
        downloadedAt = try row.get("downloaded_at")
        expiresAt = try row.get("expires_at")
        extendedAt = try row.get("extended_at")
        basis = try row.get("basis")
    }
}

/// What is written down of a document that is read.
struct HeldDocument: Sendable {
    let auditObject: AuditObject
    let patientID: Patient.ID
    let sha256: [UInt8]
    let reading: Reading
    let basis: String

    init(_ row: SQLRow) throws {
        let id: Document.ID = try row.get("id")
        auditObject = .document(id, version: try row.get("version"))
        patientID = try row.get("patient_id")
        sha256 = try row.get("sha256")
        reading = try Reading(row)
        basis = try row.get("basis")
    }
}

/// How far a document was read in a space.
struct Reading: Sendable {
    let openedAt: Timestamp?
    /// When whose space it is saw it himself.
    let ownOpenedAt: Timestamp?
    let isUnread: Bool

    init(_ row: SQLRow) throws {
        openedAt = try row.get("opened_at")
        ownOpenedAt = try row.get("own_opened_at")
        isUnread = try row.get("is_unread")
    }

    /// Whether a reading by this viewer changes anything but the trail.
    func isNew(to viewer: Viewer) -> Bool {
        openedAt == nil || isUnread || (viewer.isOwn && ownOpenedAt == nil)
    }
}

extension Viewer {
    /// Whose space it is, in person.
    fileprivate var isOwn: Bool { acting == nil && !isSoftware }
}

extension Document {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.get("id"), senderID: try row.get("sender_id"),
            masterIdentifier: try row.get("master_identifier"), patientID: try row.get("patient_id"),
            stay: Stay(
                system: try row.get("stay_system"), number: try row.get("stay_number"),
                start: try row.get("stay_start"), end: try row.get("stay_end")),
            typeCode: try row.get("type_code"), classCode: try row.get("class_code"),
            title: try row.get("title"),
            service: try row.get("service"), author: try row.get("author"), language: try row.get("language"),
            confidentiality: try row.get("confidentiality"), authoredAt: try row.get("authored_at"),
            publishedAt: try row.get("published_at"), mediaType: try row.get("media_type"),
            byteCount: try row.get("byte_count"), sha256: try row.get("sha256"), sha1: try row.get("sha1"),
            pageCount: try row.get("page_count"), warnings: try row.get("warnings"),
            version: try row.get("version"), replacesID: try row.get("replaces_id"),
            state: try row.get("state"), preview: try row.get("preview"))
    }
}
