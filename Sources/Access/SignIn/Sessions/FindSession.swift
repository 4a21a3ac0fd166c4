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
        // before anything is read: what changes meanwhile makes it old
        let revision = database.revision(of: .sessions)
        let found: FoundSession?
        if let known = remembered.session(hash, at: revision, now) {
            found = inOwnSpace(known.session, known.account, origin)
        } else {
            found = try await readSession(hash, origin, at: revision, now)
        }
        if isPresent, let found, found.session.lastSeenAt < now.adding(minutes: -1) {
            try await database.write { try $0.touch(found.session.id, at: now) }
            remembered.saw(hash, at: now)
        }
        return found
    }

    private func readSession(
        _ hash: [UInt8], _ origin: RequestOrigin, at revision: Int?, _ now: Timestamp
    ) async throws -> FoundSession? {
        let idle = rules.idleMinutes
        let found = try await database.glance { transaction -> FoundSession? in
            guard
                let (session, account) = try transaction.liveSession(tokenHash: hash, at: now, idle: idle)
            else { return nil }
            guard session.stage == .signedIn else {
                return FoundSession(session: session, holder: nil, viewer: nil, account: account)
            }
            guard let delegation = session.delegationID else {
                return self.inOwnSpace(session, account, origin)
            }
            let holder = self.holder(account, session, origin)
            return FoundSession(
                session: session, holder: holder,
                viewer: try transaction.grant(delegation, to: account.id, at: now).map { Viewer($0, holder) },
                account: account)
        }
        // under a delegation, whether it is in force is asked each time
        if let found, found.holder != nil, found.session.delegationID == nil, let revision {
            remembered.keep(
                found.session, found.account, under: hash,
                idle: rules.idleMinutes(for: found.account.role), at: revision, now)
        }
        return found
    }

    private func inOwnSpace(_ session: Session, _ account: Account, _ origin: RequestOrigin) -> FoundSession {
        let holder = holder(account, session, origin)
        return FoundSession(
            session: session, holder: holder,
            viewer: session.principalID == account.id ? Viewer(own: holder) : nil, account: account)
    }

    private func holder(_ account: Account, _ session: Session, _ origin: RequestOrigin) -> Holder {
        Holder(
            account, session: session.id, authentication: session.authentication, rules, origin: origin)
    }

    /// The value of a form's hidden field where there is no session yet: bound to a cookie of this browser.
    public func formToken(forCookie cookie: String) -> String {
        keyring.mac(.forms, Array(cookie.utf8)).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        .joined()
    }
}
