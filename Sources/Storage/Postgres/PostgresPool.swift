import Dispatch

/// A fixed number of connections, lent to one task at a time.
final class PostgresPool: Sendable {
    /// Tasks that may wait for a connection; the next one is refused at once.
    static let maximumWaiting = 256
    /// For how long: while the database does not answer, who asks is told so.
    static let maximumWait = Duration.seconds(10)

    private typealias Waiting = CheckedContinuation<PostgresConnection, any Error>
    private struct State: Sendable {
        var idle: [PostgresConnection]
        /// In the order in which they came.
        var waiting: [(number: Int, continuation: Waiting)] = []
        var next = 0
        var isClosed = false
    }
    private let state: Locked<State>
    private let count: Int

    init(_ connections: [PostgresConnection]) {
        state = Locked(State(idle: connections))
        count = connections.count
    }

    func figures() -> PoolFigures {
        state.withLock {
            PoolFigures(connections: count, busy: count - $0.idle.count, waiting: $0.waiting.count)
        }
    }

    /// Runs `body` on a connection's own thread.
    /// - Throws: `StorageError.unavailable` when too many wait, one waited too long, or the pool is closed.
    func with<T: Sendable>(_ body: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        let connection = try await acquire()
        defer { release(connection) }
        return try await withCheckedThrowingContinuation { continuation in
            connection.queue.async { continuation.resume(with: Result { try body(connection) }) }
        }
    }

    private enum Turn {
        case now(Result<PostgresConnection, any Error>)
        case later(Int)
    }

    private func acquire() async throws -> PostgresConnection {
        try await withCheckedThrowingContinuation { continuation in
            let turn: Turn = state.withLock { state in
                if state.isClosed || state.waiting.count >= Self.maximumWaiting {
                    return .now(.failure(StorageError.unavailable))
                }
                if let connection = state.idle.popLast() { return .now(.success(connection)) }
                state.next += 1
                state.waiting.append((state.next, continuation))
                return .later(state.next)
            }
            switch turn {
            case .now(let result): continuation.resume(with: result)
            case .later(let number): refuse(number, after: Self.maximumWait)
            }
        }
    }

    private func refuse(_ number: Int, after wait: Duration) {
        Task { [weak self] in
            try? await Task.sleep(for: wait)
            let late: Waiting? = self?.state.withLock { state in
                guard let place = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
                return state.waiting.remove(at: place).continuation
            }
            late?.resume(throwing: StorageError.unavailable)
        }
    }

    private func release(_ connection: PostgresConnection) {
        let next: Waiting? = state.withLock { state in
            if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
            state.idle.append(connection)
            return nil
        }
        next?.resume(returning: connection)
    }

    /// Who still waits is refused; idle connections are closed.
    func close() async {
        let (idle, waiting) = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return (state.idle, state.waiting)
        }
        for (_, continuation) in waiting { continuation.resume(throwing: StorageError.unavailable) }
        for connection in idle {
            await withCheckedContinuation { done in
                connection.queue.async {
                    connection.disconnect()
                    done.resume()
                }
            }
        }
    }
}
