import Storage

extension AccessActions {
    /// Ends a delegation, or an offer: the principal, the delegate, or the portal team, which says why. Nothing is
    /// read under it from the moment this returns, on any node (D31, DLG-3).
    /// - Parameter reason: for both sides; at most 500 bytes.
    /// - Throws: `DelegationRefusal.notFound`, `.reasonMissing`, `.state`; `AccessRefusal.sessionEnded`.
    public func endDelegation(_ id: Delegation.ID, reason: String = "", _ holder: Holder) async throws {
        let now = clock.now()
        do {
            try await database.write { transaction in
                try transaction.confirm(holder, at: now)
                guard let delegation = try transaction.delegation(id),
                    delegation.hasSide(holder.accountID) || holder.role == .portalAdmin
                else { throw DelegationRefusal.notFound }
                let isOutsider = !delegation.hasSide(holder.accountID)
                guard reason.utf8.count <= 500, !isOutsider || !reason.isEmpty else {
                    throw DelegationRefusal.reasonMissing
                }
                guard try transaction.endDelegation(id, by: holder.accountID, reason: reason, at: now) else {
                    throw DelegationRefusal.state
                }
                try transaction.wake(delegation.delegateID)
                for side in [delegation.principalID, delegation.delegateID] where side != holder.accountID {
                    guard let person = try transaction.account(side) else { continue }
                    try transaction.notify(person, .delegationEnded, self.keyring, at: now)
                }
                try transaction.record(
                    AuditEntry(.delegationEnded, object: .delegation(id)), by: .person(holder), at: now)
            }
        } catch let refusal as DelegationRefusal {
            throw try await refuse(refusal, .delegationEnded, holder, of: id)
        }
    }
}

extension Delegation {
    func hasSide(_ account: Account.ID) -> Bool { principalID == account || delegateID == account }
}
