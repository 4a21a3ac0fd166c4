public import Storage

/// All SQL that touches the guard of failed sign-ins and the counters.
extension Transaction {
    /// Until when the failures of a subject make one wait; nil when there are none.
    func retryTime(of subject: [UInt8]) throws -> Timestamp? {
        try first("SELECT retry_at FROM sign_in_guard WHERE subject_hash = \(subject)")?.get("retry_at")
    }

    func countFailure(
        of subject: [UInt8], at now: Timestamp, _ waitingMinutes: (_ failures: Int) -> Int
    ) throws {
        let row = try first("SELECT failures FROM sign_in_guard WHERE subject_hash = \(subject)")
        let failures = try (row?.get("failures") ?? 0) + 1
        let next = now.adding(minutes: waitingMinutes(failures))
        try execute(
            """
            INSERT INTO sign_in_guard (subject_hash, failures, last_failed_at, retry_at)
            VALUES (\(subject), \(failures), \(now), \(next))
            ON CONFLICT (subject_hash) DO UPDATE SET failures = excluded.failures,
              last_failed_at = excluded.last_failed_at, retry_at = excluded.retry_at
            """)
    }

    /// Takes one failure back that was none, with the wait it brought.
    func uncountFailure(of subject: [UInt8], at now: Timestamp) throws {
        try execute(
            """
            UPDATE sign_in_guard SET failures = failures - 1, retry_at = \(now)
            WHERE subject_hash = \(subject) AND failures > 0
            """)
    }

    func forgetTries(of subject: [UInt8]) throws {
        try execute("DELETE FROM sign_in_guard WHERE subject_hash = \(subject)")
    }

    func forgetGuards(before: Timestamp) throws {
        try execute("DELETE FROM sign_in_guard WHERE last_failed_at < \(before)")
    }

    /// Counts one use of `bucket` in the fixed window of `per` milliseconds.
    /// - Returns: whether it is within `limit`.
    public func count(_ bucket: String, per window: Int64, limit: Int, at now: Timestamp) throws -> Bool {
        try countUse(of: bucket, per: window, at: now) <= limit
    }

    /// - Returns: how many uses of the window this is.
    func countUse(of bucket: String, per window: Int64, at now: Timestamp) throws -> Int {
        let start = now.rawValue - now.rawValue % window
        let row = try first(
            """
            INSERT INTO throttle (bucket, window_start, uses) VALUES (\(bucket), \(start), 1)
            ON CONFLICT (bucket, window_start) DO UPDATE SET uses = throttle.uses + 1
            RETURNING uses
            """)
        return try row?.get("uses") ?? 1
    }

    /// Takes one use back.
    func uncount(_ bucket: String, per window: Int64, at now: Timestamp) throws {
        let start = now.rawValue - now.rawValue % window
        try execute(
            """
            UPDATE throttle SET uses = uses - 1
            WHERE bucket = \(bucket) AND window_start = \(start) AND uses > 0
            """)
    }

    /// Takes out the counters whose name begins so and whose window began before.
    func takeCounters(named prefix: String, before: Timestamp) throws -> [(bucket: String, uses: Int)] {
        try query(
            """
            DELETE FROM throttle
            WHERE bucket LIKE \(prefix + "%") AND window_start < \(before)
            RETURNING bucket, uses
            """
        ).map { (try $0.get("bucket"), try $0.get("uses")) }
    }

    func forgetCounters(before: Timestamp) throws {
        try execute("DELETE FROM throttle WHERE window_start < \(before)")
    }
}
