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
            guard let pending = try self.pending(token, origin: origin, in: transaction, at: now) else {
                return nil
            }
            let (session, account) = (pending.session, pending.account)
            let factor =
                try transaction.expectedFactor(of: session.id) ?? SecondFactor(account.codeChannel)
            guard let channel = factor.channel else { return .notSent }
            if let last = try transaction.lastCode(of: session.id, by: channel),
                now < last.adding(seconds: 60)
            {
                return .wait(until: last.adding(seconds: 60))
            }
            return try self.send(
                code, by: factor, to: account, session: session.id, origin: origin, in: transaction, at: now)
        }
    }

    /// Makes a code and puts its message into the outbox, if all limits allow it (S10, S11).
    func send(
        _ code: String, by factor: SecondFactor, to account: Account, session: Session.ID,
        origin: RequestOrigin, in transaction: any Transaction, at now: Timestamp
    ) throws -> CodeSending {
        guard let channel = factor.channel else { return .notSent }
        let target = channel == .email ? account.email : account.mobile ?? ""
        let targetHash = keyring.mac(.codes, Array("target \(target)".utf8))
        let actor = AuditActor.anonymous(origin, claimed: account.id)
        if let until = try blocked(account, channel, targetHash, in: transaction, at: now) {
            try transaction.recordRepeated(
                AuditEntry(.codeSent, .refused, rule: "code.limit", object: .session(session)),
                of: session.rawValue, by: actor, at: now)
            return .wait(until: until)
        }
        let id = RandomText.identifier()
        try transaction.insertCode(
            id, account.id, session, hash: codeHash(code, id), channel: channel, targetHash,
            at: now, expires: now.adding(minutes: rules.codeMinutes))
        let message = CodeMessage(channel: channel == .sms ? .sms : .email, to: target, code: code)
        try enqueue(message, id: id, in: transaction, at: now)
        try transaction.record(
            AuditEntry(.codeSent, object: .session(session), detail: channel.rawValue), by: actor,
            at: now)
        return .sent
    }

    /// Puts the message of a code into the outbox.
    func enqueue(
        _ message: CodeMessage, id: String, in transaction: any Transaction, at now: Timestamp
    ) throws {
        // A code that comes late is worth nothing: two minutes, then it is dropped.
        try transaction.enqueue(
            CodeMessage.outboxKind, key: "code:\(id)",
            payload: keyring.seal(
                [UInt8](JSONEncoder().encode(message)), for: .outbox, context: "code:\(id)"),
            id: id, at: now.rawValue, due: now.rawValue, expires: now.adding(minutes: 2).rawValue)
    }

    /// - Returns: when the next code may be sent, or nil when now.
    private func blocked(
        _ account: Account, _ channel: Account.CodeChannel, _ target: [UInt8],
        in transaction: any Transaction, at now: Timestamp
    ) throws -> Timestamp? {
        let sent = try transaction.codeTimes(of: account.id, since: now.adding(days: -1))
        if sent.count >= rules.codesPerDay { return sent[sent.count - rules.codesPerDay].adding(days: 1) }
        let lastHour = sent.filter { $0 > now.adding(hours: -1) }
        if lastHour.count >= rules.codesPerHour {
            return lastHour[lastHour.count - rules.codesPerHour].adding(hours: 1)
        }
        guard channel == .sms else {
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
