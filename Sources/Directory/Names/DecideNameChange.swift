public import Access
import Storage

extension DirectoryActions {
    /// The names that wait for the portal team, the oldest first; 200 at most.
    public func nameChanges(_ holder: Holder) async throws -> [NameChangeCase] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            return try transaction.waitingNameChanges(limit: 200).compactMap { change in
                guard let account = try transaction.account(change.accountID) else { return nil }
                return NameChangeCase(
                    change: change, account: account,
                    gln: try transaction.recipient(account: account.id)?.practitioner.gln,
                    isOwn: try transaction.isSamePerson(account.id, holder.accountID))
            }
        }
    }

    /// Agrees to another name, or not. The account bears it from this moment on; what was written under the former one
    /// stays as it was.
    /// - Throws: `ProfileRefusal.notFound`, `.samePerson`, `.alreadyDecided`.
    public func decideNameChange(_ id: NameChange.ID, isApproved: Bool, _ holder: Holder) async throws {
        let now = clock.now()
        let keyring = keyring
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            guard let change = try transaction.nameChange(id) else { throw ProfileRefusal.notFound }
            guard try !transaction.isSamePerson(change.accountID, holder.accountID) else {
                throw ProfileRefusal.samePerson
            }
            let state: NameChange.State = isApproved ? .approved : .refused
            guard try transaction.decide(id, state, by: holder.accountID, at: now) else {
                throw ProfileRefusal.alreadyDecided
            }
            if isApproved {
                try transaction.setName(
                    family: change.familyName, given: change.givenName, of: change.accountID)
                try transaction.indexRecipient(change.accountID)
            }
            if let account = try transaction.account(change.accountID) {
                try transaction.notify(
                    account, isApproved ? .nameChangeApproved : .nameChangeRefused, keyring, at: now)
            }
            try transaction.record(
                AuditEntry(
                    .nameChangeDecided, object: .account(change.accountID),
                    detail: "request=\(id.rawValue) \(state.rawValue)"),
                by: .person(holder), at: now)
        }
    }
}
