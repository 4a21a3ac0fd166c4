import Storage

extension AccessActions {
    /// The delegate accepts what was offered. It is in force at once, or after the portal team's approval (D19).
    /// - Throws: `DelegationRefusal.notFound`, `.state`; `AccessRefusal.sessionEnded`.
    public func acceptDelegation(_ id: Delegation.ID, _ holder: Holder) async throws {
        let now = clock.now()
        let next: Delegation.State = rules.delegations.needsApproval ? .accepted : .confirmed
        do {
            try await database.write { transaction in
                try transaction.confirm(holder, at: now)
                guard let delegation = try transaction.delegation(id),
                    delegation.delegateID == holder.accountID
                else { throw DelegationRefusal.notFound }
                guard
                    try transaction.advance(id, from: .offered, to: next, by: holder.accountID, at: now),
                    let principal = try transaction.account(delegation.principalID)
                else { throw DelegationRefusal.state }
                try transaction.notify(
                    principal, next == .confirmed ? .delegationConfirmed : .delegationAccepted, self.keyring,
                    at: now)
                try transaction.record(
                    AuditEntry(.delegationAccepted, object: .delegation(id)), by: .person(holder), at: now)
                if next == .confirmed {
                    try transaction.record(
                        AuditEntry(.delegationConfirmed, object: .delegation(id), detail: "without approval"),
                        by: .system(node: self.node), at: now)
                }
            }
        } catch let refusal as DelegationRefusal {
            throw try await refuse(refusal, .delegationAccepted, holder, of: id)
        }
    }
}
