public import Access
import Directory
import Documents
import Storage

extension DispatchActions {
    /// Why somebody finds nothing in his space: every rule, looked at now. Looking is traced (diagnosisRead).
    /// - Parameter viewer: the professional, or who may read for him.
    public func diagnose(_ viewer: Viewer) async throws -> DeliveryFacts {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            try transaction.record(
                AuditEntry(.diagnosisRead, object: .account(viewer.principalID)), by: .person(viewer), at: now
            )
            return try self.facts(of: viewer.principalID, in: transaction, at: now)
        }
    }

    /// What is known of one professional's deliveries.
    func facts(of account: Account.ID, in transaction: any Transaction, at now: Timestamp) throws
        -> DeliveryFacts
    {
        var facts = DeliveryFacts()
        guard let recipient = try transaction.recipient(account: account),
            let holder = try transaction.account(account)
        else {
            facts.hasNumber = false
            return facts
        }
        let practitioner = recipient.practitioner
        let since = now.adding(days: -RefusedDelivery.newsDays)
        facts.accountState = holder.state
        facts.canSignIn = recipient.canSignIn
        facts.mayReceive = holder.state != .active || recipient.isActive
        facts.hasNumber = practitioner.gln != nil
        facts.mode = practitioner.deliveryMode
        if case .secured = try transaction.documentMail(of: account) { facts.hasSecuredMailbox = true }
        facts.policy = practitioner.notificationPolicy
        facts.hasNoticeAddress = !practitioner.notificationEmail.isEmpty
        facts.lastSignedInAt = holder.lastSignedInAt
        if let gln = practitioner.gln {
            let designations = try transaction.validDesignations(of: gln, on: SwissDate.day(of: now))
            (facts.designations, facts.newestDesignationAt) = (designations.count, designations.newestAt)
            facts.refused = Self.grouped(
                try transaction.refusedDeliveries(for: gln, since: since, limit: 200))
        }
        let figures = try transaction.spaceFigures(of: account, at: now)
        (facts.received, facts.unread) = (figures.received, figures.unread)
        (facts.hiddenByType, facts.hiddenByPatient) = (figures.hiddenByType, figures.hiddenByPatient)
        facts.expiredUnread = try transaction.expiredUnread(of: account, since: since, at: now)
        facts.withdrawnUnread = try transaction.withdrawnUnread(of: account, since: since)
        facts.returnedMails = try transaction.returnedMails(of: account, since: since)
        let newest = try transaction.newestDispatch(of: account)
        facts.newestReceivedAt = newest.receivedAt
        facts.notice = try notice(
            of: holder, policy: practitioner.notificationPolicy, notifiedAt: newest.notifiedAt,
            in: transaction, at: now)
        return facts
    }

    /// By reason, the newest first.
    static func grouped(_ refused: [RefusedDelivery]) -> [DeliveryFacts.Refused] {
        Dictionary(grouping: refused, by: \.rule).map { rule, all in
            DeliveryFacts.Refused(
                rule: rule, count: all.count, newestAt: all.map(\.at).max() ?? Timestamp(rawValue: 0))
        }.sorted { ($0.newestAt, $0.rule) > ($1.newestAt, $1.rule) }
    }

    /// The mail that waits or failed under the keys of this sign-in, the one before, and the days around today; else
    /// the last one that left.
    private func notice(
        of account: Account, policy: Practitioner.NotificationPolicy, notifiedAt: Timestamp?,
        in transaction: any Transaction, at now: Timestamp
    ) throws -> DeliveryFacts.Notice {
        let id = account.id.rawValue
        let signIns = [account.lastSignedInAt, account.previousSignedInAt, Timestamp(rawValue: 0)]
        let days = [-1, 0, 1].map { SwissDate.day(of: now.adding(days: $0)) }
        let keys =
            Set(signIns.compactMap { $0 }.map { "notice:\(id):since:\($0.rawValue)" })
            .union(days.map { "notice:\(id):day:\($0)" })
        let jobs = try transaction.outboxStates(of: keys.sorted())
        let sent = notifiedAt.map(DeliveryFacts.Notice.sent) ?? .none
        guard let job = jobs.first(where: { $0.state != "cancelled" }) else { return sent }
        let end = job.finishedAt.map(Timestamp.init(rawValue:))
        switch job.state {
        case "waiting", "running": return .waiting(Timestamp(rawValue: job.dueAt), reason: job.reason)
        case "failed", "expired":
            // one that left later is the news
            if let end, let notifiedAt, notifiedAt > end { return sent }
            return .failed(end ?? now, reason: job.reason)
        default: return sent
        }
    }
}
