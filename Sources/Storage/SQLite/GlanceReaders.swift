import GRDB

/// Connections for short reads on the caller's own thread. They are apart from those of longer reads: these are given
/// back by a task, which may be waiting for the very thread that a short read would keep while it waits for one. Here
/// nobody waits. There are as many as there were threads at once that read.
final class GlanceReaders: Sendable {
    private let path: String
    private let configuration: Configuration
    private struct Reader: Sendable {
        let queue: DatabaseQueue
        let statements = SQLiteStatements()
    }
    private let free = Locked<[Reader]>([])

    init(path: String, _ configuration: Configuration) {
        self.path = path
        self.configuration = {
            var configuration = configuration
            configuration.readonly = true
            return configuration
        }()
    }

    /// Runs `body` in a transaction of its own, on this thread.
    func read<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        let reader =
            try free.withLock { $0.popLast() }
            ?? Reader(queue: DatabaseQueue(path: path, configuration: configuration))
        defer { free.withLock { $0.append(reader) } }
        return try reader.queue.unsafeRead { database in
            let connection = SQLiteConnection(database: database, statements: reader.statements)
            return try connection.transaction { try body(connection) }
        }
    }
}
