import Foundation

/// Lets requests in as long as this node keeps up with them. Who is not let in hears so at once and is told when to come
/// back; who is let in is answered in time (ADR 0033).
///
/// A number of requests alone would not tell: fifty senders of slow bodies cost nothing, fifty publications seconds. So a
/// probe that has no work of its own goes the way of a request twenty times a second, and the time it takes is the
/// time a request waits for its turn.
public final class Admission: @unchecked Sendable {
    public struct Limits: Sendable {
        /// How long a request may wait for its turn before no more are let in.
        public var delay = Duration.milliseconds(150)
        /// So many at once are let in however long the delay is.
        public var always = 16
        /// More at once than these are let in never.
        public var most = 1024
        public init() {}
    }

    private let limits: Limits
    /// Guards all below.
    private let lock = NSLock()
    private var inHand = 0
    private var lastDelay = Duration.zero
    private var begun: ContinuousClock.Instant?

    public init(_ limits: Limits = Limits()) { self.limits = limits }

    /// Forgets the last delay when nobody is being served: there is nothing to measure then.
    /// - Returns: whether it is so.
    public func forgetWhenIdle() -> Bool {
        lock.lock()
        defer { lock.unlock() }
        if inHand == 0 { lastDelay = .zero }
        return inHand == 0
    }

    /// Measures once how long a request waits.
    /// - Parameter start: when the probe was due: that it came late is a part of the answer.
    /// - Parameter probe: goes where requests go, and does nothing there.
    public func measure(since start: ContinuousClock.Instant = .now, _ probe: () async throws -> Void) async {
        set(begun: start, delay: nil)
        // a probe that fails has waited too, and why it fails is told elsewhere
        try? await probe()
        set(begun: nil, delay: start.duration(to: .now))
    }

    private func set(begun: ContinuousClock.Instant?, delay: Duration?) {
        lock.lock()
        defer { lock.unlock() }
        self.begun = begun
        if let delay { lastDelay = delay }
    }

    /// - Returns: false when the request must come back later; true: call `leave` when it is answered.
    func enter() -> Bool {
        lock.lock()
        defer { lock.unlock() }
        let isLate =
            inHand >= limits.always
            // a probe that is still on its way says something already
            && (lastDelay > limits.delay || begun.map { $0.duration(to: .now) > limits.delay } ?? false)
        guard inHand < limits.most, !isLate else { return false }
        inHand += 1
        return true
    }

    func leave() {
        lock.lock()
        defer { lock.unlock() }
        inHand -= 1
    }
}
