import Storage
import Vault

/// A live session as the edge needs it. A class, because it travels through a dozen hands with each request.
public final class FoundSession: Sendable {
    public let session: Session
    /// Nil while the code is still expected.
    public let holder: Holder?
    /// Nil, too, while no space is chosen, and where the account has none or its delegation is over.
    public let viewer: Viewer?
    public let account: Account

    init(session: Session, holder: Holder?, viewer: Viewer?, account: Account) {
        self.session = session
        self.holder = holder
        self.viewer = viewer
        self.account = account
    }
}

extension AccessActions {
    /// Who presents the cookie's token. Notes that he was here, at most once a minute.
    /// - Parameter isPresent: false for what a page asks by itself: that keeps no session alive.
    /// - Returns: nil when there is no such session, or it ended, in one of the ways a session ends.
    public func session(token: String, origin: RequestOrigin, isPresent: Bool = true) async throws
        -> FoundSession?
    {
        guard token.utf8.count == 64 else { return nil }
        let now = clock.now()
        let hash = Self.tokenHash(token)
        let idle = rules.idleMinutes
        let found = try await database.glance { transaction -> FoundSession? in
            guard
                let (session, account) = try transaction.liveSession(tokenHash: hash, at: now, idle: idle)
            else { return nil }
            guard session.stage == .signedIn else {
                return FoundSession(session: session, holder: nil, viewer: nil, account: account)
            }
            let holder = Holder(
                account, session: session.id, authentication: session.authentication, self.rules,
                origin: origin)
            return FoundSession(
                session: session, holder: holder,
                viewer: try transaction.viewer(in: session, holder, account, at: now), account: account)
        }
        if isPresent, let found, found.session.lastSeenAt < now.adding(minutes: -1) {
            try await database.write { try $0.touch(found.session.id, at: now) }
        }
        return found
    }

    /// The value of a form's hidden field where there is no session yet: bound to a cookie of this browser.
    public func formToken(forCookie cookie: String) -> String {
        keyring.mac(.forms, Array(cookie.utf8)).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        .joined()
    }
}

extension Transaction {
    /// The person in the space of his session, if he may still be there.
    fileprivate func viewer(in session: Session, _ holder: Holder, _ account: Account, at now: Timestamp)
        throws
        -> Viewer?
    {
        if let delegation = session.delegationID {
            return try grant(delegation, to: account.id, at: now).map { Viewer($0, holder) }
        }
        return session.principalID == account.id ? Viewer(own: holder) : nil
    }
}
