import Storage

extension AccessActions {
    /// Puts a delegation in force at once: for commands of the operator, the demo and the migration from MyHUG. People
    /// go through `offerDelegation` or `proposeDelegation`.
    /// - Throws: `DelegationRefusal.noSuchPrincipal`, `.noSuchDelegate`, `.exists`, `.noRights`, `.end`.
    public func establishDelegation(
        from principalEmail: String, to delegateEmail: String, rights: Set<DelegationRight>,
        until end: Timestamp
    ) async throws {
        let now = clock.now()
        let id = Delegation.ID(rawValue: RandomText.identifier())
        do {
            try await database.write { transaction in
                try self.check(rights, end, at: now)
                guard let address = EmailAddress.normalised(principalEmail),
                    let principal = try transaction.account(email: address), principal.role == .practitioner
                else { throw DelegationRefusal.noSuchPrincipal }
                let delegate = try transaction.possibleDelegate(delegateEmail)
                try transaction.insert(
                    Delegation(
                        id: id, principalID: principal.id, delegateID: delegate.id, rights: rights,
                        state: .accepted, origin: .support, proposedBy: principal.id, evidence: "operator",
                        offeredAt: now, endsAt: end))
                _ = try transaction.advance(id, from: .accepted, to: .confirmed, by: principal.id, at: now)
                try transaction.record(
                    AuditEntry(.delegationConfirmed, object: .delegation(id), detail: "operator"),
                    by: .system(node: self.node), at: now)
            }
        } catch StorageError.unique { throw DelegationRefusal.exists }
    }
}
