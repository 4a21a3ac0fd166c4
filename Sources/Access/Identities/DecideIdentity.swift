import Storage
import Vault

extension AccessActions {
    /// The identities that wait for the portal team, the oldest first.
    public func waitingIdentities(_ holder: Holder) async throws -> [(
        identity: LinkedIdentity, owner: Account?
    )] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            return try transaction.waitingIdentities(limit: 100).map { linked in
                (linked, try linked.accountID.flatMap { try transaction.account($0) })
            }
        }
    }

    /// Says of a waiting identity whether it is the account holder's. Nobody decides about his own account, and an
    /// identity that claims another's GLN is not let in here: only the operator's command does that.
    /// - Parameter known: tells the account of a GLN.
    /// - Throws: `IdentityRefusal.notFound`, `.decided`, `.otherPerson`, `.otherGLN`.
    public func decideIdentity(
        _ id: LinkedIdentity.ID, isAccepted: Bool, known: GLNLookup, _ holder: Holder
    ) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            guard let linked = try transaction.linkedIdentity(id), let owner = linked.accountID else {
                throw IdentityRefusal.notFound
            }
            guard owner != holder.accountID else { throw IdentityRefusal.otherPerson }
            guard try !isAccepted || known.owner(of: linked.gln, in: transaction) == owner else {
                throw IdentityRefusal.otherGLN
            }
            guard
                try transaction.decideIdentity(
                    id, isAccepted ? .active : .refused, account: owner, by: holder.accountID, from: .waiting,
                    at: now)
            else { throw IdentityRefusal.decided }
            try transaction.record(
                AuditEntry(
                    isAccepted ? .identityLinked : .identityRefused, object: .identity(id),
                    basis: "account \(owner.rawValue)", detail: linked.provider),
                by: .person(holder), at: now)
            if isAccepted, let account = try transaction.account(owner) {
                try transaction.notify(account, .identityLinked, self.keyring, at: now)
            }
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
