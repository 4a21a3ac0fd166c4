import Storage
import Vault

extension AccessActions {
    /// Changes the password; the current one is required. Every other session ends, and this one gets a new
    /// token.
    /// - Throws: `AccessRefusal.password`, `.wrongCurrentPassword`.
    /// - Returns: the new token of this session.
    public func changePassword(_ viewer: Viewer, current: String, new: String) async throws -> String {
        let now = clock.now()
        let idle = rules.idleMinutes
        let subject = keyring.mac(.codes, Array("password \(viewer.accountID.rawValue)".utf8))
        let (account, hash, blocked) = try await database.write { transaction in
            try transaction.confirm(viewer, at: now)
            let account = try transaction.account(viewer.accountID)
            let blocked = try transaction.countTry(of: subject, from: viewer.origin, self.rules, at: now)
            return (account, try transaction.passwordHash(of: viewer.accountID), blocked)
        }
        guard let account, blocked == nil else { throw AccessRefusal.tooMuchAtOnce }
        guard try await isPassword(current.utf8.count <= 1024 ? current : "", of: hash) else {
            try await recordRefusal(
                AuditEntry(
                    .passwordChanged, .refused, rule: AccessRefusal.wrongCurrentPassword.rule,
                    object: .account(account.id)), by: .person(viewer))
            throw AccessRefusal.wrongCurrentPassword
        }
        let context = [account.email, account.familyName, account.givenName]
        if let mistake = PasswordRules.mistake(in: new, context: context) {
            throw AccessRefusal.password(mistake)
        }
        let newHash = try await hashed(new)
        let token = RandomText.token()
        let formToken = RandomText.token()
        try await database.write { transaction in
            try transaction.confirm(viewer, at: now)
            try transaction.setPasswordHash(newHash, of: account.id)
            try transaction.forgetTries(of: subject)
            try transaction.endSessions(of: account.id, except: viewer.sessionID, at: now)
            let session = try transaction.openSessions(of: account.id, at: now, idle: idle)
                .first { $0.id == viewer.sessionID }
            guard let session,
                try transaction.advance(
                    session, to: .signedIn, tokenHash: Self.tokenHash(token), formToken: formToken, at: now,
                    expires: session.expiresAt)
            else { throw AccessRefusal.sessionEnded }
            try transaction.record(
                AuditEntry(.passwordChanged, object: .account(account.id)), by: .person(viewer), at: now)
        }
        return token
    }
}
