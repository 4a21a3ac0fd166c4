import Foundation

/// How long the last look at a password took. Who is told to wait is answered after the same time as who was
/// looked at, and still costs no work: else either the wait could be told from outside by its speed, or
/// somebody who must wait could keep the two places for password checks busy.
final class PasswordPace: @unchecked Sendable {
    private let lock = NSLock()
    /// Nil before the first one.
    private var last: Duration?

    /// Does the work and remembers how long it took, its time in the queue included.
    func measure<Value>(_ work: () async throws -> Value) async rethrows -> Value {
        let start = ContinuousClock.now
        let value = try await work()
        let time = start.duration(to: .now)
        lock.withLock { last = time }
        return value
    }

    /// Waits as long.
    /// - Returns: false, at once, when nobody knows yet how long that is.
    func wait() async throws -> Bool {
        guard let last = lock.withLock({ last }) else { return false }
        try await Task.sleep(for: last)
        return true
    }
}
