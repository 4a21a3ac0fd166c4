public import Storage

/// An event with the names of those in it, for lists that people read.
public struct AuditLine: Sendable {
    /// The key of the row, for paging.
    public let id: Int64
    public let record: AuditRecord
    /// «Mme Sandra Rochat»; nil for machines, and for who had not proved who he is.
    public let actorName: String?
    /// For whom, under a delegation.
    public let principalName: String?
}

/// What is looked for in the log of one's own space.
public struct AccessLogFilter: Sendable, Equatable {
    public var from: Timestamp?
    public var until: Timestamp?
    /// Who did it: oneself, or a delegate.
    public var personID: Account.ID?
    public init() {}
}

/// One page of the log, the newest first.
public struct AccessLog: Sendable {
    public let lines: [AuditLine]
    /// Where the next page begins; nil at the end.
    public let next: Int64?
    /// Who may be filtered by: oneself and one's delegates, past ones too.
    public let people: [(id: Account.ID, name: String)]
}

extension AccessActions {
    /// Lines of one page, and of an export.
    private static let page = 50
    /// Looks at lists come several a minute while one types: so many events are read for one page.
    private static let pageEvents = 400
    public static let exportLimit = 10_000

    /// Who did what in one's own space, in one's own name or about one's own account (goal 15). Reading it is traced.
    public func accessLog(_ filter: AccessLogFilter, before: Int64?, _ holder: Holder) async throws
        -> AccessLog
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            try transaction.record(
                AuditEntry(.accessLogRead, object: .account(holder.accountID)), by: .person(holder), at: now)
            let lines = try transaction.accessLog(
                of: holder.accountID, filter, before: before, limit: Self.pageEvents + 1)
            let page = Array(lines.prefix(Self.pageEvents).grouped.prefix(Self.page).joined())
            return AccessLog(
                lines: page, next: lines.count > page.count ? page.last?.id : nil,
                people: try transaction.peopleOfSpace(holder))
        }
    }

    /// The same to be kept: the newest 10,000 events of the period; it says when there are more. Taking it away is an event of its own (accessLogExported).
    /// - Parameter format: `csv` or `fhir`, for the trail.
    public func exportAccessLog(_ filter: AccessLogFilter, format: String, _ holder: Holder) async throws
        -> (lines: [AuditLine], isCut: Bool)
    {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            let found = try transaction.accessLog(
                of: holder.accountID, filter, before: nil, limit: Self.exportLimit + 1)
            let lines = Array(found.prefix(Self.exportLimit))
            try transaction.record(
                AuditEntry(
                    .accessLogExported, object: .account(holder.accountID),
                    detail: "format=\(format) events=\(lines.count)"),
                by: .person(holder), at: now)
            return (lines, found.count > lines.count)
        }
    }
}

extension Transaction {
    /// By one of three indexes each: what one did, what others did in one's name, what was done to one's account.
    func accessLog(of account: Account.ID, _ filter: AccessLogFilter, before: Int64?, limit: Int) throws
        -> [AuditLine]
    {
        var found: [Int64: AuditRecord] = [:]
        for source in AccessLogSource.allCases {
            for (id, record) in try auditRecords(
                of: account, source, filter, before: before ?? .max, limit: limit)
            { found[id] = record }
        }
        let newest = found.sorted { $0.key > $1.key }.prefix(limit)
        return try named(newest.map { (id: $0.key, record: $0.value) })
    }

    /// Whatever happened about one patient, for those whose duty lets them read it; the newest first.
    /// - Parameters:
    ///   - pseudonyms: all that he has had.
    ///   - period: from its first moment to before its last; nil: without that end.
    public func auditLines(
        ofPatient pseudonyms: [String], in period: (from: Timestamp?, until: Timestamp?) = (nil, nil),
        before: Int64?, limit: Int
    ) throws -> [AuditLine] {
        let found = try pseudonyms.flatMap {
            try auditRecords(ofPatient: $0, in: period, before: before ?? .max, limit: limit)
        }
        return try named(Array(found.sorted { $0.id > $1.id }.prefix(limit)))
    }

    private func named(_ rows: [(id: Int64, record: AuditRecord)]) throws -> [AuditLine] {
        let accounts = rows.filter { $0.record.actorKind == "account" }.compactMap(\.record.actorID)
        let ids = Set(accounts + rows.compactMap(\.record.principalID))
        var names: [Account.ID: String] = [:]
        for part in Array(ids).chunked(by: 500) {
            names.merge(try displayNames(of: part.map(Account.ID.init(rawValue:)))) { first, _ in first }
        }
        return rows.map { id, record in
            AuditLine(
                id: id, record: record,
                actorName: record.actorKind == "account"
                    ? record.actorID.flatMap { names[Account.ID(rawValue: $0)] } : nil,
                principalName: record.principalID.flatMap { names[Account.ID(rawValue: $0)] })
        }
    }

    func peopleOfSpace(_ holder: Holder) throws -> [(id: Account.ID, name: String)] {
        let delegates = Set(try delegations(of: holder.accountID, as: .principal).map(\.delegateID))
        let names = try displayNames(of: Array(delegates))
        return [(holder.accountID, holder.displayName)]
            + names.sorted { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }.map {
                ($0.key, $0.value)
            }
    }
}

extension Collection where Element == AuditLine {
    /// Looks at lists that follow each other within an hour, by the same person for the same space, as one; everything
    /// else alone. For people who read: in the trail and in exports each stands by itself.
    public var grouped: [[AuditLine]] {
        reduce(into: []) { groups, line in
            if let last = groups.last?.last, last.isLook, line.isLook,
                last.record.actorID == line.record.actorID,
                last.record.principalID == line.record.principalID,
                last.hour == line.hour
            {
                groups[groups.count - 1].append(line)
            } else {
                groups.append([line])
            }
        }
    }
}

extension AuditLine {
    fileprivate var isLook: Bool {
        record.event == AuditEventKind.documentSearched.rawValue
            && record.outcome == AuditOutcome.success.rawValue
    }

    /// Hours begin at the same moments in Switzerland as in UTC.
    fileprivate var hour: Int64 { record.recordedAt.rawValue / 3_600_000 }
}

/// From where an event of somebody's log comes.
enum AccessLogSource: CaseIterable {
    /// He did it himself.
    case acted
    /// Somebody did it in his name.
    case represented
    /// It was done to his account, by the portal or its team.
    case concerned
}

extension Array {
    /// Parts of at most so many elements, in order.
    func chunked(by size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
