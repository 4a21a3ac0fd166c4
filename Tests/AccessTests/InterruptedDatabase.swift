import Foundation
import Storage

/// A database in which something happens just before one of the writes: what two requests at once only
/// sometimes bring about.
final class InterruptedDatabase: Database {
    private let real: any Database
    private let interruption: @Sendable () async throws -> Void
    private let counter: Counter

    /// - Parameter write: before which write it happens, from 1 on.
    init(_ real: any Database, before write: Int, _ interruption: @escaping @Sendable () async throws -> Void)
    {
        self.real = real
        self.interruption = interruption
        counter = Counter(left: write)
    }

    var dialect: Dialect { real.dialect }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await real.read(body)
    }

    func writeOnce<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Transaction) throws -> T
    ) async throws -> T {
        if await counter.isNow() { try await interruption() }
        return try await real.writeOnce(isolation, body)
    }
    func script(_ sql: String, unless done: SQLText?) async throws {
        try await real.script(sql, unless: done)
    }
    func listen(_ channel: Channel) -> AsyncStream<String> { real.listen(channel) }
    func close() async { await real.close() }

    private actor Counter {
        private var left: Int
        init(left: Int) { self.left = left }
        func isNow() -> Bool {
            left -= 1
            return left == 0
        }
    }
}
