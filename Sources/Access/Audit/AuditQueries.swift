public import Storage

/// All SQL that touches the trail. Rows are only ever added.
extension Transaction {
    /// Writes one event. Call it in the transaction of its effect: if it cannot be written, neither can the
    /// effect.
    public func record(_ entry: AuditEntry, by actor: AuditActor, at now: Timestamp) throws {
        let record = AuditRecord(entry, by: actor, at: now)
        // where others write too, they would wait for one another: there it is sealed later
        let sealed = try isOnlyWriter ? SealedAuditRecord(record: record, place: nextPlace()) : nil
        let leaf = sealed?.leaf
        let insertion: SQLText = """
            INSERT INTO audit_event (sequence, previous, leaf,
              recorded_at, event, outcome, rule, actor_kind, actor_id, actor_role,
              actor_gln, principal_id, delegation_id, authentication, address, node, request_id, session_hash,
              object_kind, object_id, object_version, patient_id, content_hash, basis, detail)
            VALUES (\(sealed?.sequence), \(sealed?.place.previous), \(leaf),
              \(record.recordedAt), \(record.event), \(record.outcome), \(record.rule),
              \(record.actorKind), \(record.actorID), \(record.actorRole), \(record.actorGLN),
              \(record.principalID), \(record.delegationID), \(record.authentication), \(record.address),
              \(record.node), \(record.requestID), \(record.sessionHash), \(record.objectKind),
              \(record.objectID), \(record.objectVersion), \(record.patientID), \(record.contentHash),
              \(record.basis), \(record.detail))
            """
        let number = try insertNumbered(insertion)
        if let sealed, let leaf {
            learn(AuditPlace(sequence: sealed.sequence + 1, previous: leaf), as: .freePlace)
        }
        try tell(entry, by: actor, number: number, at: now)
    }

    /// The free place, for the only writer: who wrote the last event knows it.
    private func nextPlace() throws -> AuditPlace { try known(.freePlace, freePlace) }

    /// Events that have no place yet, in the order of writing.
    func unsealedEvents(limit: Int) throws -> [(id: Int64, record: AuditRecord)] {
        try query("SELECT * FROM audit_event WHERE sequence IS NULL ORDER BY id LIMIT \(limit)")
            .map { (try $0.get("id"), try AuditRecord($0)) }
    }

    func countUnsealedEvents() throws -> Int64 {
        try first("SELECT COUNT(*) AS n FROM audit_event WHERE sequence IS NULL")?.get("n") ?? 0
    }

    /// The place behind all that are taken. Not the last row's: where several nodes wrote, events were not sealed in
    /// the order of their rows.
    func freePlace() throws -> AuditPlace {
        let last = try first(
            "SELECT sequence, leaf FROM audit_event WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1"
        )
        guard let last else { return AuditPlace() }
        return AuditPlace(
            sequence: try last.get("sequence", as: Int64.self) + 1, previous: try last.get("leaf"))
    }

    /// Gives the event its place.
    func seal(_ id: Int64, _ event: SealedAuditRecord, leaf: [UInt8]) throws {
        try execute(
            """
            UPDATE audit_event SET sequence = \(event.sequence), previous = \(event.place.previous),
              leaf = \(leaf)
            WHERE id = \(id) AND sequence IS NULL
            """)
    }

    /// Stored leaf hashes from `start` on, at most `limit`.
    func auditLeaves(from start: Int64, limit: Int) throws -> [[UInt8]] {
        try query("SELECT leaf FROM audit_event WHERE sequence >= \(start) ORDER BY sequence LIMIT \(limit)")
            .map { try $0.get("leaf") }
    }

    /// The stored leaf hash of one event.
    func auditLeaf(at sequence: Int64) throws -> [UInt8]? {
        try first("SELECT leaf FROM audit_event WHERE sequence = \(sequence)")?.get("leaf")
    }

    /// Whole events from `start` on, with the leaf hash that was stored beside each.
    func auditRecords(from start: Int64, limit: Int) throws -> [(event: SealedAuditRecord, leaf: [UInt8])] {
        try query("SELECT * FROM audit_event WHERE sequence >= \(start) ORDER BY sequence LIMIT \(limit)")
            .map { row in
                let place = AuditPlace(sequence: try row.get("sequence"), previous: try row.get("previous"))
                let event = SealedAuditRecord(record: try AuditRecord(row), place: place)
                return (event, try row.get("leaf"))
            }
    }

    /// The newest events about one object.
    func auditRecords(ofObject id: String, limit: Int) throws -> [AuditRecord] {
        try query("SELECT * FROM audit_event WHERE object_id = \(id) ORDER BY id DESC LIMIT \(limit)")
            .map(AuditRecord.init)
    }

    /// The newest things that were done to one object before a row: no refused attempts.
    /// - Parameter events: of these kinds only; empty: all.
    func doneRecords(ofObject id: String, events: [AuditEventKind], before: Int64, limit: Int) throws -> [(
        id: Int64, record: AuditRecord
    )] {
        let kinds: SQLText = events.isEmpty ? "TRUE" : "event IN (\(list: events.map(\.rawValue)))"
        return try query(
            """
            SELECT * FROM audit_event WHERE object_id = \(id) AND id < \(before)
              AND outcome = \(AuditOutcome.success.rawValue) AND \(sql: kinds)
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map { (try $0.get("id"), try AuditRecord($0)) }
    }

    /// The first reading of an object by each person for each other, the newest first.
    func firstReadings(ofObject id: String, limit: Int) throws -> [(id: Int64, record: AuditRecord)] {
        let readings: [AuditEventKind] = [
            .documentOpened, .documentDownloaded, .documentPrinted, .documentExported,
        ]
        return try query(
            """
            SELECT * FROM audit_event WHERE id IN
              (SELECT MIN(id) FROM audit_event
               WHERE object_id = \(id) AND outcome = \(AuditOutcome.success.rawValue)
                 AND event IN (\(list: readings.map(\.rawValue)))
               GROUP BY actor_id, principal_id)
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map { (try $0.get("id"), try AuditRecord($0)) }
    }

    /// The newest events of others in somebody's name.
    func auditRecords(inTheNameOf principal: Account.ID, limit: Int) throws -> [AuditRecord] {
        try query(
            """
            SELECT * FROM audit_event WHERE principal_id = \(principal) AND actor_kind = 'account'
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map(AuditRecord.init)
    }

    /// In whose names other people did something in a time, 10,000 at most. One's own programs are nobody else.
    func principals(withActsFrom start: Timestamp, to end: Timestamp) throws -> [Account.ID] {
        try query(
            """
            SELECT DISTINCT principal_id FROM audit_event
            WHERE principal_id IS NOT NULL AND actor_kind = 'account'
              AND recorded_at >= \(start) AND recorded_at < \(end) LIMIT 10000
            """
        ).map { try $0.get("principal_id") }
    }

    /// The newest events that match, with the keys of their rows.
    func auditRecords(matching filter: AuditFilter, before: Int64?, limit: Int) throws -> [(
        id: Int64, record: AuditRecord
    )] {
        var condition: SQLText = "id < \(before ?? .max)"
        if let actor = filter.actorID {
            condition = "\(sql: condition) AND (actor_id = \(actor) OR principal_id = \(actor))"
        }
        if let event = filter.event { condition = "\(sql: condition) AND event = \(event.rawValue)" }
        if let object = filter.objectID { condition = "\(sql: condition) AND object_id = \(object)" }
        if let from = filter.from { condition = "\(sql: condition) AND recorded_at >= \(from)" }
        if let until = filter.until { condition = "\(sql: condition) AND recorded_at < \(until)" }
        return try query(
            "SELECT * FROM audit_event WHERE \(sql: condition) ORDER BY id DESC LIMIT \(limit)"
        ).map { (try $0.get("id"), try AuditRecord($0)) }
    }

    func insert(_ checkpoint: AuditCheckpoint) throws {
        try execute(
            """
            INSERT INTO audit_checkpoint (tree_size, root, note, created_at)
            VALUES (\(checkpoint.size), \(checkpoint.root), \(checkpoint.note), \(checkpoint.createdAt))
            ON CONFLICT (tree_size) DO NOTHING
            """)
    }

    /// The signed notes whose size lies in a range, by size.
    func auditNotes(after size: Int64, upTo last: Int64) throws -> [Int64: String] {
        try query(
            "SELECT tree_size, note FROM audit_checkpoint WHERE tree_size > \(size) AND tree_size <= \(last)"
        ).reduce(into: [:]) { $0[try $1.get("tree_size")] = try $1.get("note", as: String.self) }
    }

    /// Size and text of the signed notes after `size`, by size.
    func auditNotes(after size: Int64, limit: Int) throws -> [(size: Int64, note: String)] {
        try query(
            """
            SELECT tree_size, note FROM audit_checkpoint WHERE tree_size > \(size)
            ORDER BY tree_size LIMIT \(limit)
            """
        ).map { (try $0.get("tree_size"), try $0.get("note")) }
    }

    func newestAuditNote() throws -> Int64? {
        try first("SELECT tree_size FROM audit_checkpoint ORDER BY tree_size DESC LIMIT 1")?.get("tree_size")
    }

    /// How many checkpoints that cover more than `size` events were signed before a moment.
    func countAuditNotes(after size: Int64, signedBefore moment: Timestamp) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM audit_checkpoint WHERE tree_size > \(size) AND created_at < \(moment)
            """)?.get("n") ?? 0
    }

    func auditNode(level: Int, position: Int64) throws -> [UInt8]? {
        try first("SELECT hash FROM audit_node WHERE level = \(level) AND position = \(position)")?.get(
            "hash")
    }

    func insertAuditNode(level: Int, position: Int64, hash: [UInt8]) throws {
        try execute(
            """
            INSERT INTO audit_node (level, position, hash) VALUES (\(level), \(position), \(hash))
            ON CONFLICT (level, position) DO NOTHING
            """)
    }
}

extension Finding<AuditPlace> {
    fileprivate static let freePlace = Finding("free place", in: "audit_event")
}

extension AuditRecord {
    init(_ entry: AuditEntry, by actor: AuditActor, at now: Timestamp) {
        recordedAt = now
        event = entry.event.rawValue
        outcome = entry.outcome.rawValue
        rule = entry.rule
        actorKind = actor.kind.rawValue
        actorID = actor.id
        actorRole = actor.role
        actorGLN = nil
        principalID = actor.principalID
        delegationID = actor.delegationID
        authentication = actor.authentication
        address = actor.origin.address.isEmpty ? nil : actor.origin.address
        node = actor.origin.node
        requestID = [actor.origin.requestID, actor.origin.traceID ?? ""].filter { !$0.isEmpty }
            .joined(separator: " ")
        sessionHash = actor.sessionID
        objectKind = entry.object?.kind
        objectID = entry.object?.id
        objectVersion = entry.object?.version.map(Int64.init)
        patientID = entry.patientID
        contentHash = entry.contentHash
        basis = entry.basis
        detail = entry.detail
    }
}
