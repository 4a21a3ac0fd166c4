/// The outbox: what must happen outside once a transaction has committed (mail, SMS, page images).
/// A feature adds a row in its own transaction; `Delivery` claims it by lease, acts, and settles it.
/// The action bears being done twice, because a lease may run out in the middle of it: its `idempotencyKey`
/// travels as Message-ID or gateway reference.
public struct OutboxJob: Sendable {
    public let id: String
    public let kind: String
    public let idempotencyKey: String
    public let payload: [UInt8]
    /// How often it has been claimed, this time included.
    public let tries: Int
    /// UTC milliseconds; never done after it.
    public let expiresAt: Int64
}

/// How a claimed job ended.
public enum OutboxEnd: String, Sendable {
    case done, failed, expired, cancelled
}

extension Transaction {
    /// Adds a job, unless one with the same key was ever added. Times in UTC milliseconds.
    /// - Parameter revivesEnded: a job of this key that came to nothing (cancelled, failed, expired) waits
    ///   again;
    ///   one that was done stays done.
    /// - Returns: whether it waits now.
    @discardableResult
    public func enqueue(
        _ kind: String, key: String, payload: [UInt8], id: String, at now: Int64, due: Int64, expires: Int64,
        revivesEnded: Bool = false
    ) throws -> Bool {
        let conflict: SQLText =
            revivesEnded
            ? """
            DO UPDATE SET state = 'waiting', payload = excluded.payload, tries = 0, lease_until = 0,
              due_at = excluded.due_at, expires_at = excluded.expires_at, finished_at = NULL, reason = NULL
            WHERE outbox.state IN ('cancelled', 'failed', 'expired')
            """ : "DO NOTHING"
        let added = try execute(
            """
            INSERT INTO outbox (id, kind, idempotency_key, payload, state, created_at, due_at, expires_at)
            VALUES (\(id), \(kind), \(key), \(payload), 'waiting', \(now), \(due), \(expires))
            ON CONFLICT (idempotency_key) \(sql: conflict)
            """)
        if added > 0 { try notify(.outbox, kind) }
        return added > 0
    }

    /// Claims a job of the kinds given, for `lease` milliseconds: one that another worker left unfinished, or the one that
    /// is due longest. Each lane asks after each commit, so that this must not walk through what waits for others.
    /// - Parameter newestFirst: the job that came last instead, where that is what somebody waits for.
    public func claimJob(kinds: [String], at now: Int64, lease: Int64, newestFirst: Bool = false) throws
        -> OutboxJob?
    {
        let order: SQLText = newestFirst ? "due_at DESC, id DESC" : "due_at, id"
        let row = try first(
            """
            UPDATE outbox SET state = 'running', tries = tries + 1, lease_until = \(now + lease)
            WHERE id = COALESCE(
              (SELECT id FROM outbox WHERE state = 'running' AND kind IN (\(list: kinds)) AND lease_until < \(now)
               ORDER BY due_at, id LIMIT 1 \(sql: .skippingLockedRows)),
              (SELECT id FROM outbox WHERE state = 'waiting' AND kind IN (\(list: kinds)) AND due_at <= \(now)
               ORDER BY \(sql: order) LIMIT 1 \(sql: .skippingLockedRows)))
            RETURNING id, kind, idempotency_key, payload, tries, expires_at
            """)
        guard let row else { return nil }
        return OutboxJob(
            id: try row.get("id"), kind: try row.get("kind"), idempotencyKey: try row.get("idempotency_key"),
            payload: try row.get("payload"), tries: try row.get("tries"), expiresAt: try row.get("expires_at")
        )
    }

    /// Ends a job that this worker still holds; its payload is wiped, because it may hold an address or a
    /// code. One that was given up keeps it, sealed, until its own time ends, so that it can be done again; not so what
    /// would be over within the hour, such as codes and links.
    /// - Returns: false when the lease has gone to another worker meanwhile.
    @discardableResult
    public func settle(_ job: OutboxJob, _ end: OutboxEnd, reason: String?, at now: Int64) throws -> Bool {
        let none: [UInt8] = []
        let isKept = end == .failed && job.expiresAt - now > 3_600_000
        let wiped: SQLText = isKept ? "" : ", payload = \(none)"
        return try execute(
            """
            UPDATE outbox SET state = \(end.rawValue), finished_at = \(now), reason = \(reason) \(sql: wiped)
            WHERE id = \(job.id) AND state = 'running' AND tries = \(job.tries)
            """) > 0
    }

    /// Keeps a job that takes longer than its lease.
    /// - Returns: false when it has gone to another worker meanwhile, or is settled.
    @discardableResult
    public func renewLease(of job: OutboxJob, until end: Int64) throws -> Bool {
        try execute(
            """
            UPDATE outbox SET lease_until = \(end)
            WHERE id = \(job.id) AND state = 'running' AND tries = \(job.tries)
            """) > 0
    }

    /// Puts a job back, to be tried again at `due`.
    @discardableResult
    public func retry(_ job: OutboxJob, due: Int64, reason: String) throws -> Bool {
        try execute(
            """
            UPDATE outbox SET state = 'waiting', due_at = \(due), reason = \(reason)
            WHERE id = \(job.id) AND state = 'running' AND tries = \(job.tries)
            """) > 0
    }

    /// Drops the jobs of a kind that wait: nobody does them any more.
    public func cancelJobs(_ kind: String, reason: String, at now: Int64) throws {
        let none: [UInt8] = []
        try execute(
            """
            UPDATE outbox SET state = 'cancelled', finished_at = \(now), reason = \(reason), payload = \(none)
            WHERE kind = \(kind) AND state = 'waiting'
            """)
    }

    /// Forgets ended jobs older than `before`. Their keys go too: callers keep keys that never come back.
    public func forgetEndedJobs(before: Int64) throws {
        try execute("DELETE FROM outbox WHERE finished_at < \(before)")
    }
}
