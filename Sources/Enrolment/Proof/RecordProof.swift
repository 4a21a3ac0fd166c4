public import Access
import Directory
import Foundation
import Storage
import Vault

extension EnrolmentActions {
    /// Records that an identity was checked, and proposes the activation to a second person in the same transaction.
    /// A proof can be recorded again until somebody has decided; what was proposed before ends.
    /// - Throws: `ProofMistakes`, `EnrolmentRefusal.notFound`, `.wrongState`, `.documentUsed`, `.personUnknown`.
    public func recordProof(_ check: IdentityCheck, of id: AccountRequest.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            guard request.state.isOpen else { throw EnrolmentRefusal.wrongState }
            let proof = try self.proof(check, of: request, holder, in: transaction, at: now)
            let hash = self.hash("document", proof.documentNumber)
            guard try !transaction.isDocumentUsed(hash, besides: id) else {
                throw EnrolmentRefusal.documentUsed
            }
            guard try transaction.advance(request, to: .identityVerified) else {
                throw EnrolmentRefusal.wrongState
            }
            try transaction.save(
                proof, of: id, sealed: try self.sealed(documentNumber: proof.documentNumber, of: id),
                hash: hash)
            try transaction.record(
                AuditEntry(
                    .identityVerified, object: request.auditObject,
                    detail: "control=\(proof.control.rawValue) register=\(proof.registerResult.rawValue)"),
                by: .person(holder), at: now)
            guard let verified = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            try self.proposeActivation(of: verified, proof, holder, in: transaction, at: now)
        }
    }

    /// Proposes the activation once more, after the first proposal has ended without a decision.
    /// - Throws: `EnrolmentRefusal.notFound`, `.wrongState`, `.personUnknown`.
    public func proposeActivation(of id: AccountRequest.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            guard request.state == .identityVerified, let proof = try transaction.proof(of: id) else {
                throw EnrolmentRefusal.wrongState
            }
            guard try transaction.openAct(.activateAccount, on: id.rawValue, at: now) == nil else {
                throw EnrolmentRefusal.wrongState
            }
            try self.proposeActivation(of: request, proof, holder, in: transaction, at: now)
        }
    }

    private func proposeActivation(
        of request: AccountRequest, _ proof: IdentityProof, _ holder: Holder, in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        let identity = try transaction.linkedIdentity(ofRequest: request.id.rawValue)
        try propose(
            .activateAccount, on: request.id.rawValue, ActivationParameters(request, proof, identity).text,
            object: request.auditObject, holder, in: transaction, at: now)
    }

    private func proof(
        _ check: IdentityCheck, of request: AccountRequest, _ holder: Holder, in transaction: any Transaction,
        at now: Timestamp
    ) throws -> IdentityProof {
        let register = try compare(request.declared, in: transaction).result
        let identity = try transaction.linkedIdentity(ofRequest: request.id.rawValue)
        let proved = identity.flatMap { $0.provesPerson ? $0 : nil }
        let mistakes = ProofRules.mistakes(
            in: check, register: register, today: Day.iso(now),
            isCodeConfirmed: try transaction.isControlCodeUsed(for: request.id), isReduced: proved != nil)
        guard mistakes.isEmpty,
            let kind = proved == nil
                ? IdentityProof.DocumentKind(rawValue: check.documentKind) : .outsideIdentity,
            let number = proved.map({ "\($0.issuer) \($0.subject)" })
                ?? DocumentNumber.normalised(check.documentNumber),
            let sex = proved == nil ? IdentityProof.Sex(rawValue: check.sex) : .unknown,
            let control = IdentityProof.Control(rawValue: check.control)
        else { throw ProofMistakes(mistakes) }
        return IdentityProof(
            documentKind: kind, documentNumber: number,
            validUntil: proved == nil ? check.validUntil : "",
            birthDate: proved == nil ? check.birthDate : "", sex: sex, control: control,
            controlNote: PlainText.note(check.controlNote, limit: 500), registerResult: register,
            registerNote: PlainText.note(check.registerNote, limit: 500),
            place: String(PlainText.line(check.place).prefix(100)), note: PlainText.note(check.note),
            recordedBy: holder.accountID, recordedAt: now)
    }

    private func sealed(documentNumber: String, of id: AccountRequest.ID) throws -> [UInt8] {
        try keyring.seal(
            Array(documentNumber.utf8), for: .identityProofs, context: "identity document \(id.rawValue)")
    }

    /// The number of the identity document, for the case's own pages.
    func documentNumber(of id: AccountRequest.ID, in transaction: any Transaction) throws -> String {
        guard let sealed = try transaction.sealedDocumentNumber(of: id) else { return "" }
        let plain = try keyring.open(
            sealed, for: .identityProofs, context: "identity document \(id.rawValue)")
        return String(decoding: plain, as: UTF8.self)
    }
}

/// Days of the calendar in Switzerland.
enum Day {
    private static let zone = TimeZone(identifier: "Europe/Zurich") ?? .gmt

    /// `2026-11-20`.
    static func iso(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.rawValue) / 1000)
            .formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day())
    }

    /// The first moments of the day of a moment and of the day after.
    static func bounds(of moment: Timestamp) -> (start: Timestamp, end: Timestamp) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = Date(timeIntervalSince1970: Double(moment.rawValue) / 1000)
        let start = calendar.startOfDay(for: date)
        let end = calendar.date(byAdding: .day, value: 1, to: start) ?? date
        return (
            Timestamp(rawValue: Int64(start.timeIntervalSince1970 * 1000)),
            Timestamp(rawValue: Int64(end.timeIntervalSince1970 * 1000))
        )
    }
}
