import Storage
import Vault

extension AccessActions {
    /// The identities that wait for the portal team, the oldest first.
    /// - Parameter known: tells the account of a GLN.
    public func waitingIdentities(known: GLNLookup, _ holder: Holder) async throws -> [WaitingIdentity] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            return try transaction.waitingIdentities(limit: 100).map { linked in
                let proposer = try transaction.proposer(of: linked, at: now)
                return WaitingIdentity(
                    identity: linked, owner: try linked.accountID.flatMap { try transaction.account($0) },
                    proposerName: proposer?.displayName,
                    hurdle: try transaction.hurdle(
                        of: linked, proposer: proposer?.id, known: known, holder.accountID))
            }
        }
    }

    /// Says that a waiting identity is the account holder's. It takes two people of the portal team: the first one's
    /// word is a proposal, of which the holder hears, and the second one's lets the identity in. Nobody decides about
    /// his own account, and an identity that claims another's GLN is not let in here: only the operator's command does
    /// that.
    /// - Parameter known: tells the account of a GLN.
    /// - Returns: whether it opens the account now.
    /// - Throws: `IdentityRefusal.notFound`, `.decided`, `.otherPerson`, `.otherGLN`.
    public func acceptIdentity(_ id: LinkedIdentity.ID, known: GLNLookup, _ holder: Holder) async throws
        -> Bool
    {
        let now = clock.now()
        return try await traced(.identityLinked, id, holder) {
            try await self.database.write { transaction in
                try transaction.confirm(holder, as: [.portalAdmin], at: now)
                guard let linked = try transaction.linkedIdentity(id),
                    let owner = try linked.accountID.flatMap({ try transaction.account($0) })
                else { throw IdentityRefusal.notFound }
                guard linked.state == .waiting else { throw IdentityRefusal.decided }
                let first = try transaction.proposer(of: linked, at: now)?.id
                switch try transaction.hurdle(
                    of: linked, proposer: first, known: known, holder.accountID)
                {
                case .otherGLN: throw IdentityRefusal.otherGLN
                case .ownAccount, .ownProposal, .personUnknown: throw IdentityRefusal.otherPerson
                case nil: break
                }
                let basis = "account \(owner.id.rawValue)"
                guard let proposer = first else {
                    guard try transaction.proposeIdentity(linked, by: holder.accountID, at: now) else {
                        throw IdentityRefusal.decided
                    }
                    try transaction.record(
                        AuditEntry(
                            .actProposed, object: .identity(id), basis: basis, detail: linked.provider),
                        by: .person(holder), at: now)
                    try transaction.notify(owner, .identityWaiting, self.keyring, at: now)
                    return false
                }
                guard
                    try transaction.acceptIdentity(
                        id, proposedBy: proposer, by: holder.accountID, at: now)
                else { throw IdentityRefusal.decided }
                try transaction.record(
                    AuditEntry(
                        .identityLinked, object: .identity(id), basis: basis,
                        detail: "\(linked.provider) proposedBy=\(proposer.rawValue)"),
                    by: .person(holder), at: now)
                try transaction.notify(owner, .identityLinked, self.keyring, at: now)
                return true
            }
        }
    }

    /// Says that a waiting identity is not the account holder's: one person is enough to keep it out, but not about his
    /// own account.
    /// - Throws: `IdentityRefusal.notFound`, `.decided`, `.otherPerson`.
    public func refuseIdentity(_ id: LinkedIdentity.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await traced(.identityRefused, id, holder) {
            try await self.database.write { transaction in
                try transaction.confirm(holder, as: [.portalAdmin], at: now)
                guard let linked = try transaction.linkedIdentity(id), let owner = linked.accountID else {
                    throw IdentityRefusal.notFound
                }
                guard try !transaction.isSamePerson(owner, holder.accountID) else {
                    throw IdentityRefusal.otherPerson
                }
                guard
                    try transaction.decideIdentity(
                        id, .refused, account: owner, by: holder.accountID, from: .waiting, at: now)
                else { throw IdentityRefusal.decided }
                try transaction.record(
                    AuditEntry(
                        .identityRefused, object: .identity(id), basis: "account \(owner.rawValue)",
                        detail: linked.provider),
                    by: .person(holder), at: now)
            }
        }
    }

    /// Writes the attempt of somebody who may not decide, in a transaction of its own.
    private func traced<T: Sendable>(
        _ event: AuditEventKind, _ id: LinkedIdentity.ID, _ holder: Holder, _ work: () async throws -> T
    ) async throws -> T {
        do { return try await work() } catch let refusal as IdentityRefusal {
            if refusal == .otherPerson || refusal == .otherGLN {
                try await recordRefusal(
                    AuditEntry(event, .refused, rule: refusal.rule, object: .identity(id)),
                    by: .person(holder))
            }
            throw refusal
        }
    }

    /// The same for the operator's command.
    public func waitingIdentities() async throws -> [LinkedIdentity] {
        try await database.read { try $0.waitingIdentities(limit: 1000) }
    }

    /// Links an identity to the account with this sign-in address at the operator's word: for an import, for one that
    /// waits or was refused, and for the demo, whose people find it ready and are not written to (`isAnnounced`).
    /// - Throws: `IdentityRefusal.notFound`, `.decided` when it opens an account already or its request is open.
    public func linkIdentity(
        _ identity: ForeignIdentity, toAccountOf email: String, isAnnounced: Bool = true
    ) async throws {
        let now = clock.now()
        let fresh = LinkedIdentity.ID(rawValue: RandomText.identifier())
        try await database.write { transaction in
            guard
                let account = try EmailAddress.normalised(email).flatMap({
                    try transaction.account(email: $0)
                })
            else { throw IdentityRefusal.notFound }
            let known = try transaction.linkedIdentity(issuer: identity.issuer, subject: identity.subject)
            if let known {
                guard known.state == .waiting || known.state == .refused,
                    try transaction.decideIdentity(
                        known.id, .active, account: account.id, by: nil, from: known.state, at: now)
                else { throw IdentityRefusal.decided }
            } else {
                try transaction.insert(
                    fresh, identity, .active, account: account.id, request: nil, by: nil, at: now)
            }
            try transaction.record(
                AuditEntry(
                    .identityLinked, object: .identity(known?.id ?? fresh),
                    basis: "account \(account.id.rawValue)",
                    detail: identity.provider.rawValue), by: .system(node: self.node), at: now)
            if isAnnounced { try transaction.notify(account, .identityLinked, self.keyring, at: now) }
        }
    }
}
