public import Storage

/// Where a program of a practice wants to be called when something changes for its professional (FHIR Subscription,
/// rest-hook). The call says nothing; the program then asks.
public struct Subscription: Sendable {
    public enum State: String, Sendable, SQLBindable, SQLDecodable {
        case active
        /// Calls came to nothing: it is not called any more.
        case error
        /// Ended by its owner.
        case off
    }

    public let id: String
    public let clientID: Client.ID
    public let accountID: Account.ID
    public let endpoint: String
    public let criteria: String
    /// Why, in the words of who asked for it.
    public let reason: String
    public let state: State
    /// What went wrong at last.
    public let fault: String?
    public let createdAt: Timestamp
    public let endsAt: Timestamp
    public let version: Int

    /// How many a client may have at a time.
    public static let limit = 5
    /// For so many days one lives at most.
    public static let days = 366
}

/// Why there is no such subscription.
public enum SubscriptionRefusal: Refusal, Equatable {
    case notFound
    case tooMany
    /// Only programs of professionals are called.
    case noProfessional

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .tooMany: .conflict
        case .noProfessional: .forbidden
        }
    }
    public var rule: String {
        switch self {
        case .notFound: "subscription.notFound"
        case .tooMany: "subscription.tooMany"
        case .noProfessional: "subscription.noProfessional"
        }
    }
}

extension AccessActions {
    /// From now on the program is called.
    /// - Throws: `SubscriptionRefusal.tooMany`, `.noProfessional`.
    public func subscribe(
        to endpoint: String, criteria: String, reason: String, until end: Timestamp?, _ machine: MachineViewer
    ) async throws -> Subscription {
        let now = clock.now()
        guard let account = machine.principalID else { throw SubscriptionRefusal.noProfessional }
        let latest = now.adding(days: Subscription.days)
        let subscription = Subscription(
            id: RandomText.identifier(), clientID: machine.clientID, accountID: account, endpoint: endpoint,
            criteria: criteria, reason: reason, state: .active, fault: nil, createdAt: now,
            endsAt: min(end ?? latest, latest), version: 1)
        return try await database.write { transaction in
            try transaction.confirm(machine, at: now)
            let others = try transaction.subscriptions(of: machine.clientID)
            guard others.count(where: { $0.state == .active }) < Subscription.limit, others.count < 100 else {
                throw SubscriptionRefusal.tooMany
            }
            try transaction.insert(subscription)
            try transaction.record(
                AuditEntry(
                    .subscriptionChanged, object: AuditObject(kind: "subscription", id: subscription.id),
                    detail: "on"), by: .machine(machine), at: now)
            return subscription
        }
    }

    /// One's own subscriptions, the newest first.
    public func subscriptions(of machine: MachineViewer) async throws -> [Subscription] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(machine, at: now)
            return try transaction.subscriptions(of: machine.clientID).filter { $0.state != .off }
        }
    }

    /// Ends one's own subscription.
    /// - Throws: `SubscriptionRefusal.notFound`.
    public func unsubscribe(_ id: String, _ machine: MachineViewer) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(machine, at: now)
            guard try transaction.endSubscription(id, of: machine.clientID) else {
                throw SubscriptionRefusal.notFound
            }
            try transaction.record(
                AuditEntry(
                    .subscriptionChanged, object: AuditObject(kind: "subscription", id: id), detail: "off"),
                by: .machine(machine), at: now)
        }
    }

    /// Where the programs of a professional are called, and how that goes; the newest first.
    public func subscriptions(of holder: Holder) async throws -> [Subscription] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.subscriptions(of: holder.accountID, limit: 50).filter { $0.endsAt > now }
        }
    }

    /// Lets a program that could not be reached be called again, by its professional; at once, because it missed
    /// something.
    /// - Throws: `SubscriptionRefusal.notFound` for another's, and for one that is not in error.
    public func resumeSubscription(_ id: String, by holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            guard let found = try transaction.subscription(id), found.accountID == holder.accountID,
                try transaction.isBound(found.clientID, to: holder.accountID),
                try transaction.resumeSubscription(id, at: now)
            else { throw SubscriptionRefusal.notFound }
            try transaction.callAnew(found, at: now)
            try transaction.record(
                AuditEntry(
                    .subscriptionChanged, object: AuditObject(kind: "subscription", id: id), detail: "on"),
                by: .person(holder), at: now)
        }
    }

    /// Where a call has to go.
    /// - Returns: nil when nobody wants it any more: ended, in error, its time over, its program or professional gone.
    public func subscriptionToCall(_ id: String) async throws -> Subscription? {
        let now = clock.now()
        return try await database.read { transaction in
            guard let found = try transaction.subscription(id), found.state == .active, found.endsAt > now,
                try transaction.isBound(found.clientID, to: found.accountID)
            else { return nil }
            return found
        }
    }

    /// Ends a call. One that came to nothing for good switches its subscription to error, and its professional is told
    /// by one mail, because his program cannot.
    public func settleCall(_ job: OutboxJob, of id: String, _ end: OutboxEnd, reason: String?) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            guard try transaction.settle(job, end, reason: reason, at: now.rawValue) else { return }
            guard end == .failed || end == .expired else { return }
            guard try transaction.failSubscription(id, String((reason ?? "\(end)").prefix(200))) else {
                return
            }
            if let found = try transaction.subscription(id),
                let account = try transaction.account(found.accountID)
            {
                // one an hour, however many subscriptions the program has
                try transaction.notify(
                    account, .softwareUnreachable,
                    key: "software-unreachable:\(account.id.rawValue):\(now.rawValue / 3_600_000)",
                    self.keyring, at: now)
            }
            try transaction.record(
                AuditEntry(
                    .subscriptionChanged, .failed, rule: "subscription.\(end)",
                    object: AuditObject(kind: "subscription", id: id)), by: actor, at: now)
        }
    }
}
