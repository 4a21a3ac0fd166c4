import Storage

/// A delegation with the names of its two sides, for lists.
public struct ListedDelegation: Sendable {
    public let delegation: Delegation
    public let principal: String
    public let delegate: String
    /// Who drew it up, when the portal team did.
    public let proposedBy: String
    /// When the delegate last acted under the principal's name.
    public let lastActAt: Timestamp?
}

extension AccessActions {
    /// The delegations somebody gave and received, the newest of each, 100 at most; those that ended come last.
    public func delegations(of holder: Holder) async throws -> (
        given: [ListedDelegation], received: [ListedDelegation]
    ) {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return (
                try transaction.listed(transaction.delegations(of: holder.accountID, as: .principal)),
                try transaction.listed(transaction.delegations(of: holder.accountID, as: .delegate))
            )
        }
    }

    /// For the portal team: those that wait for approval, and those in force, 200 of each at most. Looking is
    /// traced.
    /// - Throws: `AccessRefusal.roleNotAllowed`.
    public func delegationsForApproval(_ holder: Holder) async throws -> (
        waiting: [ListedDelegation], confirmed: [ListedDelegation]
    ) {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            try transaction.record(AuditEntry(.delegationRead), by: .person(holder), at: now)
            return (
                try transaction.listed(transaction.delegations(in: .accepted, limit: 200)),
                try transaction.listed(transaction.delegations(in: .confirmed, limit: 200))
            )
        }
    }
}

extension Transaction {
    fileprivate func listed(_ delegations: [Delegation]) throws -> [ListedDelegation] {
        let people = Set(delegations.flatMap { [$0.principalID, $0.delegateID, $0.proposedBy] })
        let names = try displayNames(of: Array(people))
        return try delegations.map { delegation in
            ListedDelegation(
                delegation: delegation, principal: names[delegation.principalID] ?? "",
                delegate: names[delegation.delegateID] ?? "", proposedBy: names[delegation.proposedBy] ?? "",
                lastActAt: try lastAct(of: delegation.delegateID, inTheNameOf: delegation.principalID))
        }
    }
}
