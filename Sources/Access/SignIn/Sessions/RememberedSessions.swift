import Foundation
import Storage

/// The sessions that were found last, with their accounts, for as long as no row of either has changed (ADR 0033): each
/// request asks for them, and a page asks several times. They say who somebody is, and never what he may do: each action
/// confirms session, role and delegation in its own transaction all the same.
final class RememberedSessions: @unchecked Sendable {
    private struct Known {
        var session: Session
        let account: Account
        let idleMinutes: Int
        let readAt: Timestamp

        /// What the look-up asks of time. A session may be alive without it, never the other way round.
        func isAlive(at now: Timestamp) -> Bool {
            now < session.expiresAt && now < session.lastSeenAt.adding(minutes: idleMinutes)
        }
    }
    /// Guards all below.
    private let lock = NSLock()
    private var revision = 0
    private var known: [[UInt8]: Known] = [:]
    /// Of about a kilobyte each.
    private static let most = 5000
    /// Seconds after which a session is read again in any case: a command of the operator on the same file is noticed by
    /// the next commit only, and a node that nobody uses makes none.
    private static let seconds = 10

    /// - Parameter tokenHash: of the cookie's token.
    func session(_ tokenHash: [UInt8], at revision: Int?, _ now: Timestamp) -> (
        session: Session, account: Account
    )? {
        guard let revision else { return nil }
        lock.lock()
        defer { lock.unlock() }
        guard revision == self.revision, let found = known[tokenHash], found.isAlive(at: now),
            found.readAt <= now, now < found.readAt.adding(seconds: Self.seconds)
        else { return nil }
        return (found.session, found.account)
    }

    /// - Parameters:
    ///   - idle: minutes without a request after which this session ends.
    ///   - revision: what it was before they were read.
    func keep(
        _ session: Session, _ account: Account, under tokenHash: [UInt8], idle: Int, at revision: Int,
        _ now: Timestamp
    ) {
        lock.lock()
        defer { lock.unlock() }
        guard revision >= self.revision else { return }
        if revision > self.revision || known.count >= Self.most { known = [:] }
        self.revision = revision
        known[tokenHash] = Known(session: session, account: account, idleMinutes: idle, readAt: now)
    }

    /// Its holder was there.
    func saw(_ tokenHash: [UInt8], at now: Timestamp) {
        lock.lock()
        defer { lock.unlock() }
        known[tokenHash]?.session.lastSeenAt = now
    }
}
