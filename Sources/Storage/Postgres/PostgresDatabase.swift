import Foundation

/// PostgreSQL through libpq: a fixed pool of blocking connections, each with a thread of its own.
public final class PostgresDatabase: Database {
    private let pool: PostgresPool
    private let listener: PostgresListener
    private let notifications = Notifications()
    public var dialect: Dialect { .postgres }

    /// Connects when it is first used.
    public init(_ settings: PostgresSettings, connections: Int = 8) {
        pool = PostgresPool((0..<connections).map { _ in PostgresConnection(settings: settings) })
        listener = PostgresListener(PostgresConnection(settings: settings), notifications)
    }

    /// A connection that was lost meanwhile is noticed here; reading is tried again on another.
    public func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T
    {
        var attempt = 0
        let end = ContinuousClock.now + StorageError.retrying
        while true {
            do {
                return try await transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
            } catch let error as StorageError
                where error.isRetryable && attempt < 3 && ContinuousClock.now < end
            {
                attempt += 1
                try await Task.sleep(for: .milliseconds(20 << attempt))
            }
        }
    }

    public func writeOnce<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Transaction) throws -> T
    ) async throws -> T {
        switch isolation {
        case .serializable: try await transaction("BEGIN ISOLATION LEVEL SERIALIZABLE", body)
        case .readCommitted: try await transaction("BEGIN ISOLATION LEVEL READ COMMITTED", body)
        }
    }

    public func script(_ sql: String, unless done: SQLText?) async throws {
        // a migration may take its time, and so may the node that runs it first
        try await transaction("BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0") {
            $0.connection.patience = nil
            _ = try $0.query(
                """
                SELECT CAST(pg_advisory_xact_lock(\(Self.scripts) + hashtext(current_schema())) AS TEXT)
                """)
            if let done, try $0.first(done) != nil { return }
            try $0.run(sql)
        }
    }
    /// The advisory lock of migrations: any number that nobody else uses.
    private static let scripts: Int64 = 0x5041_5353_4552

    private func transaction<T: Sendable>(
        _ begin: String, _ body: @escaping @Sendable (PostgresTransaction) throws -> T
    ) async throws -> T {
        try await pool.with { connection in
            do {
                defer { connection.patience = PostgresSettings.answerSeconds }
                try Self.begin(begin, connection)
                let value = try body(PostgresTransaction(connection: connection))
                try connection.commit()
                return value
            } catch {
                if connection.isBroken {
                    connection.disconnect()
                } else if connection.isInTransaction {
                    do { try connection.simple("ROLLBACK") } catch { connection.disconnect() }
                }
                throw error
            }
        }
    }

    /// After a fail-over every connection of the pool is dead, and each is noticed only when it is used: it is
    /// made anew at once, because nothing was asked of it yet.
    private static func begin(_ sql: String, _ connection: PostgresConnection) throws {
        guard !connection.isBroken else {
            connection.disconnect()
            try connection.simple(sql)
            return
        }
        do { try connection.simple(sql) } catch StorageError.connection {
            connection.disconnect()
            try connection.simple(sql)
        }
    }

    public func figures() -> PoolFigures? { pool.figures() }

    public func listen(_ channel: Channel) -> AsyncStream<String> {
        listener.start()
        return notifications.subscribe(channel)
    }

    /// Call it when nothing uses the database any more: who still waits is refused.
    public func close() async {
        listener.close()
        await pool.close()
    }
}

struct PostgresTransaction: Transaction {
    let connection: PostgresConnection
    var dialect: Dialect { .postgres }

    func query(_ sql: SQLText) throws -> [SQLRow] { try connection.run(sql).rows }
    func execute(_ sql: SQLText, isRemembered: Bool) throws -> Int { try connection.run(sql).changed }
    func insertNumbered(_ sql: SQLText) throws -> Int64 {
        guard let row = try first("\(sql: sql) RETURNING id") else {
            throw StorageError.decoding("no row was inserted")
        }
        return try row.get("id")
    }
    func notify(_ channel: Channel, _ payload: String) throws {
        _ = try query("SELECT CAST(pg_notify(\(channel.rawValue), \(payload)) AS TEXT)")
    }
    /// Several statements at once.
    func run(_ script: String) throws { try connection.simple(script) }
}
