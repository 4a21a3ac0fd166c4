import Storage

extension AccessActions {
    /// A member of the portal team approves: from this moment on it opens the space. Never the one who drew it up,
    /// nor one of its two sides (four-eyes).
    /// - Throws: `DelegationRefusal.notFound`, `.samePerson`, `.state`; `AccessRefusal`.
    public func confirmDelegation(_ id: Delegation.ID, _ holder: Holder) async throws {
        let now = clock.now()
        do {
            try await database.write { transaction in
                try transaction.confirm(holder, as: [.portalAdmin], at: now)
                guard let delegation = try transaction.delegation(id),
                    let principal = try transaction.account(delegation.principalID),
                    let delegate = try transaction.account(delegation.delegateID)
                else { throw DelegationRefusal.notFound }
                let concerned = [delegation.proposedBy, delegation.principalID, delegation.delegateID]
                for one in concerned
                where try transaction.isSamePerson(one, holder.accountID) {
                    throw DelegationRefusal.samePerson
                }
                guard
                    principal.state == .active, delegate.state == .active,
                    try transaction.advance(
                        id, from: .accepted, to: .confirmed, by: holder.accountID, at: now)
                else { throw DelegationRefusal.state }
                for person in [principal, delegate] {
                    try transaction.notify(person, .delegationConfirmed, self.keyring, at: now)
                }
                try transaction.record(
                    AuditEntry(.delegationConfirmed, object: .delegation(id)), by: .person(holder), at: now)
            }
        } catch let refusal as DelegationRefusal {
            throw try await refuse(refusal, .delegationConfirmed, holder, of: id)
        }
    }
}
