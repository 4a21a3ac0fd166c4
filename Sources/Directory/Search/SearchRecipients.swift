public import Access
import Storage

/// Too many searches of one system.
public enum RecipientSearchRefusal: Refusal, Equatable {
    case tooMany

    public var kind: RefusalKind { .unavailable }
    public var rule: String { "recipient.tooManySearches" }
}

extension DirectoryActions {
    /// Searches that one system may make in a minute.
    public static let searchesPerMinute = 120

    /// Recipients for the hospital's record system, those who changed longest ago first (DPI-08, DPI-09). The search
    /// is traced, without the name that was looked for.
    /// - Returns: the page, and where the next one begins.
    /// - Throws: `RecipientSearchRefusal.tooMany`.
    public func searchRecipients(
        _ filter: RecipientFilter, after: RecipientKey?, limit: Int, _ viewer: MachineViewer
    ) async throws -> (recipients: [ListedRecipient], next: RecipientKey?) {
        let now = clock.now()
        let isAllowed = try await database.write { transaction in
            try transaction.confirm(viewer, at: now)
            let bucket = "recipients \(viewer.clientID.rawValue)"
            if try transaction.count(bucket, per: 60_000, limit: Self.searchesPerMinute, at: now) {
                return true
            }
            // once a minute: who asks too often must not fill the trail either
            let told = "recipients-refused \(viewer.clientID.rawValue)"
            if try transaction.count(told, per: 60_000, limit: 1, at: now) {
                try transaction.record(
                    AuditEntry(.recipientSearched, .refused, rule: RecipientSearchRefusal.tooMany.rule),
                    by: .machine(viewer), at: now)
            }
            return false
        }
        guard isAllowed else { throw RecipientSearchRefusal.tooMany }
        return try await database.write { transaction in
            _ = try transaction.indexWaitingRecipients(limit: 2000)
            let rows = try transaction.recipients(filter, after: after, limit: limit + 1)
            try transaction.record(
                AuditEntry(
                    .recipientSearched, object: filter.accountID.map { .account($0) },
                    detail: "\(filter.gln.map { "gln=\($0.rawValue) " } ?? "")found=\(min(rows.count, limit))"
                ),
                by: .machine(viewer), at: now)
            let last = rows.count > limit ? rows[limit - 1] : nil
            return (
                Array(rows.prefix(limit)), last.map { RecipientKey(at: $0.changedAt, id: $0.accountID) }
            )
        }
    }

    /// Makes those findable who were there before this version of the program, in small transactions. For the start:
    /// nothing is left to do afterwards.
    public func indexRecipients() async throws {
        let size = 500
        var count = size
        while count == size {
            count = try await database.write { try $0.indexWaitingRecipients(limit: size) }
        }
    }
}
