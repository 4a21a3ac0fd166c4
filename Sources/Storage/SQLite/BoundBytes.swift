import GRDBSQLite

/// The texts and blobs that a statement is given, in one piece of memory that its connection keeps: SQLite would ask for
/// memory for each of them, and a statement of the trail has twenty.
final class BoundBytes {
    /// What needs more than this is left to SQLite.
    private static let size = 16 << 10
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    private var used = 0

    deinit { memory.deallocate() }

    /// For the next statement: the one before has run, and its bindings are cleared.
    func removeAll() { used = 0 }

    /// - Returns: where the copy lies; nil when there is no room.
    private func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
        guard bytes.count <= memory.count - used else { return nil }
        let place = UnsafeMutableRawBufferPointer(rebasing: memory[used..<used + bytes.count])
        place.copyMemory(from: bytes)
        used += bytes.count
        return UnsafeRawPointer(memory.baseAddress! + used - bytes.count)
    }

    /// Where SQLite finds the bytes, and what it is told of them: that they stay (`SQLITE_STATIC`), or that it must copy them
    /// (`SQLITE_TRANSIENT`).
    /// - Parameter bytes: those of a text, which have an address even where there are none, or of a blob that is not empty.
    static func place(_ bytes: UnsafeRawBufferPointer, in kept: BoundBytes?) -> (
        start: UnsafeRawPointer, lifetime: sqlite3_destructor_type?
    ) {
        if let start = kept?.keep(bytes) { return (start, nil) }
        return (bytes.baseAddress!, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
}
