public import Storage

extension AccessActions {
    /// Says whether the trace of documents is pushed to the hospital's record system. Said at each start; what waits
    /// when it is switched off is dropped, because nobody would send it.
    public func switchRecordFeed(_ isOn: Bool) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            guard try transaction.setRecordFeed(isOn, at: now) else { return }
            try transaction.record(
                AuditEntry(
                    .configurationChanged, object: AuditObject(kind: "recordFeed", id: "record"),
                    detail: "on=\(isOn)"), by: actor, at: now)
        }
    }

    /// Writes that an event could not be brought to the record system, in the transaction that ends its job.
    public func settleFeed(_ job: OutboxJob, _ end: OutboxEnd, reason: String?) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            guard try transaction.settle(job, end, reason: reason, at: now.rawValue) else { return }
            guard end == .failed || end == .expired else { return }
            try transaction.record(
                AuditEntry(
                    .recordFed, .failed, rule: "record.\(end)",
                    object: AuditObject(kind: "event", id: job.idempotencyKey)), by: actor, at: now)
        }
    }
}
