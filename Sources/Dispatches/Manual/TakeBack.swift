public import Access
public import Documents
import Storage

extension DispatchActions {
    /// Cancels a sending while nobody has opened the document (ui.md S9). It is gone from the recipient's space; the trace
    /// stays (dispatchCancelled).
    /// - Throws: `ServiceRefusal.noService`, `ManualRefusal.notFound`, `.alreadyOpened`.
    public func cancel(_ id: Document.ID, _ holder: Holder) async throws {
        try await actOn(id, .dispatchCancelled, holder) { sent, transaction, now in
            guard sent.canBeCancelled else { throw ManualRefusal.alreadyOpened }
            _ = try self.withdraw(
                sent.document, reason: WithdrawalReason(nil), by: .person(holder), in: transaction, at: now)
            try transaction.record(
                AuditEntry(
                    .dispatchCancelled, object: sent.document.auditObject,
                    patientID: sent.document.patientID.rawValue), by: .person(holder), at: now)
        }
    }

    /// Takes a document back that was opened: nobody can open it any more, its readers are told and are shown the reason
    /// (D36). Who had opened it stands in the trail and on the page of the sending.
    /// - Throws: `ServiceRefusal.noService`, `ManualRefusal.notFound`, `.reasonMissing`.
    public func recall(_ id: Document.ID, reason: String, _ holder: Holder) async throws {
        let reason = WithdrawalReason(reason)
        try await actOn(id, .documentWithdrawn, holder) { sent, transaction, now in
            guard sent.hand != nil else { throw ManualRefusal.notFound }
            guard reason.text != nil else { throw ManualRefusal.reasonMissing }
            _ = try self.withdraw(
                sent.document, reason: reason, by: .person(holder), in: transaction, at: now)
        }
    }

    /// What somebody of a service does with one of its sendings; a refusal leaves its trace.
    func actOn(
        _ id: Document.ID, _ event: AuditEventKind, _ holder: Holder,
        _ work: @escaping @Sendable (SentDocument, any Transaction, Timestamp) throws -> Void
    ) async throws {
        let now = clock.now()
        do {
            try await database.write { transaction in
                let viewer = try transaction.confirmService(holder, at: now)
                try work(try transaction.sending(id, viewer, at: now), transaction, now)
            }
        } catch let refusal as any Refusal where refusal is ManualRefusal || refusal is DispatchRefusal {
            try await access.recordRefusal(
                AuditEntry(event, .refused, rule: refusal.rule, object: .named("document", id.rawValue)),
                by: .person(holder))
            throw refusal
        }
    }
}
