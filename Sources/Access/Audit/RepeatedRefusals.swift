import Storage

/// Somebody who is refused a thousand times a minute must not fill the trail: the first refusal of a subject in
/// a minute is an event of its own, the others are counted beside it and told together when the minute is over.
extension Transaction {
    /// - Parameter subject: what is refused, such as a session or a network; no spaces.
    func recordRepeated(_ entry: AuditEntry, of subject: String, by actor: AuditActor, at now: Timestamp)
        throws
    {
        let bucket = RepeatedRefusal(
            event: entry.event, rule: entry.rule ?? "-", actorID: actor.id, subject: subject
        ).bucket
        guard try countUse(of: bucket, per: RepeatedRefusal.window, at: now) == 1 else { return }
        try record(entry, by: actor, at: now)
    }
}

extension AccessActions {
    /// Records a refusal that its receiver can bring about as often as he likes.
    /// - Parameter session: his session; without one he is counted by his network.
    public func recordRepeatedRefusal(_ entry: AuditEntry, session: FoundSession?, origin: RequestOrigin)
        async throws
    {
        let now = clock.now()
        let network = NetworkAddress.network(of: origin.address)
        let subject = session?.session.id.rawValue ?? (network.isEmpty ? "-" : network)
        let actor: AuditActor =
            if let viewer = session?.viewer { .person(viewer) } else {
                .anonymous(origin, claimed: session?.account.id)
            }
        try await database.write { try $0.recordRepeated(entry, of: subject, by: actor, at: now) }
    }

    /// Tells the repeated refusals of the minutes that are over, one event a subject. Called every minute; what
    /// waits is in the database and survives a restart.
    public func recordRepetitions() async throws {
        let now = clock.now()
        let origin = RequestOrigin.system(node: node)
        try await database.write { transaction in
            let over = now.adding(milliseconds: -RepeatedRefusal.window)
            for (bucket, uses) in try transaction.takeCounters(named: RepeatedRefusal.prefix, before: over) {
                guard uses > 1, let refusal = RepeatedRefusal(bucket: bucket) else { continue }
                try transaction.record(
                    AuditEntry(refusal.event, .refused, rule: refusal.rule, detail: "repeated=\(uses - 1)"),
                    by: .anonymous(origin, claimed: refusal.actorID.map(Account.ID.init(rawValue:))), at: now)
            }
        }
    }
}

/// The name of the counter under which repetitions wait.
private struct RepeatedRefusal {
    let event: AuditEventKind
    let rule: String
    let actorID: String?
    let subject: String

    static let prefix = "refused "
    /// A minute, in milliseconds.
    static let window: Int64 = 60_000

    var bucket: String { "\(Self.prefix)\(event.rawValue) \(rule) \(actorID ?? "-") \(subject)" }
}

extension RepeatedRefusal {
    init?(bucket: String) {
        let words = bucket.split(separator: " ").map { String($0) }
        guard words.count == 5, let event = AuditEventKind(rawValue: words[1]) else { return nil }
        self.init(
            event: event, rule: words[2], actorID: words[3] == "-" ? nil : words[3], subject: words[4])
    }
}
