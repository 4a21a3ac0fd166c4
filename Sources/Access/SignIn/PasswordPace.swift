import Foundation

/// How long the last look at a password took. Who is told to wait is answered after the same time as who was
/// looked at, and still costs no work: else either the wait could be told from outside by its speed, or
/// somebody who must wait could keep the two places for password checks busy.
final class PasswordPace: @unchecked Sendable {
    private let lock = NSLock()
    private var last: Duration

    init(_ first: Duration) { last = first }

    /// Does the work and remembers how long it took, its time in the queue included.
    func measure<Value>(_ work: () async throws -> Value) async rethrows -> Value {
        let start = ContinuousClock.now
        let value = try await work()
        let time = start.duration(to: .now)
        lock.withLock { last = time }
        return value
    }

    /// Waits as long.
    func wait() async throws { try await Task.sleep(for: lock.withLock { last }) }
}
