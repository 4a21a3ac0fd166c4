public import Storage

extension AccessActions {
    /// Hands all events from `start` on to `consume`, in pages. Reading the log is itself an event.
    public func exportAudit(
        from start: Int64, _ consume: (_ event: SealedAuditRecord, _ actorName: String?) async throws -> Void
    ) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            try transaction.record(AuditEntry(.auditExported, detail: "from=\(start)"), by: actor, at: now)
        }
        try await sealAudit()
        var next = start
        while true {
            let (page, names) = try await database.read { [next] transaction in
                let page = try transaction.auditRecords(from: next, limit: 500)
                let ids = Set(page.compactMap(\.event.record.actorID)).map(Account.ID.init(rawValue:))
                return (page, try transaction.displayNames(of: ids))
            }
            for (event, _) in page {
                try await consume(event, event.record.actorID.flatMap { names[Account.ID(rawValue: $0)] })
            }
            next += Int64(page.count)
            if page.count < 500 { return }
        }
    }

    /// Writes the refusal of an attempt, in a transaction of its own: the attempt's own was rolled back.
    public func recordRefusal(_ entry: AuditEntry, by actor: AuditActor) async throws {
        let now = clock.now()
        try await database.write { try $0.record(entry, by: actor, at: now) }
    }
}

/// A page of what was done to an object.
public struct ObjectAccesses: Sendable {
    public let records: [(record: AuditRecord, name: String?)]
    /// Where the next page begins; nil at the end.
    public let next: Int64?
}

extension Transaction {
    /// The names of those in whose name something was done.
    public func namesOfPrincipals(in records: [AuditRecord]) throws -> [Account.ID: String] {
        try displayNames(of: Array(Set(records.compactMap(\.principalID).map(Account.ID.init(rawValue:)))))
    }

    /// What was done to an object that the caller has already been allowed to see, the newest first, with the actors'
    /// names. The first page keeps the first reading of each person also where it is older than the page reaches: many
    /// readings must not push out the proof of the first.
    /// - Parameters:
    ///   - events: of these kinds only; empty: all.
    ///   - before: where a further page begins.
    public func accesses(
        toObject id: String, events: [AuditEventKind] = [], before: Int64?, limit: Int
    ) throws -> ObjectAccesses {
        let all = try doneRecords(
            ofObject: id, events: events, before: before ?? .max, limit: limit + 1)
        var page = Array(all.prefix(limit))
        let next = all.count > limit ? page.last?.id : nil
        if before == nil, let next {
            page += try firstReadings(ofObject: id, limit: limit).filter { $0.id < next }
        }
        let records = page.map(\.record)
        let ids = Set(records.filter { $0.actorKind == "account" }.compactMap(\.actorID))
        let names = try displayNames(of: ids.map(Account.ID.init(rawValue:)))
        return ObjectAccesses(
            records: records.map { ($0, $0.actorID.flatMap { names[Account.ID(rawValue: $0)] }) },
            next: next)
    }

    /// The newest events about an object that the caller has already been allowed to see, with the actors'
    /// names.
    public func accesses(toObject id: String, limit: Int) throws -> [(record: AuditRecord, name: String?)] {
        let records = try auditRecords(ofObject: id, limit: limit)
        let ids = Set(records.filter { $0.actorKind == "account" }.compactMap(\.actorID))
        let names = try displayNames(of: ids.map(Account.ID.init(rawValue:)))
        return records.map { record in
            (record, record.actorID.flatMap { names[Account.ID(rawValue: $0)] })
        }
    }
}
