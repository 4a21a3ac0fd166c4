import Access
import Directory
import Documents
public import Storage

extension Transaction {
    /// Puts a document on its way to a secured mailbox, in the transaction of its publication.
    func queueSecuredMail(
        _ document: Document, to account: Account.ID, _ token: String, payload: [UInt8], returnDays: Int,
        at now: Timestamp
    ) throws {
        try insertSecuredMail(token, document.id, to: account, at: now)
        // for as long as it is tried and may come back
        try hold(document.id, for: .mail, until: now.adding(days: returnDays + 3))
        try enqueue(
            SecuredMailJob.outboxKind, key: "mail:\(token)", payload: payload, id: RandomText.identifier(),
            at: now.rawValue, due: now.rawValue, expires: now.adding(hours: 72).rawValue)
    }
}

extension DispatchActions {
    /// Asks again, just before sending, whether the mail is wanted and its address is still secured. Where it is not,
    /// the document goes to the portal, and the job is settled here.
    /// - Returns: nil when there is nothing to send any more.
    public func dueSecuredMail(_ job: SecuredMailJob, _ outbox: OutboxJob) async throws -> DueSecuredMail? {
        let now = clock.now()
        let found = try await database.read { try $0.dueSecuredMail(job.token) }
        switch found {
        case .none:
            try await database.write {
                _ = try $0.settle(outbox, .cancelled, reason: "settled", at: now.rawValue)
            }
            return nil
        case .nothing(let mail, let why):
            try await database.write { transaction in
                guard try transaction.settle(outbox, .cancelled, reason: why.code, at: now.rawValue)
                else { return }
                try self.giveUp(mail, why, in: transaction, at: now)
            }
            return nil
        case .fallBack(let mail, let why):
            try await fallBack(mail, why, settling: outbox, .cancelled)
            return nil
        case .send(let document, let address, let language):
            return DueSecuredMail(
                token: job.token, address: address, file: try await documents.original(of: document),
                language: language)
        }
    }

    /// Writes that a mail was handed to the relay, or that it will not be: then the document goes to the portal.
    public func settleSecuredMail(
        _ job: SecuredMailJob, _ outbox: OutboxJob, _ end: OutboxEnd
    ) async throws {
        let now = clock.now()
        guard let mail = try await database.read({ try $0.securedMail(job.token) }) else { return }
        guard end == .done else {
            return try await fallBack(mail, .notAccepted, settling: outbox, end)
        }
        let actor = AuditActor.system(node: access.nodeName)
        let days = waysOut.mailReturnDays
        try await database.write { transaction in
            guard try transaction.settle(outbox, end, reason: nil, at: now.rawValue),
                let document = try transaction.document(mail.documentID)
            else { return }
            try transaction.markSent(mail, at: now)
            try transaction.hold(document.id, for: .mail, until: now.adding(days: days))
            try transaction.record(
                AuditEntry(
                    .dispatchMailed, object: document.auditObject, patientID: document.patientID.rawValue,
                    contentHash: document.sha256, detail: "recipient=\(mail.accountID.rawValue)"),
                by: actor, at: now)
        }
    }

    private func fallBack(
        _ mail: SecuredMail, _ why: Setback.Cause, settling outbox: OutboxJob, _ end: OutboxEnd
    ) async throws {
        let now = clock.now()
        try await database.write { transaction in
            guard try transaction.settle(outbox, end, reason: why.code, at: now.rawValue) else { return }
            try self.fallBack(mail, why, in: transaction, at: now)
        }
    }

    /// Puts the document into the portal after all, and tells both sides: the recipient by a mail to the address of his
    /// account, whatever he chose for notices, because he expects it elsewhere; the sender by the trace. What is not to be
    /// read any more, or by an account that may not receive, reaches nobody.
    /// - Returns: whether it is in the portal.
    @discardableResult
    func fallBack(
        _ mail: SecuredMail, _ why: Setback.Cause, in transaction: any Transaction, at now: Timestamp
    ) throws -> Bool {
        guard let document = try transaction.document(mail.documentID), document.state == .current,
            let recipient = try transaction.recipient(account: mail.accountID), recipient.isActive,
            let account = try transaction.account(mail.accountID)
        else {
            try giveUp(mail, why, in: transaction, at: now)
            return false
        }
        guard try transaction.settle(mail, as: .fellBack, reason: why.code, at: now) else { return false }
        let basis = try transaction.basis(of: document.id, to: mail.accountID)
        try transaction.addReader(
            mail.accountID, to: document, basis: basis.text, at: now,
            until: now.adding(days: recipient.practitioner.lifetimeDays))
        try transaction.record(
            AuditEntry(
                .dispatchFellBack, rule: why.code, object: document.auditObject,
                patientID: document.patientID.rawValue, basis: basis.text,
                detail: "recipient=\(mail.accountID.rawValue)"),
            by: .system(node: access.nodeName), at: now)
        // one a day, however many come back
        try transaction.notify(
            account, .documentMailReturned,
            key: "mail-returned:\(account.id.rawValue):\(SwissDate.day(of: now))",
            keyring, at: now)
        try transaction.notify(.inbox, document.id.rawValue)
        return true
    }

    /// Writes that a document reaches its recipient neither by mail nor in the portal: its sender sees it as failed.
    func giveUp(
        _ mail: SecuredMail, _ why: Setback.Cause, in transaction: any Transaction, at now: Timestamp
    ) throws {
        guard try transaction.settle(mail, as: .cancelled, reason: why.code, at: now),
            let document = try transaction.document(mail.documentID)
        else { return }
        try transaction.record(
            AuditEntry(
                .dispatchMailed, .failed, rule: "mail.\(why.code)", object: document.auditObject,
                patientID: document.patientID.rawValue, detail: "recipient=\(mail.accountID.rawValue)"),
            by: .system(node: access.nodeName), at: now)
    }
}

/// What is to be done with a mail that is due.
private enum SecuredMailVerdict: Sendable {
    case none
    case nothing(SecuredMail, Setback.Cause)
    case fallBack(SecuredMail, Setback.Cause)
    case send(Document, address: String, language: String)
}

extension Transaction {
    fileprivate func dueSecuredMail(_ token: String) throws -> SecuredMailVerdict {
        guard let mail = try securedMail(token), mail.state == .waiting else { return .none }
        guard let document = try document(mail.documentID) else { return .none }
        guard document.state == .current else {
            return .nothing(mail, document.state == .withdrawn ? .withdrawn : .replaced)
        }
        // not into the portal either: nothing is disclosed to an account that may not receive (DPI-06)
        guard let recipient = try recipient(account: mail.accountID), recipient.isActive else {
            return .nothing(mail, .unavailable)
        }
        guard recipient.practitioner.deliveryMode == .securedMail else {
            return .fallBack(mail, .otherPreference)
        }
        switch try documentMail(of: mail.accountID) {
        case .missing: return .fallBack(mail, .addressMissing)
        case .unsecured: return .fallBack(mail, .unsecuredAddress)
        case .secured(let address):
            return .send(document, address: address, language: try language(of: mail.accountID) ?? "fr")
        }
    }
}
