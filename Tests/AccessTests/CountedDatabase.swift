import Storage
import Synchronization

/// A database that counts what it is asked for.
final class CountedDatabase: Database {
    private let real: any Database
    private let counts = Mutex((reads: 0, writes: 0))
    /// Whether it says when rows have changed.
    private let tells: Bool

    init(_ real: any Database, tells: Bool = true) {
        self.real = real
        self.tells = tells
    }

    var reads: Int { counts.withLock { $0.reads } }
    var writes: Int { counts.withLock { $0.writes } }
    var dialect: Dialect { real.dialect }

    func revision(of rows: RememberedRows) -> Int? { tells ? real.revision(of: rows) : 0 }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        counts.withLock { $0.reads += 1 }
        return try await real.read(body)
    }
    func writeOnce<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Transaction) throws -> T
    ) async throws -> T {
        counts.withLock { $0.writes += 1 }
        return try await real.writeOnce(isolation, body)
    }
    func script(_ sql: String, unless done: SQLText?) async throws {
        try await real.script(sql, unless: done)
    }
    func listen(_ channel: Channel) -> AsyncStream<String> { real.listen(channel) }
    func close() async { await real.close() }
}
