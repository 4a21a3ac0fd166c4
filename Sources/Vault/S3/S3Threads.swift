import Curl
import Foundation
import NIOPosix

/// The threads on which libcurl blocks: eight in the whole process, and a bounded number of requests that wait
/// for them. Never the event loops, and never the pool for files: a store that hangs does not stop the disk.
enum S3Threads {
    private static let pool: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 8)
        pool.start()
        return pool
    }()
    private static let places = Places(256)

    /// - Throws: `S3Failure.busy` at once when too many wait, or what `work` throws.
    static func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        guard places.take() else { throw S3Failure.busy }
        defer { places.give() }
        return try await pool.runIfActive(work)
    }
}

/// Counts who waits or works.
private final class Places: @unchecked Sendable {
    private let lock = NSLock()
    private var free: Int

    init(_ count: Int) { free = count }

    func take() -> Bool {
        lock.lock()
        defer { lock.unlock() }
        guard free > 0 else { return false }
        free -= 1
        return true
    }

    func give() {
        lock.lock()
        defer { lock.unlock() }
        free += 1
    }
}

/// Open connections to one store, each used by one thread at a time.
final class S3Handles: @unchecked Sendable {
    private let lock = NSLock()
    private var idle: [CurlHandle] = []

    /// - Returns: nil when memory is short.
    func take() -> CurlHandle? {
        lock.lock()
        defer { lock.unlock() }
        return idle.popLast() ?? CurlHandle()
    }

    func give(_ handle: CurlHandle) {
        handle.reset()
        lock.lock()
        defer { lock.unlock() }
        if idle.count < 8 { idle.append(handle) }
    }
}
