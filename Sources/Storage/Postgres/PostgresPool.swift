import Dispatch

/// A fixed number of connections, lent to one task at a time.
final class PostgresPool: Sendable {
    /// Tasks that may wait for a connection; the next one is refused at once.
    static let maximumWaiting = 256

    private struct State: Sendable {
        var idle: [PostgresConnection]
        var waiting: [CheckedContinuation<PostgresConnection, any Error>] = []
        var isClosed = false
    }
    private let state: Locked<State>

    init(_ connections: [PostgresConnection]) { state = Locked(State(idle: connections)) }

    /// Runs `body` on a connection's own thread.
    /// - Throws: `StorageError.unavailable` when too many wait or the pool is closed.
    func with<T: Sendable>(_ body: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        let connection = try await acquire()
        defer { release(connection) }
        return try await withCheckedThrowingContinuation { continuation in
            connection.queue.async { continuation.resume(with: Result { try body(connection) }) }
        }
    }

    private func acquire() async throws -> PostgresConnection {
        try await withCheckedThrowingContinuation { continuation in
            let now: Result<PostgresConnection, any Error>? = state.withLock { state in
                if state.isClosed || state.waiting.count >= Self.maximumWaiting {
                    return .failure(StorageError.unavailable)
                }
                if let connection = state.idle.popLast() { return .success(connection) }
                state.waiting.append(continuation)
                return nil
            }
            if let now { continuation.resume(with: now) }
        }
    }

    private func release(_ connection: PostgresConnection) {
        let next: CheckedContinuation<PostgresConnection, any Error>? = state.withLock { state in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
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
        for continuation in waiting { continuation.resume(throwing: StorageError.unavailable) }
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
