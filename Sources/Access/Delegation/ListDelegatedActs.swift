import Storage

/// Something that was done in a principal's name.
public struct DelegatedAct: Sendable {
    public let event: AuditEventKind
    public let outcome: AuditOutcome
    public let at: Timestamp
    /// Who did it.
    public let delegate: String
    /// What it was done to; a document, for most.
    public let objectKind: String?
    public let objectID: String?
}

extension AccessActions {
    /// What delegates did in somebody's name: the newest 200. Looking is itself traced.
    public func delegatedActs(inTheNameOf holder: Holder) async throws -> [DelegatedAct] {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, as: [.practitioner], at: now)
            try transaction.record(
                AuditEntry(.accessLogRead, object: .account(holder.accountID)), by: .person(holder), at: now)
            let records = try transaction.auditRecords(inTheNameOf: holder.accountID, limit: 200)
            let names = try transaction.displayNames(
                of: Array(Set(records.compactMap(\.actorID).map(Account.ID.init(rawValue:)))))
            return records.compactMap { record in
                guard let event = AuditEventKind(rawValue: record.event),
                    let outcome = AuditOutcome(rawValue: record.outcome)
                else { return nil }
                return DelegatedAct(
                    event: event, outcome: outcome, at: record.recordedAt,
                    delegate: record.actorID.flatMap { names[Account.ID(rawValue: $0)] } ?? "",
                    objectKind: record.objectKind, objectID: record.objectID)
            }
        }
    }
}
