import Crypto
import Storage
import Vault

/// A session that ended by itself while its holder had a form open: whose it was, and what its forms hide.
public struct LapsedSession: Sendable {
    public let accountID: Account.ID
    /// What the token of its forms hid.
    public let formSecret: String
}

extension LapsedSession {
    fileprivate init(_ session: Session) {
        accountID = session.accountID
        formSecret = session.formToken + "." + (session.principalID?.rawValue ?? "")
    }
}

/// How much of a form is kept over the end of a session, and how long.
public enum KeptForm {
    /// Bytes; a longer one is not kept.
    public static let limit = 64 << 10
    public static let minutes = 30
}

extension AccessActions {
    /// The signed-in session of a cookie's token that ended by itself. One that somebody ended, its holder or another,
    /// is none: who still has its cookie keeps nothing with it.
    public func lapsedSession(token: String) async throws -> LapsedSession? {
        guard token.utf8.count == 64 else { return nil }
        let now = clock.now()
        let idle = rules.idleMinutes
        let session = try await database.read { transaction in
            try transaction.lapsedSession(tokenHash: Self.tokenHash(token), at: now, idle: idle)
        }
        return session.map(LapsedSession.init)
    }

    /// The sessions of this account that ended by themselves: a tab may still show a form of one, after its holder has
    /// signed in again in another tab. One that is alive is another browser's, whose forms do nothing here.
    public func lapsedSessions(_ holder: Holder) async throws -> [LapsedSession] {
        let now = clock.now()
        let idle = rules.idleMinutes
        let sessions = try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.lapsedSessions(of: holder.accountID, at: now, idle: idle)
        }
        return sessions.map(LapsedSession.init)
    }

    /// Keeps what was typed for whom the session belonged to, in place of what was kept for him before.
    /// - Returns: the secret that opens it, for his browser alone; nil when it is too long.
    public func keepForm(_ form: [UInt8], of session: LapsedSession) async throws -> String? {
        guard form.count <= KeptForm.limit else { return nil }
        let end = clock.now().adding(minutes: KeptForm.minutes)
        let secret = RandomText.token()
        let box = try AES.GCM.seal(
            form, using: keptFormKey(secret), authenticating: Array(session.accountID.rawValue.utf8))
        let sealed = Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
        try await database.write { try $0.keepForm(sealed, of: session.accountID, until: end) }
        return secret
    }

    /// What this browser's secret opens, for the same account alone.
    /// - Returns: nil when nothing is kept any more, or with another secret.
    public func keptForm(secret: String, _ holder: Holder) async throws -> [UInt8]? {
        let now = clock.now()
        let sealed = try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.keptForm(of: holder.accountID, at: now)
        }
        guard let sealed, let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        let opened = try? AES.GCM.open(
            box, using: keptFormKey(secret), authenticating: Array(holder.accountID.rawValue.utf8))
        return opened.map(Array.init)
    }

    /// Once it was sent, nothing is kept any more.
    public func forgetKeptForm(_ holder: Holder) async throws {
        try await database.write { try $0.forgetKeptForm(of: holder.accountID) }
    }

    /// Half of it is in the browser: neither the database nor the key file opens it alone.
    private func keptFormKey(_ secret: String) -> SymmetricKey {
        SymmetricKey(data: keyring.mac(.keptForms, Array(secret.utf8)))
    }
}
