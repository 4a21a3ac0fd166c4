import Storage

extension AccessActions {
    /// A professional offers a delegation to somebody who has an account of his own (D19, DEL-02).
    /// - Parameters:
    ///   - email: the delegate's sign-in address.
    ///   - rights: at least one; none implies another.
    ///   - end: the first moment at which it is over.
    /// - Throws: `DelegationRefusal`, `AccessRefusal.sessionEnded`, `.roleNotAllowed`.
    @discardableResult
    public func offerDelegation(
        to email: String, rights: Set<DelegationRight>, until end: Timestamp, _ holder: Holder
    ) async throws -> Delegation.ID {
        let now = clock.now()
        let id = Delegation.ID(rawValue: RandomText.identifier())
        do {
            try await database.write { transaction in
                try transaction.confirm(holder, as: [.practitioner], at: now)
                try self.check(rights, end, at: now)
                let isWithinLimit = try transaction.count(
                    "delegation \(holder.accountID.rawValue)", per: 86_400_000,
                    limit: self.rules.delegations.offersPerDay, at: now)
                guard isWithinLimit else { throw DelegationRefusal.tooMany }
                let delegate = try transaction.possibleDelegate(email)
                guard delegate.id != holder.accountID else { throw DelegationRefusal.oneself }
                try transaction.endPastDelegations(between: holder.accountID, and: delegate.id, at: now)
                try transaction.insert(
                    Delegation(
                        id: id, principalID: holder.accountID, delegateID: delegate.id, rights: rights,
                        state: .offered, origin: .principal, proposedBy: holder.accountID, evidence: "",
                        offeredAt: now, endsAt: end))
                try transaction.notify(delegate, .delegationOffered, self.keyring, at: now)
                try transaction.record(
                    AuditEntry(
                        .delegationOffered, object: .delegation(id),
                        detail: "delegate=\(delegate.id.rawValue) rights=\(rights.inWords)"),
                    by: .person(holder), at: now)
            }
        } catch StorageError.unique { throw try await refuse(.exists, .delegationOffered, holder) } catch let
            refusal
            as DelegationRefusal
        { throw try await refuse(refusal, .delegationOffered, holder) }
        return id
    }

    /// Rights and end, as every new delegation must have them.
    func check(_ rights: Set<DelegationRight>, _ end: Timestamp, at now: Timestamp) throws {
        guard !rights.isEmpty else { throw DelegationRefusal.noRights }
        guard end > now, end <= now.adding(days: rules.delegations.longestDays) else {
            throw DelegationRefusal.end
        }
    }

    /// Traces a refused attempt, in a transaction of its own.
    func refuse(
        _ refusal: DelegationRefusal, _ event: AuditEventKind, _ holder: Holder, of id: Delegation.ID? = nil
    ) async throws -> DelegationRefusal {
        try await recordRefusal(
            AuditEntry(event, .refused, rule: refusal.rule, object: id.map(AuditObject.delegation)),
            by: .person(holder))
        return refusal
    }
}

extension Transaction {
    /// The active account of an address, if a person in practice has it.
    /// - Throws: `DelegationRefusal.noSuchDelegate`.
    func possibleDelegate(_ email: String) throws -> Account {
        guard let address = EmailAddress.normalised(email), let account = try account(email: address),
            account.state == .active, [.delegate, .practitioner].contains(account.role)
        else { throw DelegationRefusal.noSuchDelegate }
        return account
    }
}

extension Set<DelegationRight> {
    /// In a fixed order, for the trail: `read+prepare`.
    var inWords: String { DelegationRight.allCases.filter(contains).map(\.rawValue).joined(separator: "+") }
}

extension Delegation {
    /// A new one.
    init(
        id: ID, principalID: Account.ID, delegateID: Account.ID, rights: Set<DelegationRight>, state: State,
        origin: Origin, proposedBy: Account.ID, evidence: String, offeredAt: Timestamp, endsAt: Timestamp
    ) {
        self.id = id
        self.principalID = principalID
        self.delegateID = delegateID
        self.rights = rights
        self.state = state
        self.origin = origin
        self.proposedBy = proposedBy
        self.evidence = evidence
        self.offeredAt = offeredAt
        confirmedAt = nil
        self.endsAt = endsAt
        endedAt = nil
        endReason = ""
    }
}
