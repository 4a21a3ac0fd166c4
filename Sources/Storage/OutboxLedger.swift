/// What the jobs of one kind are doing now and how they ended lately, for those who look after the installation.
public struct OutboxLedger: Sendable {
    public var waiting = 0
    public var running = 0
    /// Of those that wait, how many were tried before.
    public var retrying = 0
    /// UTC milliseconds since when the oldest is late: one that failed since it was written, another since it is due.
    public var oldest: Int64?
    /// Why one of those that wait did not go out, in the adapter's words: they may hold an address, no page shows them.
    public var waitingReason: String?
    /// Ended since the moment asked for.
    public var failed = 0
    public var expired = 0
    /// Given up jobs that could be done again.
    public var revivable = 0
    /// UTC milliseconds
    public var lastDone: Int64?
    public var lastFailure: EndedJob?
}

/// A job that came to nothing, without its payload.
public struct EndedJob: Sendable {
    public let id: String
    public let kind: String
    public let key: String
    /// failed, expired.
    public let state: String
    public let tries: Int
    public let createdAt: Int64
    public let finishedAt: Int64
    public let expiresAt: Int64
    /// In the adapter's words: may hold an address.
    public let reason: String?
    /// False once its payload is wiped.
    public let hasPayload: Bool

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        key = try row.get("idempotency_key")
        state = try row.get("state")
        tries = try row.get("tries")
        createdAt = try row.get("created_at")
        finishedAt = try row.get("finished_at")
        expiresAt = try row.get("expires_at")
        reason = try row.get("reason")
        hasPayload = try row.get("payload_bytes", as: Int.self) > 0
    }

    static let columns: SQLText = """
        id, kind, idempotency_key, state, tries, created_at, finished_at, expires_at, reason,
        length(payload) AS payload_bytes
        """
}

extension Transaction {
    /// The ledger of each of these kinds.
    /// - Parameter since: UTC milliseconds; failures before are not counted.
    public func outboxLedgers(of kinds: [String], at now: Int64, since: Int64) throws -> [String:
        OutboxLedger]
    {
        var ledgers: [String: OutboxLedger] = [:]
        for kind in kinds { ledgers[kind] = try ended(kind, at: now, since: since) }
        let rows = try query(
            """
            SELECT kind, SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS waiting,
              SUM(CASE WHEN state = 'running' THEN 1 ELSE 0 END) AS running,
              SUM(CASE WHEN state = 'waiting' AND reason IS NOT NULL THEN 1 ELSE 0 END) AS retrying,
              MIN(CASE WHEN reason IS NOT NULL THEN created_at WHEN due_at <= \(now) THEN due_at END) AS oldest,
              MAX(reason) AS reason
            FROM outbox WHERE state IN ('waiting', 'running') GROUP BY kind
            """)
        for row in rows {
            let kind: String = try row.get("kind")
            guard var ledger = ledgers[kind] else { continue }
            ledger.waiting = try row.get("waiting")
            ledger.running = try row.get("running")
            ledger.retrying = try row.get("retrying")
            ledger.oldest = try row.get("oldest")
            ledger.waitingReason = try row.get("reason")
            ledgers[kind] = ledger
        }
        return ledgers
    }

    private func ended(_ kind: String, at now: Int64, since: Int64) throws -> OutboxLedger {
        func count(_ state: String, _ more: SQLText, since: Int64) throws -> Int {
            try first(
                """
                SELECT COUNT(*) AS count FROM outbox
                WHERE kind = \(kind) AND state = \(state) AND finished_at >= \(since) \(sql: more)
                """)?.get("count") ?? 0
        }
        var ledger = OutboxLedger()
        ledger.failed = try count("failed", "", since: since)
        ledger.expired = try count("expired", "", since: since)
        ledger.revivable = try count(
            "failed", "AND expires_at > \(now) AND length(payload) > 0", since: 0)
        ledger.lastDone = try first(
            """
            SELECT finished_at FROM outbox WHERE kind = \(kind) AND state = 'done' AND finished_at > 0
            ORDER BY finished_at DESC LIMIT 1
            """)?.get("finished_at")
        ledger.lastFailure = try endedJobs([kind], ["failed", "expired"], before: nil, limit: 1).first
        return ledger
    }

    /// Jobs of these kinds that came to nothing, the last one first. One look-up for each kind and state, so that a long
    /// past costs nothing.
    /// - Parameter before: the last one of the page before.
    public func endedJobs(
        _ kinds: [String], _ states: [String], before: (finishedAt: Int64, id: String)?, limit: Int
    ) throws -> [EndedJob] {
        let end = before ?? (Int64.max, "")
        var found: [EndedJob] = []
        for kind in kinds {
            for state in states {
                found += try query(
                    """
                    SELECT \(sql: EndedJob.columns) FROM outbox
                    WHERE kind = \(kind) AND state = \(state) AND finished_at <= \(end.finishedAt)
                      AND (finished_at < \(end.finishedAt) OR id < \(end.id))
                    ORDER BY finished_at DESC, id DESC LIMIT \(limit)
                    """
                ).map(EndedJob.init)
            }
        }
        return Array(found.sorted { ($0.finishedAt, $0.id) > ($1.finishedAt, $1.id) }.prefix(limit))
    }

    /// A job that came to nothing.
    public func endedJob(_ id: String) throws -> EndedJob? {
        try first(
            """
            SELECT \(sql: EndedJob.columns) FROM outbox
            WHERE id = \(id) AND state IN ('failed', 'expired') AND finished_at > 0
            """
        ).map(EndedJob.init)
    }

    /// Jobs of these kinds that were given up and could be done again, those that were given up first.
    public func revivableJobs(_ kinds: [String], at now: Int64, limit: Int) throws -> [EndedJob] {
        var found: [EndedJob] = []
        for kind in kinds where found.count < limit {
            found += try query(
                """
                SELECT \(sql: EndedJob.columns) FROM outbox
                WHERE kind = \(kind) AND state = 'failed' AND finished_at > 0 AND expires_at > \(now)
                  AND length(payload) > 0
                ORDER BY finished_at, id LIMIT \(limit - found.count)
                """
            ).map(EndedJob.init)
        }
        return found
    }

    /// Lets a job that was given up wait once more, as if it were new; its time ends as before.
    /// - Returns: false when it was not given up, is wiped, or its time is over.
    public func reviveJob(_ id: String, at now: Int64) throws -> Bool {
        let isRevived =
            try execute(
                """
                UPDATE outbox SET state = 'waiting', tries = 0, lease_until = 0, due_at = \(now),
                  finished_at = NULL, reason = NULL
                WHERE id = \(id) AND state = 'failed' AND expires_at > \(now) AND length(payload) > 0
                """) > 0
        if isRevived { try notify(.outbox, "") }
        return isRevived
    }

    /// Wipes what was kept of jobs that were given up, once their time is over.
    public func wipeOverdueJobs(at now: Int64) throws {
        let none: [UInt8] = []
        try execute(
            """
            UPDATE outbox SET payload = \(none)
            WHERE state = 'failed' AND expires_at <= \(now) AND length(payload) > 0
            """)
    }
}
