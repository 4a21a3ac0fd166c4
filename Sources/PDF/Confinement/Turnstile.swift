/// Lets a fixed number of tasks through at a time and a bounded number wait. Unlike `BlockingWork` it holds
/// no thread while the work waits for a child process.
public actor Turnstile {
    /// Too many wait already: the caller answers "try later" (503).
    public struct Busy: Error {}

    private struct Waiter {
        let number: Int
        let since: ContinuousClock.Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private let atOnce: Int
    private let maximumWaiting: Int
    private var inside = 0
    private var waiting: [Waiter] = []
    private var lastNumber = 0

    public init(atOnce: Int, maximumWaiting: Int) {
        self.atOnce = atOnce
        self.maximumWaiting = maximumWaiting
    }

    /// Runs `work` when it is its turn, first come first served.
    /// - Throws: `Busy` at once when the queue is full, `CancellationError`, or what `work` throws.
    public nonisolated func pass<T: Sendable>(_ work: @Sendable () async throws -> T) async throws -> T {
        try await enter()
        do {
            let result = try await work()
            await leave()
            return result
        } catch {
            await leave()
            throw error
        }
    }

    /// How many wait now.
    public var waitingCount: Int { waiting.count }

    /// For how long the next one has waited: about as long as who comes now would have to. Zero when nobody waits.
    public var delay: Duration { waiting.first?.since.duration(to: .now) ?? .zero }

    private func enter() async throws {
        if inside < atOnce {
            inside += 1
            return
        }
        guard waiting.count < maximumWaiting else { throw Busy() }
        lastNumber += 1
        let number = lastNumber
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiting.append(Waiter(number: number, since: .now, continuation: continuation))
                }
            }
        } onCancel: {
            Task { await self.abandon(number) }
        }
    }

    private func abandon(_ number: Int) {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: index).continuation.resume(throwing: CancellationError())
    }

    /// The place goes straight to the next in the queue, so nobody overtakes.
    private func leave() {
        if waiting.isEmpty {
            inside -= 1
        } else {
            waiting.removeFirst().continuation.resume()
        }
    }
}
