import Access
import Foundation

/// The plain first pages that were read last, for as long as no row has changed. They hold what a query has
/// found in a space, never a permission: who asks was confirmed, and his event written, just before (ADR 0033).
final class RememberedInboxes: @unchecked Sendable {
    /// In a space not everybody sees the same: a delegate has only the views that are shared with him.
    private struct Place: Hashable {
        let space: Account.ID
        let person: Account.ID

        init(_ viewer: Viewer) {
            space = viewer.principalID
            person = viewer.accountID
        }
    }
    private struct Answer {
        let inbox: Inbox
        let end: Timestamp
    }
    /// Guards all below.
    private let lock = NSLock()
    private var revision = 0
    private var answers: [Place: Answer] = [:]
    private var editions = 0
    /// Of some 25 KB each.
    private static let most = 100
    /// Seconds after which a page is read again in any case: what a space shows may depend on the day.
    private static let seconds = 60

    func inbox(of viewer: Viewer, at revision: Int?, _ now: Timestamp) -> Inbox? {
        guard let revision else { return nil }
        lock.lock()
        defer { lock.unlock() }
        guard revision == self.revision, let answer = answers[Place(viewer)], now < answer.end else {
            return nil
        }
        return answer.inbox
    }

    /// - Parameter expiry: when the next of the documents expires that are counted and not shown.
    /// - Returns: the page with its edition, if it is kept.
    func keep(
        _ inbox: Inbox, of viewer: Viewer, until expiry: Timestamp?, at revision: Int, _ now: Timestamp
    ) -> Inbox {
        let ends =
            inbox.rows.map(\.expiresAt) + [expiry, now.adding(seconds: Self.seconds)].compactMap { $0 }
        guard let end = ends.min() else { return inbox }
        lock.lock()
        defer { lock.unlock() }
        guard revision >= self.revision else { return inbox }
        if revision > self.revision || answers.count >= Self.most { answers = [:] }
        self.revision = revision
        editions += 1
        var kept = inbox
        kept.edition = editions
        answers[Place(viewer)] = Answer(inbox: kept, end: end)
        return kept
    }
}
