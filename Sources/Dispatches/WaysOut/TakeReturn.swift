import Access
import Documents
import Storage

/// What a mail system says of a mail that the portal sent (RFC 3464), as far as it matters here.
public struct MailReturn: Sendable, Equatable {
    public enum Action: String, Sendable { case failed, delayed, delivered, relayed, expanded }

    /// Of the mail it is about: 32 hexadecimal digits.
    public let token: String
    public let action: Action
    /// Enhanced status, «5.1.1».
    public let status: String

    public init(token: String, action: Action, status: String) {
        self.token = token
        self.action = action
        self.status = status
    }
}

/// What became of a return.
public enum ReturnEnd: String, Sendable {
    /// No mail of ours has this token, or it was settled before.
    case unknown
    /// It says nothing that changes anything.
    case noted
    /// The document is in the portal now.
    case fellBack
    /// A notice did not get there: whoever asks why nothing comes is told.
    case noticeFailed
    /// It came too late: the document is not kept or not current any more, or its recipient may not receive; the
    /// sender's trace says so.
    case tooLate
}

extension DispatchActions {
    /// Takes what a mail system said of a mail: a failure brings the document into the portal. Anybody can write such a
    /// message; only who knows the token, and so has seen the mail, is believed, and all he gets is that its receiver
    /// reads it in the portal. A notice has no document: its failure is written, and told to who asks why nothing comes.
    @discardableResult
    public func take(_ report: MailReturn) async throws -> ReturnEnd {
        guard report.token.isIdentifier else { return .unknown }
        let now = clock.now()
        let actor = AuditActor.system(node: access.nodeName)
        return try await database.write { transaction in
            guard let mail = try transaction.securedMail(report.token) else {
                return try self.takeNotice(report, in: transaction, at: now)
            }
            guard [.waiting, .sent, .delivered].contains(mail.state),
                let document = try transaction.document(mail.documentID)
            else { return .unknown }
            switch report.action {
            case .delayed, .relayed, .expanded: return .noted
            case .delivered:
                guard mail.state == .sent else { return .noted }
                try transaction.markDelivered(mail, at: now)
                return .noted
            case .failed:
                let isKept = try transaction.secretExists(of: document.id)
                try transaction.record(
                    AuditEntry(
                        .mailReturned, isKept ? .success : .failed, rule: "mail.returned",
                        object: document.auditObject, patientID: document.patientID.rawValue,
                        detail: "recipient=\(mail.accountID.rawValue) status=\(report.status)"),
                    by: actor, at: now)
                guard isKept else {
                    _ = try transaction.settle(
                        mail, as: .cancelled, reason: "returned:\(report.status)", at: now)
                    return .tooLate
                }
                return try self.fallBack(
                    mail, .returned(status: report.status), in: transaction, at: now)
                    ? .fellBack : .tooLate
            }
        }
    }

    /// The token of a notice is the number of its job, which knows whose it was.
    private func takeNotice(
        _ report: MailReturn, in transaction: any Transaction, at now: Timestamp
    ) throws -> ReturnEnd {
        guard let account = try transaction.receiver(ofNotice: report.token) else { return .unknown }
        guard report.action == .failed else { return .noted }
        try transaction.markReturned(notice: report.token, status: report.status, at: now)
        try transaction.record(
            AuditEntry(
                .noticeSent, .failed, rule: "notice.returned", object: .account(account),
                detail: "status=\(report.status)"), by: .system(node: access.nodeName), at: now)
        return .noticeFailed
    }
}
