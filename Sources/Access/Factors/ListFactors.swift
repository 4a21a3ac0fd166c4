import Storage

/// What the page of one's own security shows.
public struct OwnFactors: Sendable {
    /// Where codes go that are sent, masked; nil where the account has no such way.
    public let sent: (factor: SecondFactor, target: String)?
    /// Since when there is an app, and when it was last used.
    public let authenticator: (since: Timestamp, lastUsedAt: Timestamp?)?
    /// The oldest first.
    public let passkeys: [Passkey]
    /// Those that are not used yet.
    public let recoveryCodes: Int
}

extension AccessActions {
    /// One's own factors.
    public func ownFactors(_ holder: Holder) async throws -> OwnFactors {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            guard let account = try transaction.account(holder.accountID) else {
                throw AccessRefusal.sessionEnded
            }
            let sent = try transaction.secondFactors(of: account).first { $0.channel != nil }
            return OwnFactors(
                sent: sent.map { ($0, SignInRules.maskedTarget($0, account)) },
                authenticator: try transaction.confirmedAuthenticator(of: account.id).map {
                    ($0.confirmedAt ?? $0.createdAt, $0.lastUsedAt)
                },
                passkeys: try transaction.passkeys(of: account.id),
                recoveryCodes: try transaction.unusedRecoveryCodes(of: account.id))
        }
    }
}
