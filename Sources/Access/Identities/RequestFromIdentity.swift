import Foundation
public import Storage
import Vault

/// A proved identity in this browser's hand, for which nobody is known: an account can be asked for with it, once.
public struct HeldIdentity: Sendable {
    public let identity: ForeignIdentity
    let signIn: String
}

extension AccessActions {
    /// What this browser holds since its last sign-in from outside; nil when nothing, or not any more.
    public func heldIdentity(browser: String) async throws -> ForeignIdentity? {
        let now = clock.now()
        let hash = identityHash("browser", browser)
        let found = try await database.read { try $0.heldIdentity(browser: hash, at: now) }
        return try found.map { try self.opened($0.sealed, $0.id) }
    }

    /// Takes what this browser holds, exactly once, in the transaction of the request that is made with it.
    /// - Throws: `IdentityRefusal.nothingHeld`, `.switchedOff`, `.decided` when the identity was linked meanwhile.
    public func takeHeldIdentity(
        browser: String, in transaction: any Transaction, at now: Timestamp
    ) throws -> HeldIdentity {
        guard let found = try transaction.takeHeldIdentity(browser: identityHash("browser", browser), at: now)
        else { throw IdentityRefusal.nothingHeld }
        let identity = try opened(found.sealed, found.id)
        // it was proved before the provider was switched off, perhaps by who is the reason for it
        guard try !transaction.isSwitchedOff(identity.provider) else { throw IdentityRefusal.switchedOff }
        guard try transaction.linkedIdentity(issuer: identity.issuer, subject: identity.subject) == nil else {
            throw IdentityRefusal.decided
        }
        return HeldIdentity(identity: identity, signIn: found.id)
    }

    private func opened(_ sealed: [UInt8], _ signIn: String) throws -> ForeignIdentity {
        let bytes = try keyring.open(sealed, for: .identities, context: "held \(signIn)")
        return try JSONDecoder().decode(ForeignIdentity.self, from: Data(bytes))
    }
}

extension Transaction {
    /// Ties an identity to the request that was made with it. It opens nothing until the request has become an
    /// account.
    public func link(_ held: HeldIdentity, toRequest request: String, at now: Timestamp) throws {
        try insert(
            LinkedIdentity.ID(rawValue: RandomText.identifier()), held.identity, .requested, account: nil,
            request: request, by: nil, at: now)
    }

    /// The request has become an account: its identity opens it from now on. Nothing of a provider that is switched
    /// off: the caller's transaction comes to nothing, and the request waits or is refused.
    /// - Returns: whether the request had one.
    /// - Throws: `IdentityRefusal.switchedOff`.
    @discardableResult
    public func activateIdentity(ofRequest request: String, for account: Account.ID, at now: Timestamp) throws
        -> Bool
    {
        guard let linked = try linkedIdentity(ofRequest: request), linked.state == .requested else {
            return false
        }
        guard !linked.isSwitchedOff else { throw IdentityRefusal.switchedOff }
        guard
            try decideIdentity(linked.id, .active, account: account, by: nil, from: .requested, at: now)
        else { return false }
        try record(
            AuditEntry(.identityLinked, object: .identity(linked.id), detail: linked.provider),
            by: .system(node: ""), at: now)
        return true
    }

    /// The request came to nothing: who was refused stays refused, who drew back may ask again.
    public func closeIdentity(ofRequest request: String, isRefused: Bool, at now: Timestamp) throws {
        guard let linked = try linkedIdentity(ofRequest: request), linked.state == .requested else { return }
        if isRefused {
            _ = try decideIdentity(linked.id, .refused, account: nil, by: nil, from: .requested, at: now)
        } else {
            try deleteIdentity(linked.id)
        }
    }
}
