public import Access
import Directory
public import Documents
import Storage

extension DispatchActions {
    /// Brings a document that reached nobody to one of its recipients after all, by the way that his preferences and the
    /// institution's rules name today (ui.md S9). On what it rests was decided when it was sent and stands, but for a refusal of
    /// the patient's. Traced as made available, by who asked for it (documentPublished).
    /// - Throws: `ServiceRefusal.noService`; `ManualRefusal.notFound`, `.notKept`, `.alreadySent`;
    ///   `DispatchRefusal.unavailableRecipient`, `.withheldType`, `.denied`.
    public func sendAgain(_ id: Document.ID, to account: Account.ID, _ holder: Holder) async throws {
        try await actOn(id, .documentPublished, holder) { sent, transaction, now in
            guard let failed = sent.dispatch(to: account) else { throw ManualRefusal.notFound }
            guard sent.document.state == .current, try transaction.secretExists(of: id) else {
                throw ManualRefusal.notKept
            }
            guard failed.state == .failed else { throw ManualRefusal.alreadySent }
            guard let recipient = try transaction.recipient(account: account),
                let way = try transaction.reach(recipient, self.waysOut).way(to: recipient)
            else { throw DispatchRefusal.unavailableRecipient }
            guard !recipient.withheldTypes.contains(sent.document.typeCode) else {
                throw DispatchRefusal.withheldType
            }
            try transaction.confirmNotDenied(sent, failed.gln, at: now)
            if way == .portal { try transaction.markFallenBack(id, to: account) }
            try self.bring(
                sent.document,
                PlannedDispatch(recipient: recipient, gln: failed.gln, basis: failed.basis, way: way),
                by: .person(holder), asking: holder.accountID, in: transaction, at: now)
        }
    }
}

extension SentDocument {
    /// Whether it can be sent again to somebody whom it did not reach.
    public func canBeSentAgain(to account: Account.ID) -> Bool {
        document.state == .current && dispatch(to: account)?.state == .failed
    }

    func dispatch(to account: Account.ID) -> Dispatch? {
        recipients.first { $0.dispatch.accountID == account }?.dispatch
    }
}

extension Transaction {
    /// What was decided when a document was sent stands, but for a refusal of the patient's since.
    /// - Throws: `DispatchRefusal.denied`.
    func confirmNotDenied(_ sent: SentDocument, _ gln: GLN, at now: Timestamp) throws {
        let day = SwissDate.day(of: now)
        let designations = try designations(
            patientSystem: sent.patient.system, patientNumber: sent.patient.number, stay: sent.document.stay,
            gln: gln, on: day)
        guard !DispatchPlanning.isDenied(gln, designations: designations, today: day) else {
            throw DispatchRefusal.denied
        }
    }
}
