public import Access
import Storage

/// How one queue stands. Times in UTC milliseconds.
public struct TransmissionFigures: Sendable {
    public let queue: TransmissionQueue
    public let waiting: Int
    public let running: Int
    /// Of those that wait, how many were tried before.
    public let retrying: Int
    /// Since when the oldest is late.
    public let oldest: Int64?
    /// In the last seven days.
    public let failed: Int
    public let expired: Int
    /// How many «all of this queue» would do again.
    public let revivable: Int
    public let lastDone: Int64?
    /// Why the last did not go out, and when it was given up; nil while it is still tried.
    public let fault: TransmissionFault?
    public let faultAt: Int64?
    /// False where this installation does not use the queue: nothing comes into it.
    public let isUsed: Bool

    public init(
        queue: TransmissionQueue, waiting: Int, running: Int, retrying: Int, oldest: Int64?, failed: Int,
        expired: Int, revivable: Int, lastDone: Int64?, fault: TransmissionFault?, faultAt: Int64?,
        isUsed: Bool = true
    ) {
        self.isUsed = isUsed
        self.queue = queue
        self.waiting = waiting
        self.running = running
        self.retrying = retrying
        self.oldest = oldest
        self.failed = failed
        self.expired = expired
        self.revivable = revivable
        self.lastDone = lastDone
        self.fault = fault
        self.faultAt = faultAt
    }

    init(_ queue: TransmissionQueue, _ ledgers: [OutboxLedger], isUsed: Bool) {
        func sum(_ figure: (OutboxLedger) -> Int) -> Int { ledgers.map(figure).reduce(0, +) }
        let last = ledgers.compactMap(\.lastFailure).max { $0.finishedAt < $1.finishedAt }
        let waiting = ledgers.compactMap(\.waitingReason).first
        self.init(
            queue: queue, waiting: sum(\.waiting), running: sum(\.running), retrying: sum(\.retrying),
            oldest: ledgers.compactMap(\.oldest).min(), failed: sum(\.failed), expired: sum(\.expired),
            revivable: queue.hasOtherWay ? 0 : sum(\.revivable),
            lastDone: ledgers.compactMap(\.lastDone).max(),
            fault: (waiting ?? last?.reason).map(TransmissionFault.init),
            faultAt: waiting == nil ? last?.finishedAt : nil, isUsed: isUsed)
    }
}

/// A job that was given up, as the portal team may know it: neither a patient, nor a document, nor an address.
public struct FailedTransmission: Sendable {
    public let id: String
    public let queue: TransmissionQueue
    public let kind: String
    /// False: its time ran out.
    public let isGivenUp: Bool
    public let tries: Int
    /// UTC milliseconds
    public let createdAt: Int64
    public let finishedAt: Int64
    public let fault: TransmissionFault
    /// Whom a notice was for.
    public let accountID: Account.ID?
    /// Why it cannot be done again; nil when it can.
    public let obstacle: TransmissionRefusal?

    public init(
        id: String, queue: TransmissionQueue, kind: String, isGivenUp: Bool, tries: Int, createdAt: Int64,
        finishedAt: Int64, fault: TransmissionFault, accountID: Account.ID?, obstacle: TransmissionRefusal?
    ) {
        self.id = id
        self.queue = queue
        self.kind = kind
        self.isGivenUp = isGivenUp
        self.tries = tries
        self.createdAt = createdAt
        self.finishedAt = finishedAt
        self.fault = fault
        self.accountID = accountID
        self.obstacle = obstacle
    }

    init?(_ job: EndedJob, at now: Timestamp) {
        guard let queue = TransmissionQueue.of(kind: job.kind) else { return nil }
        let isNotice = job.kind == NoticeJob.outboxKind
        let account = isNotice ? job.key.split(separator: ":").dropFirst().first.map(String.init) : nil
        self.init(
            id: job.id, queue: queue, kind: job.kind, isGivenUp: job.state == "failed", tries: job.tries,
            createdAt: job.createdAt, finishedAt: job.finishedAt,
            fault: TransmissionFault(job.reason ?? ""), accountID: account.map(Account.ID.init(rawValue:)),
            obstacle: Self.obstacle(job, queue, at: now))
    }

    private static func obstacle(_ job: EndedJob, _ queue: TransmissionQueue, at now: Timestamp)
        -> TransmissionRefusal?
    {
        if queue.hasOtherWay { return .wentOtherWay }
        if job.state != "failed" || job.expiresAt <= now.rawValue { return .tooLate }
        return job.hasPayload ? nil : .contentWiped
    }
}

/// The page of transmissions.
public struct Transmissions: Sendable {
    /// Where a page of the list ends.
    public struct Key: Sendable {
        public let finishedAt: Int64
        public let id: String
        public init(finishedAt: Int64, id: String) {
            self.finishedAt = finishedAt
            self.id = id
        }
    }

    public let figures: [TransmissionFigures]
    /// The last one first.
    public let failed: [FailedTransmission]
    public let next: Key?

    public init(figures: [TransmissionFigures], failed: [FailedTransmission], next: Key?) {
        self.figures = figures
        self.failed = failed
        self.next = next
    }
}

extension DispatchActions {
    /// For how many days failures are counted.
    public static let transmissionDays = 7

    /// How the queues stand, and what came to nothing in the last thirty days.
    /// - Parameters:
    ///   - queue: only this one in the list.
    ///   - isGivenUp: only those that were given up, or only those whose time ran out.
    ///   - before: the last one of the page before.
    public func transmissions(
        of queue: TransmissionQueue?, isGivenUp: Bool?, before: Transmissions.Key?, _ holder: Holder
    ) async throws -> Transmissions {
        let now = clock.now()
        let limit = 50
        let states = isGivenUp.map { [$0 ? "failed" : "expired"] } ?? ["failed", "expired"]
        let kinds = (queue.map { [$0] } ?? TransmissionQueue.allCases).flatMap(\.kinds)
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            let ledgers = try transaction.outboxLedgers(
                of: TransmissionQueue.allCases.flatMap(\.kinds), at: now.rawValue,
                since: now.adding(days: -Self.transmissionDays).rawValue)
            let rows = try transaction.endedJobs(
                kinds, states, before: before.map { ($0.finishedAt, $0.id) }, limit: limit + 1)
            let page = rows.prefix(limit)
            let unused = try self.unusedQueues(in: transaction)
            return Transmissions(
                figures: TransmissionQueue.allCases.map { queue in
                    TransmissionFigures(
                        queue, queue.kinds.compactMap { ledgers[$0] }, isUsed: !unused.contains(queue))
                }, failed: page.compactMap { FailedTransmission($0, at: now) },
                next: rows.count > limit
                    ? page.last.map { Transmissions.Key(finishedAt: $0.finishedAt, id: $0.id) } : nil)
        }
    }

    /// What the installation has not switched on. The others need no switch: somebody's preferences or programs use them.
    private func unusedQueues(in transaction: any Transaction) throws -> Set<TransmissionQueue> {
        var unused: Set<TransmissionQueue> = []
        if try !transaction.isRecordFed() { unused.insert(.recordFeed) }
        if !waysOut.feedsNationalRecord { unused.insert(.nationalRecord) }
        return unused
    }
}
