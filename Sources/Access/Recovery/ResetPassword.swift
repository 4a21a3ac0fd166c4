import Storage
import Vault

/// What came of a new password by link.
public enum PasswordResetAnswer: Sendable, Equatable {
    case done
    /// The link was used, is too old, or never was one.
    case gone
    case mistake(PasswordMistake)
}

extension AccessActions {
    /// Whether a link opens. Looking consumes nothing: programs that look through mails open links, too.
    public func isOpenPasswordLink(_ token: String) async throws -> Bool {
        guard token.utf8.count == 64 else { return false }
        let now = clock.now()
        return try await database.read {
            try $0.accountOfPasswordLink(Self.tokenHash(token), at: now) != nil
        }
    }

    /// A new password by a link. It signs nobody in: the second factor is asked for at the next sign-in (REC-2). All
    /// sessions end, and the holder is told.
    public func resetPassword(token: String, new: String, origin: RequestOrigin) async throws
        -> PasswordResetAnswer
    {
        guard token.utf8.count == 64 else { return .gone }
        let hash = Self.tokenHash(token)
        let account = try await database.read { [now = clock.now()] transaction in
            try transaction.accountOfPasswordLink(hash, at: now).flatMap { try transaction.account($0) }
        }
        guard let account else {
            try await recordRepeatedRefusal(
                AuditEntry(.passwordReset, .refused, rule: "passwordLink.gone"), session: nil, origin: origin)
            return .gone
        }
        if let mistake = PasswordRules.mistake(
            in: new, context: [account.email, account.familyName, account.givenName])
        {
            return .mistake(mistake)
        }
        let newHash = try await hashed(new)
        let now = clock.now()
        let actor = AuditActor.anonymous(origin, claimed: account.id)
        return try await database.write { transaction in
            // it took a while: the link may have been used or replaced meanwhile
            guard try transaction.accountOfPasswordLink(hash, at: now) == account.id,
                try transaction.usePasswordLink(hash, at: now)
            else {
                try transaction.record(
                    AuditEntry(
                        .passwordReset, .refused, rule: "passwordLink.gone", object: .account(account.id)),
                    by: actor, at: now)
                return .gone
            }
            try transaction.voidPasswordLinks(of: account.id, at: now)
            try transaction.setPasswordHash(newHash, of: account.id)
            try transaction.endSessions(of: account.id, except: nil, at: now)
            try transaction.notify(account, .passwordReset, self.keyring, at: now)
            try transaction.record(
                AuditEntry(.passwordReset, object: .account(account.id)), by: actor, at: now)
            return .done
        }
    }
}
