public import Access
import Documents
import Storage

extension DispatchActions {
    /// How many jobs are done again at a time.
    public static let relaunchedAtOnce = 200

    /// Lets a job that was given up wait once more; traced in the same transaction. Whether it is still wanted is asked
    /// again before it goes out, as for every job.
    /// - Throws: `TransmissionRefusal`, `AccessRefusal`.
    public func relaunch(_ id: String, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            guard let job = try transaction.endedJob(id),
                let failed = FailedTransmission(job, at: now)
            else { throw TransmissionRefusal.notFound }
            if let obstacle = failed.obstacle { throw obstacle }
            guard try transaction.relaunch(job, failed.queue, by: holder, at: now) else {
                throw TransmissionRefusal.contentWiped
            }
        }
    }

    /// The same for the jobs of a queue that can be done again, those that were given up first, at most 200.
    /// - Returns: how many wait now.
    /// - Throws: `AccessRefusal`.
    public func relaunchAll(of queue: TransmissionQueue, _ holder: Holder) async throws -> Int {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            guard !queue.hasOtherWay else { return 0 }
            return try transaction.revivableJobs(
                queue.kinds, at: now.rawValue, limit: Self.relaunchedAtOnce
            ).filter { try transaction.relaunch($0, queue, by: holder, at: now) }.count
        }
    }
}

extension Transaction {
    /// - Returns: false when what it was about is gone.
    fileprivate func relaunch(
        _ job: EndedJob, _ queue: TransmissionQueue, by holder: Holder, at now: Timestamp
    ) throws -> Bool {
        // «preview:DOCUMENT», «record:DOCUMENT», «subscription:ID:EVENT»
        let subject = job.key.split(separator: ":").dropFirst().first.map(String.init) ?? ""
        switch queue {
        case .previews: guard try awaitPreview(Document.ID(rawValue: subject)) else { return false }
        case .nationalRecord:
            guard try hasContents(Document.ID(rawValue: subject)) else { return false }
        case .webhooks: try resumeSubscription(subject, at: now)
        case .codes, .email, .sms, .securedMail, .recordFeed: break
        }
        guard try reviveJob(job.id, at: now.rawValue) else { return false }
        try record(
            AuditEntry(
                .transmissionRelaunched, object: AuditObject(kind: "outboxJob", id: job.id),
                detail: "queue=\(queue.rawValue) kind=\(job.kind)"),
            by: .person(holder), at: now)
        return true
    }
}
