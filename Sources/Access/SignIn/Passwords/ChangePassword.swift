import Storage
import Vault

extension AccessActions {
    /// Changes the password; the current one is required. Every other session ends, this one gets a new token, links
    /// for a forgotten password open nothing any more, and the holder is told.
    /// - Throws: `AccessRefusal.password`, `.wrongCurrentPassword`, `.tooMuchAtOnce`.
    /// - Returns: the new token of this session.
    public func changePassword(_ holder: Holder, current: String, new: String) async throws -> String {
        let now = clock.now()
        let hash = try await checkOwnPassword(current, holder, for: .passwordChanged)
        guard let account = try await database.read({ try $0.account(holder.accountID) }) else {
            throw AccessRefusal.sessionEnded
        }
        let context = [account.email, account.familyName, account.givenName]
        if let mistake = PasswordRules.mistake(in: new, context: context) {
            try await refuse(.password(mistake), holder)
        }
        let newHash = try await hashed(new)
        let tokens = FreshTokens()
        let isDone = try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            // it took a while: what was verified must still be the password
            guard let stored = try transaction.passwordHash(of: account.id), areEqualSecrets(stored, hash)
            else { return false }
            try transaction.setPasswordHash(newHash, of: account.id)
            try transaction.forgetPasswordLinks(of: account.id)
            try self.settle(
                .passwordChanged, nil, .passwordChanged, holder, tokens, in: transaction, at: now)
            return true
        }
        guard isDone else { try await refuse(.wrongCurrentPassword, holder) }
        return tokens.session
    }

    private func refuse(_ refusal: AccessRefusal, _ holder: Holder) async throws -> Never {
        try await recordRefusal(
            AuditEntry(.passwordChanged, .refused, rule: refusal.rule, object: .account(holder.accountID)),
            by: .person(holder))
        throw refusal
    }
}
