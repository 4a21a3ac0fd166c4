import Storage

extension AccessActions {
    /// The portal team draws up a delegation on the two people's request (DEL-04, ADM-13). Another member of the
    /// team approves it (four-eyes).
    /// - Parameters:
    ///   - evidence: on what it relies, 1 to 500 bytes.
    /// - Throws: `DelegationRefusal`, `AccessRefusal.sessionEnded`, `.roleNotAllowed`.
    @discardableResult
    public func proposeDelegation(
        from principalEmail: String, to delegateEmail: String, rights: Set<DelegationRight>,
        until end: Timestamp,
        evidence: String, _ holder: Holder
    ) async throws -> Delegation.ID {
        let now = clock.now()
        let id = Delegation.ID(rawValue: RandomText.identifier())
        do {
            try await database.write { transaction in
                try transaction.confirm(holder, as: [.portalAdmin], at: now)
                try self.check(rights, end, at: now)
                guard (1...500).contains(evidence.utf8.count) else { throw DelegationRefusal.evidenceMissing }
                guard let address = EmailAddress.normalised(principalEmail),
                    let principal = try transaction.account(email: address), principal.state == .active,
                    principal.role == .practitioner
                else { throw DelegationRefusal.noSuchPrincipal }
                let delegate = try transaction.possibleDelegate(delegateEmail)
                guard delegate.id != principal.id else { throw DelegationRefusal.oneself }
                try transaction.endPastDelegations(between: principal.id, and: delegate.id, at: now)
                try transaction.insert(
                    Delegation(
                        id: id, principalID: principal.id, delegateID: delegate.id, rights: rights,
                        state: .accepted, origin: .support, proposedBy: holder.accountID, evidence: evidence,
                        offeredAt: now, endsAt: end))
                try transaction.record(
                    AuditEntry(
                        .delegationOffered, object: .delegation(id),
                        detail: "principal=\(principal.id.rawValue) delegate=\(delegate.id.rawValue) "
                            + "rights=\(rights.inWords)"), by: .person(holder), at: now)
            }
        } catch StorageError.unique { throw try await refuse(.exists, .delegationOffered, holder) } catch let
            refusal
            as DelegationRefusal
        { throw try await refuse(refusal, .delegationOffered, holder) }
        return id
    }
}
