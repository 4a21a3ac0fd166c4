public import Access
public import Logging
public import ServiceLifecycle
public import Storage

/// One lane of the outbox: claims jobs of its kinds one by one, and does them. Woken by commits that add one, and every few
/// seconds in case a wake-up was lost or a lease ran out. At SIGTERM it finishes the job in hand and stops.
public struct OutboxWorker: Service {
    let lane: OutboxLane
    let database: any Database
    let clock: Clock
    let logger: Logger

    public init(_ lane: OutboxLane, database: any Database, clock: Clock, logger: Logger) {
        self.lane = lane
        self.database = database
        self.clock = clock
        self.logger = logger
    }

    public func run() async throws {
        let wakeUps = database.listen(.outbox)
        await withTaskGroup(of: Void.self) { group in
            let (ticks, continuation) = AsyncStream.makeStream(
                of: Void.self, bufferingPolicy: .bufferingNewest(1))
            group.addTask {
                for await kind in wakeUps where kind.isEmpty || lane.kinds.contains(kind) {
                    continuation.yield()
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(lane.tickSeconds))
                    continuation.yield()
                }
            }
            for await _ in ticks.cancelOnGracefulShutdown() {
                do {
                    while !Task.isShuttingDownGracefully, try await workOnce() {}
                } catch {
                    logger.error("outbox", metadata: ["lane": "\(lane.name)", "error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
            group.cancelAll()
        }
    }

    /// Claims and does one job.
    /// - Returns: false when none is due.
    ///   With `stopsAtFailure` also after a job that is to be tried again.
    public func workOnce() async throws -> Bool {
        if let together = lane.together { return try await workOnce(together) }
        let now = clock.now()
        let job = try await database.write(.readCommitted) { [lane] in
            try $0.claimJob(
                kinds: lane.kinds, at: now.rawValue, lease: Int64(lane.leaseSeconds) * 1000,
                newestFirst: lane.isNewestFirst)
        }
        guard let job else { return false }
        guard job.expiresAt > now.rawValue else {
            try await lane.end(job, .expired, "too late")
            return true
        }
        let renewal = renewing(job)
        defer { renewal.cancel() }
        do {
            try await lane.work(job)
        } catch {
            let failure = Self.failure(error)
            try await settle(job, failure)
            if lane.stopsAtFailure, case .temporary = failure { return false }
        }
        return true
    }

    static func failure(_ error: any Error) -> JobFailure {
        switch error {
        case let failure as JobFailure: failure
        case let failure as any DeliveryFailure:
            failure.isPermanent ? .permanent("\(failure)") : .temporary("\(failure)")
        default: .temporary("\(type(of: error))")
        }
    }

    /// Keeps the lease while the job is done, so that it can be short: what a killed node had in hand is taken over
    /// soon, and what takes long is not done twice. Ten minutes at most: whoever hangs does not keep it for ever.
    func renewing(_ job: OutboxJob) -> Task<Void, Never> {
        Task { [lane, database, clock] in
            let pause = Duration.milliseconds(lane.leaseSeconds * 1000 / 3)
            for _ in 0..<(600 * 3 / lane.leaseSeconds) {
                do { try await Task.sleep(for: pause) } catch { return }
                let end = clock.now().adding(seconds: lane.leaseSeconds)
                let isOurs = try? await database.write(.readCommitted) {
                    try $0.renewLease(of: job, until: end.rawValue)
                }
                if isOurs == false { return }
            }
        }
    }

    /// A permanent failure, or one too many, parks the job with its reason; the others wait and try again.
    func settle(_ job: OutboxJob, _ failure: JobFailure) async throws {
        let now = clock.now()
        if case .nextTime(let reason) = failure {
            return try await database.write { _ = try $0.retry(job, due: now.rawValue, reason: reason) }
        }
        logger.warning(
            "outbox job failed",  // why stands in its row: a relay's words may hold an address
            metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "try": "\(job.tries)"])
        switch failure {
        case .permanent(let reason): try await lane.end(job, .failed, reason)
        case .temporary(let reason), .notYet(let reason), .nextTime(let reason):
            guard job.tries < lane.maximumTries else { return try await lane.end(job, .failed, reason) }
            let pause = RetryRules.seconds(afterTries: job.tries, longest: lane.longestPause)
            let due = now.adding(seconds: pause)
            try await database.write { _ = try $0.retry(job, due: due.rawValue, reason: reason) }
        }
    }
}

/// What a worker does with one kind of job.
public struct OutboxLane: Sendable {
    let name: String
    let kinds: [String]
    let leaseSeconds: Int
    let maximumTries: Int
    /// Between two tries, in seconds.
    var longestPause = 300
    /// A lease that ran out is found within half its length.
    var tickSeconds: Int { min(15, max(1, leaseSeconds / 2)) }
    /// Readers open what came last: after a rush the newest page images are made first.
    var isNewestFirst = false
    /// All its jobs go to one place: when that is away, the others wait for the next tick instead of failing too.
    var stopsAtFailure = false
    /// Does several jobs in one go, instead of `work`.
    var together: Together?
    /// Does the job and settles it as done or cancelled.
    /// - Throws: `JobFailure`.
    let work: @Sendable (OutboxJob) async throws -> Void
    /// Settles a job that came to nothing.
    let end: @Sendable (OutboxJob, OutboxEnd, String) async throws -> Void
}

/// Why a job was not done.
enum JobFailure: Error {
    /// Trying again is useless.
    case permanent(String)
    case temporary(String)
    /// Nothing is wrong: another job comes first.
    case notYet(String)
    /// Nothing is wrong: it goes with the next ones, at once.
    case nextTime(String)

    var reason: String {
        switch self {
        case .permanent(let reason), .temporary(let reason), .notYet(let reason), .nextTime(let reason):
            reason
        }
    }
}

/// When to try again (security.md, 5.5): 1, 2, 4 … seconds, then as often as the lane says: every five minutes, most of
/// them.
enum RetryRules {
    static func seconds(afterTries tries: Int, longest: Int = 300) -> Int {
        min(1 << min(max(tries - 1, 0), 12), longest)
    }
}
