import Storage
import Vault

extension AccessActions {
    /// Changes the password; the current one is required. Every other session ends, and this one gets a new
    /// token.
    /// - Throws: `AccessRefusal.password`, `.wrongCurrentPassword`, `.tooMuchAtOnce`.
    /// - Returns: the new token of this session.
    public func changePassword(_ holder: Holder, current: String, new: String) async throws -> String {
        let now = clock.now()
        let idle = rules.idleMinutes
        let subject = keyring.mac(.codes, Array("password \(holder.accountID.rawValue)".utf8))
        // only the holder of a session gets here: his own failures count, not those of his network
        let attempt = SignInTry(
            counters: [.init(subject: subject, waitingMinutes: SignInRules.waitingMinutes)], network: nil,
            at: now)
        let (account, hash, block) = try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            let account = try transaction.account(holder.accountID)
            let block = try self.count(attempt, in: transaction)
            if let block {
                try transaction.recordRepeated(
                    AuditEntry(
                        .passwordChanged, .refused, rule: block.rule, object: .account(holder.accountID)),
                    of: block.subject, by: .person(holder), at: now)
            }
            return (account, try transaction.passwordHash(of: holder.accountID), block)
        }
        guard let account, block == nil else { throw AccessRefusal.tooMuchAtOnce }
        guard let hash, try await isPassword(current.utf8.count <= 1024 ? current : "", of: hash) else {
            try await refuse(.wrongCurrentPassword, holder)
        }
        let context = [account.email, account.familyName, account.givenName]
        if let mistake = PasswordRules.mistake(in: new, context: context) {
            try await refuse(.password(mistake), holder)
        }
        let newHash = try await hashed(new)
        let token = RandomText.token()
        let formToken = RandomText.token()
        let isDone = try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            // it took a while: what was verified must still be the password
            guard let stored = try transaction.passwordHash(of: account.id), areEqualSecrets(stored, hash)
            else { return false }
            try transaction.setPasswordHash(newHash, of: account.id)
            try transaction.forgetTries(of: subject)
            try transaction.endSessions(of: account.id, except: holder.sessionID, at: now)
            let session = try transaction.openSessions(of: account.id, at: now, idle: idle)
                .first { $0.id == holder.sessionID }
            guard let session,
                try transaction.advance(
                    session, to: .signedIn, tokenHash: Self.tokenHash(token), formToken: formToken, at: now,
                    expires: session.expiresAt)
            else { throw AccessRefusal.sessionEnded }
            try transaction.record(
                AuditEntry(.passwordChanged, object: .account(account.id)), by: .person(holder), at: now)
            return true
        }
        guard isDone else { try await refuse(.wrongCurrentPassword, holder) }
        return token
    }

    private func refuse(_ refusal: AccessRefusal, _ holder: Holder) async throws -> Never {
        try await recordRefusal(
            AuditEntry(.passwordChanged, .refused, rule: refusal.rule, object: .account(holder.accountID)),
            by: .person(holder))
        throw refusal
    }
}
