public import Access
import Foundation
import Storage
import Vault

/// What became of the last control SMS of a case.
public struct ControlCode: Sendable {
    public let sentAt: Timestamp
    public let expiresAt: Timestamp
    public let tries: Int
    /// When it was read out rightly.
    public let confirmedAt: Timestamp?
}

extension EnrolmentActions {
    /// Sends a code to the declared number, to be read out by the applicant (ADM-06). It belongs to this case and
    /// opens nothing. Only somebody of the team can have it sent: no number of an open form is ever written to. What
    /// several requests declare is one telephone, and its codes are counted together.
    /// - Throws: `EnrolmentRefusal.notFound`, `.wrongState`, `.landline`, `.codeLimit`.
    public func sendControlCode(for id: AccountRequest.ID, _ holder: Holder) async throws {
        let now = clock.now()
        let code = RandomText.sixDigits()
        let codeID = RandomText.identifier()
        let isSent = try await database.write { transaction -> Bool in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            guard request.state.isOpen else { throw EnrolmentRefusal.wrongState }
            if request.declared.mobile.isSwissLandline { throw EnrolmentRefusal.landline }
            guard try self.maySend(to: request, in: transaction, at: now) else {
                try transaction.record(
                    AuditEntry(
                        .controlCodeSent, .refused, rule: EnrolmentRefusal.codeLimit.rule,
                        object: request.auditObject), by: .person(holder), at: now)
                return false
            }
            try transaction.insert(
                controlCode: codeID, of: id, hash: self.controlHash(code, codeID), by: holder.accountID,
                at: now,
                expires: now.adding(minutes: self.rules.codeMinutes))
            let key = "control-code:\(codeID)"
            let job = ControlCodeJob(to: request.declared.mobile.rawValue, code: code)
            try transaction.enqueue(
                ControlCodeJob.outboxKind, key: key,
                payload: self.keyring.seal([UInt8](JSONEncoder().encode(job)), for: .outbox, context: key),
                id: codeID, at: now.rawValue, due: now.rawValue, expires: now.adding(minutes: 5).rawValue)
            try transaction.record(
                AuditEntry(.controlCodeSent, object: request.auditObject), by: .person(holder), at: now)
            return true
        }
        guard isSent else { throw EnrolmentRefusal.codeLimit }
    }

    /// What the applicant has read out. The try is counted before the code is compared; a code counts once.
    /// - Throws: `EnrolmentRefusal.notFound`, `.codeExpired`, `.codeWrong`.
    public func confirmControlCode(_ typed: String, for id: AccountRequest.ID, _ holder: Holder) async throws
    {
        let now = clock.now()
        let digits = String(decoding: typed.utf8.filter { (0x30...0x39).contains($0) }, as: UTF8.self)
        let refusal = try await database.write { transaction -> EnrolmentRefusal? in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            let live = try transaction.countControlTry(of: id, limit: self.rules.triesPerCode, at: now)
            let match = try live.first {
                areEqualSecrets(Self.hex($0.hash), Self.hex(self.controlHash(digits, $0.id)))
            }.map { try transaction.useControlCode($0.id, at: now) }
            let refusal: EnrolmentRefusal? = live.isEmpty ? .codeExpired : match == true ? nil : .codeWrong
            try transaction.record(
                AuditEntry(
                    .controlCodeConfirmed, refusal == nil ? .success : .refused, rule: refusal?.rule,
                    object: request.auditObject), by: .person(holder), at: now)
            return refusal
        }
        if let refusal { throw refusal }
    }

    private func controlHash(_ code: String, _ id: String) -> [UInt8] { hash("control \(id)", code) }

    private func maySend(
        to request: AccountRequest, in transaction: any Transaction, at now: Timestamp
    ) throws -> Bool {
        let sent = try transaction.controlCodeTimes(of: request.id, since: now.adding(days: -1))
        guard sent.count < rules.controlCodesPerDay,
            sent.filter({ $0 > now.adding(minutes: -15) }).count < 3,
            sent.last.map({ $0 <= now.adding(seconds: -30) }) ?? true
        else { return false }
        return try access.countText(
            to: request.declared.mobile.rawValue, perHour: rules.smsPerHour, in: transaction, at: now)
    }
}
