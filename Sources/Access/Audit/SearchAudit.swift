import Storage

/// What is looked for in the trail.
public struct AuditFilter: Sendable {
    /// Acted, or was concerned: an account or a client.
    public var actorID: String?
    public var event: AuditEventKind?
    public var objectID: String?
    public var from: Timestamp?
    public var until: Timestamp?
    public init() {}
}

/// An event as the portal team may read it: codes and identifiers, no name of a patient and no title of a document,
/// because the trail holds none. The pseudonym of a patient stays out too.
public struct FoundAuditEvent: Sendable {
    /// The key of the row, for paging.
    public let id: Int64
    public let recordedAt: Timestamp
    public let event: String
    public let outcome: String
    public let rule: String?
    public let actorKind: String
    public let actorID: String?
    /// «Mme Sandra Rochat», for people.
    public let actorName: String?
    public let actorRole: String?
    public let principalName: String?
    public let objectKind: String?
    public let objectID: String?
    public let detail: String?
    public let address: String?
}

/// One page of a search, the newest event first.
public struct FoundAudit: Sendable {
    public let events: [FoundAuditEvent]
    /// Where the next page begins; nil at the end.
    public let next: Int64?
}

extension AccessActions {
    /// Searches the trail. The search is an event itself, written before anything is read.
    /// - Parameter before: the key of the last event of the page before.
    public func searchAudit(_ filter: AuditFilter, before: Int64?, _ holder: Holder) async throws
        -> FoundAudit
    {
        let now = clock.now()
        let limit = 50
        return try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            try transaction.record(
                AuditEntry(.auditSearched, detail: filter.detail), by: .person(holder), at: now)
            let rows = try transaction.auditRecords(matching: filter, before: before, limit: limit + 1)
            let page = rows.prefix(limit)
            let ids = Set(page.flatMap { [$0.record.actorID, $0.record.principalID].compactMap { $0 } })
            let names = try transaction.displayNames(of: ids.map(Account.ID.init(rawValue:)))
            func name(_ id: String?) -> String? { id.flatMap { names[Account.ID(rawValue: $0)] } }
            return FoundAudit(
                events: page.map { id, record in
                    FoundAuditEvent(
                        id: id, recordedAt: record.recordedAt, event: record.event, outcome: record.outcome,
                        rule: record.rule, actorKind: record.actorKind, actorID: record.actorID,
                        actorName: name(record.actorID), actorRole: record.actorRole,
                        principalName: name(record.principalID), objectKind: record.objectKind,
                        objectID: record.objectKind == "patient" ? nil : record.objectID,
                        detail: record.detail, address: record.address)
                }, next: rows.count > limit ? page.last?.id : nil)
        }
    }
}

extension AccessActions {
    /// The account that somebody of the portal team means by an address or an identifier.
    /// - Returns: what was typed, as an identifier that nobody has, when there is no such account.
    public func accountID(named typed: String, _ holder: Holder) async throws -> Account.ID {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            let found = try EmailAddress.normalised(typed).flatMap { try transaction.account(email: $0)?.id }
            return found ?? Account.ID(rawValue: String(typed.prefix(64)))
        }
    }
}

extension AuditFilter {
    /// What was asked, in codes: what is not an identifier of ours could be anything, and is left out.
    var detail: String {
        func code(_ text: String?) -> String? {
            guard let text, text.utf8.count <= 64,
                text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") })
            else { return nil }
            return text
        }
        let parts: [String?] = [
            code(actorID).map { "actor=\($0)" }, event.map { "event=\($0.rawValue)" },
            code(objectID).map { "object=\($0)" }, from.map { "from=\($0.rawValue)" },
            until.map { "until=\($0.rawValue)" },
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}
