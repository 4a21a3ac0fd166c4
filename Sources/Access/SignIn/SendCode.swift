import Foundation
import Storage
import Vault

extension AccessActions {
    /// Sends another code, at the person's wish: not within 60 s of the last one.
    /// - Returns: nil when the sign-in is over.
    public func resendCode(token: String, origin: RequestOrigin) async throws -> CodeSending? {
        let now = clock.now()
        let code = RandomText.sixDigits()
        return try await database.write { transaction in
            guard
                let session = try transaction.liveSession(
                    tokenHash: Self.tokenHash(token), at: now, idle: self.rules.idleMinutes),
                session.stage == .codeExpected, let account = try transaction.account(session.accountID)
            else { return nil }
            if let last = try transaction.lastCode(of: session.id), now < last.adding(seconds: 60) {
                return .wait(until: last.adding(seconds: 60))
            }
            return try self.send(
                code, to: account, session: session.id, origin: origin, in: transaction, at: now)
        }
    }

    /// Where the code of a sign-in goes, masked: «+41 79 ••• •• 34».
    public func maskedTarget(of session: Session) async throws -> (
        channel: Account.CodeChannel, target: String
    )? {
        let account = try await database.read { try $0.account(session.accountID) }
        guard let account else { return nil }
        if account.codeChannel == .email { return (.email, SignInRules.masked(email: account.email)) }
        return (.sms, SignInRules.masked(mobile: account.mobile ?? ""))
    }

    /// Makes a code and puts its message into the outbox, if all limits allow it (S10, S11).
    func send(
        _ code: String, to account: Account, session: Session.ID, origin: RequestOrigin,
        in transaction: any Transaction, at now: Timestamp
    ) throws -> CodeSending {
        let target = account.codeChannel == .email ? account.email : account.mobile ?? ""
        let targetHash = keyring.mac(.codes, Array("target \(target)".utf8))
        let actor = AuditActor.anonymous(origin, claimed: account.id)
        if let until = try blocked(account, targetHash, in: transaction, at: now) {
            try transaction.recordRepeated(
                AuditEntry(.codeSent, .refused, rule: "code.limit", object: .session(session)),
                of: session.rawValue, by: actor, at: now)
            return .wait(until: until)
        }
        let id = RandomText.identifier()
        try transaction.insertCode(
            id, account.id, session, hash: codeHash(code, id), channel: account.codeChannel, targetHash,
            at: now, expires: now.adding(minutes: rules.codeMinutes))
        let message = CodeMessage(
            channel: account.codeChannel == .sms ? .sms : .email, to: target, code: code)
        // A code that comes late is worth nothing: two minutes, then it is dropped.
        try transaction.enqueue(
            CodeMessage.outboxKind, key: "code:\(id)",
            payload: keyring.seal(
                [UInt8](JSONEncoder().encode(message)), for: .outbox, context: "code:\(id)"),
            id: id, at: now.rawValue, due: now.rawValue, expires: now.adding(minutes: 2).rawValue)
        try transaction.record(
            AuditEntry(.codeSent, object: .session(session), detail: account.codeChannel.rawValue), by: actor,
            at: now)
        return .sent
    }

    /// - Returns: when the next code may be sent, or nil when now.
    private func blocked(
        _ account: Account, _ target: [UInt8], in transaction: any Transaction, at now: Timestamp
    ) throws -> Timestamp? {
        let sent = try transaction.codeTimes(of: account.id, since: now.adding(days: -1))
        if sent.count >= rules.codesPerDay { return sent[sent.count - rules.codesPerDay].adding(days: 1) }
        let lastHour = sent.filter { $0 > now.adding(hours: -1) }
        if lastHour.count >= rules.codesPerHour {
            return lastHour[lastHour.count - rules.codesPerHour].adding(hours: 1)
        }
        guard account.codeChannel == .sms else {
            let domain = EmailAddress.domain(of: account.email)
            return try transaction.isSecuredDomain(domain) ? nil : now.adding(days: 1)
        }
        let toNumber = try transaction.smsTimes(to: target, since: now.adding(days: -1))
        if toNumber.count >= rules.smsPerNumberPerDay { return now.adding(hours: 1) }
        if toNumber.filter({ $0 > now.adding(minutes: -15) }).count >= rules.smsPerNumberPer15Minutes {
            return now.adding(minutes: 15)
        }
        let isWithinBudget = try transaction.count("sms", per: 3_600_000, limit: rules.smsPerHour, at: now)
        return isWithinBudget ? nil : now.adding(hours: 1)
    }

    func codeHash(_ code: String, _ id: String) -> [UInt8] {
        keyring.mac(.codes, Array("code \(id) \(code)".utf8))
    }
}
