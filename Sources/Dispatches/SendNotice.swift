public import Access
import Directory
import Documents
public import Storage

/// What a `notice` job carries.
public struct NoticeJob: Codable, Sendable {
    public let accountID: String
    public static let outboxKind = "notice"
}

/// Pure rules of notices.
enum Notices {
    /// Whether a new document makes a notice, when, and under which key. The key makes it exactly one: per
    /// sign-in or per day (D14).
    static func plan(for recipient: Recipient, at now: Timestamp, digestHour: Int) -> (
        key: String, due: Timestamp
    )? {
        let practitioner = recipient.practitioner
        guard !practitioner.notificationEmail.isEmpty else { return nil }
        let account = practitioner.accountID.rawValue
        switch practitioner.notificationPolicy {
        case .none: return nil
        case .sinceLastSignIn:
            return ("notice:\(account):since:\(recipient.lastSignedInAt?.rawValue ?? 0)", now)
        case .daily:
            let due = SwissDate.next(hour: digestHour, after: now)
            return ("notice:\(account):day:\(SwissDate.day(of: due))", due)
        }
    }
}

/// A notice that is still wanted when its time has come.
public struct DueNotice: Sendable {
    public let email: String
    /// Documents received since the last sign-in and not opened.
    public let count: Int
    /// Until when the first of them can be read; nil where there is none.
    public let availableUntil: Timestamp?
    /// Documents whose life ends soon, and of which nobody has told him by mail yet.
    public let expiring: Int
    /// When the first of those ends.
    public let expiringFrom: Timestamp?
    /// Of the receiver's choice, ISO 639; French if he has chosen none.
    public let language: String
}

extension DispatchActions {
    /// Asks again, just before sending, whether the notice is wanted: the preference may have changed, or all
    /// may have been read meanwhile.
    /// - Returns: nil when there is nothing to say.
    public func dueNotice(_ job: NoticeJob) async throws -> DueNotice? {
        let account = Account.ID(rawValue: job.accountID)
        let now = clock.now()
        return try await database.read { transaction in
            guard let recipient = try transaction.recipient(account: account), recipient.isActive,
                !recipient.practitioner.notificationEmail.isEmpty,
                recipient.practitioner.notificationPolicy != .none
            else { return nil }
            let since = recipient.lastSignedInAt ?? Timestamp(rawValue: 0)
            let count = try transaction.unreadSince(since, of: account, at: now)
            let warnings = try transaction.dueWarnings(of: account, at: now)
            guard count + warnings.count > 0 else { return nil }
            return DueNotice(
                email: recipient.practitioner.notificationEmail, count: count,
                availableUntil: try transaction.firstEndOfUnread(since: since, of: account, at: now),
                expiring: warnings.count, expiringFrom: warnings.first,
                language: try transaction.language(of: account) ?? "fr")
        }
    }

    /// Writes that a notice was handed to the mail relay, in the transaction that ends its job.
    public func settleNotice(_ job: NoticeJob, _ outbox: OutboxJob, _ end: OutboxEnd, reason: String?)
        async throws
    {
        let account = Account.ID(rawValue: job.accountID)
        let now = clock.now()
        let actor = AuditActor.system(node: access.nodeName)
        try await database.write { transaction in
            guard try transaction.settle(outbox, end, reason: reason, at: now.rawValue) else { return }
            if end == .done {
                try transaction.recordNotified(account, by: actor, at: now)
                try transaction.clearWarnings(of: account)
            }
            guard end != .cancelled else { return }
            try transaction.record(
                AuditEntry(
                    .noticeSent, end == .done ? .success : .failed,
                    rule: end == .done ? nil : "notice.\(end)",
                    object: .account(account)), by: actor, at: now)
        }
    }
}

extension Transaction {
    /// Writes for each document that its recipient was told of it: its sender wants to know (DPI-07).
    fileprivate func recordNotified(_ account: Account.ID, by actor: AuditActor, at now: Timestamp) throws {
        let documents = try unnotified(account)
        try markNotified(account, at: now)
        for document in documents {
            try record(
                AuditEntry(
                    .noticeSent, object: AuditObject(kind: "document", id: document.id.rawValue),
                    patientID: document.patient.rawValue, detail: "recipient=\(account.rawValue)"),
                by: actor, at: now)
        }
    }
}
