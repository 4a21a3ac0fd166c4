import Access
import Storage

extension OutboxLane {
    /// For a lane whose jobs go to one place that takes several at once.
    struct Together: Sendable {
        /// Jobs that are claimed at once, at most.
        let atOnce: Int
        /// Does the jobs, and settles those that are done or cancelled.
        /// - Returns: one for each job: why it was not done, nil when it is settled.
        let work: @Sendable ([OutboxJob]) async -> [JobFailure?]
    }
}

extension OutboxWorker {
    /// Claims several jobs and does them in one go. Each ends by itself: one that fails does not repeat the others.
    /// - Returns: false when none is due; with `stopsAtFailure` also after one that is to be tried again.
    func workOnce(_ together: OutboxLane.Together) async throws -> Bool {
        let now = clock.now()
        let jobs = try await database.write(.readCommitted) { [lane] transaction in
            var jobs: [OutboxJob] = []
            while jobs.count < together.atOnce,
                let job = try transaction.claimJob(
                    kinds: lane.kinds, at: now.rawValue, lease: Int64(lane.leaseSeconds) * 1000)
            { jobs.append(job) }
            return jobs
        }
        for job in jobs where job.expiresAt <= now.rawValue { try await lane.end(job, .expired, "too late") }
        let open = jobs.filter { $0.expiresAt > now.rawValue }
        guard !open.isEmpty else { return !jobs.isEmpty }
        let renewals = open.map(renewing)
        defer { for renewal in renewals { renewal.cancel() } }
        var goesOn = true
        for (job, failure) in zip(open, await together.work(open)) {
            guard let failure else { continue }
            try await settle(job, failure)
            if lane.stopsAtFailure, case .temporary = failure { goesOn = false }
        }
        return goesOn
    }
}
