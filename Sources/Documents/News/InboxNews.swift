public import Access
import Foundation
import Storage

/// The open pages of this node. One listener of the database hands each signal to the pages it concerns; what a page
/// then shows it reads itself, with its own permission.
public final class InboxNews: @unchecked Sendable {
    /// How many pages may listen at once.
    public struct Limits: Sendable {
        public var perSession = 6
        public var perAccount = 24
        public var total = 2000
        public init() {}
    }

    private struct Listener {
        let keys: [String]
        let session: String
        let signals: AsyncStream<SpaceSignal?>.Continuation
    }

    private let database: any Database
    private let lock = NSLock()
    private var listeners: [Int: Listener] = [:]
    private var byKey: [String: Set<Int>] = [:]
    private var next = 0
    private var hasBegun = false
    let limits: Limits

    init(_ database: any Database, _ limits: Limits = Limits()) {
        self.database = database
        self.limits = limits
    }

    /// Signals about the viewer's space and session; nil: look again, something may have been missed. Ends when the
    /// node does.
    /// - Throws: `NewsRefusal.tooMany`.
    public func listen(_ viewer: Viewer) throws -> AsyncStream<SpaceSignal?> {
        let keys = Set([viewer.principalID.rawValue, viewer.accountID.rawValue]).sorted()
        let session = viewer.sessionID.rawValue
        begin()
        lock.lock()
        defer { lock.unlock() }
        let own = byKey[viewer.accountID.rawValue] ?? []
        guard listeners.count < limits.total, own.count < limits.perAccount,
            own.count(where: { listeners[$0]?.session == session }) < limits.perSession
        else { throw NewsRefusal.tooMany }
        let (stream, signals) = AsyncStream.makeStream(
            of: SpaceSignal?.self, bufferingPolicy: .bufferingNewest(64))
        next += 1
        let number = next
        listeners[number] = Listener(keys: keys, session: session, signals: signals)
        for key in keys { byKey[key, default: []].insert(number) }
        signals.onTermination = { [weak self] _ in self?.forget(number) }
        return stream
    }

    /// How many pages listen.
    public var count: Int { lock.withLock { listeners.count } }

    /// Begins to listen to the database with the first page.
    private func begin() {
        let isFirst = lock.withLock {
            defer { hasBegun = true }
            return !hasBegun
        }
        guard isFirst else { return }
        let payloads = database.listen(.inbox)
        Task { [weak self] in
            for await payload in payloads { self?.publish(SpaceSignal(payload: payload)) }
            self?.finish()
        }
    }

    private func publish(_ signal: SpaceSignal?) {
        let concerned: [Listener] = lock.withLock {
            guard let signal else { return Array(listeners.values) }
            return (byKey[signal.account.rawValue] ?? []).compactMap { listeners[$0] }
        }
        for listener in concerned {
            if case .dropped = listener.signals.yield(signal) { listener.signals.yield(nil) }
        }
    }

    /// The database is closed: a later page would begin anew.
    private func finish() {
        let all = lock.withLock {
            hasBegun = false
            return Array(listeners.values)
        }
        for listener in all { listener.signals.finish() }
    }

    private func forget(_ number: Int) {
        lock.withLock {
            for key in listeners.removeValue(forKey: number)?.keys ?? [] {
                byKey[key]?.remove(number)
                if byKey[key]?.isEmpty == true { byKey[key] = nil }
            }
        }
    }
}

/// Why a page cannot listen.
public enum NewsRefusal: Refusal, Equatable {
    /// This session, this account or all together have too many pages that listen.
    case tooMany

    public var kind: RefusalKind { .unavailable }
    public var rule: String { "news.tooMany" }
}
