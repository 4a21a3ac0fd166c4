/// A new store with an old one behind it, while the contents move: everything is written to the new one, and
/// what is not there yet is read from the old one. A new store that is down is an error, not a reason to look
/// behind it: what lies there may be older.
public struct FallbackStore: BlobStore {
    private let new: any BlobStore
    private let old: any BlobStore

    public init(_ new: any BlobStore, behind old: any BlobStore) {
        self.new = new
        self.old = old
    }

    public var place: String { "\(new.place), then \(old.place)" }

    public func newBlob(_ name: String) async throws -> any BlobWriter { try await new.newBlob(name) }

    public func open(_ name: String) async throws -> (any Blob)? {
        if let blob = try await new.open(name) { return blob }
        return try await old.open(name)
    }

    public func remove(_ name: String) async throws {
        try await new.remove(name)
        try await old.remove(name)
    }

    public func names(olderThan seconds: Int, now: Int, _ consume: ([String]) async throws -> Void)
        async throws
    {
        try await new.names(olderThan: seconds, now: now, consume)
        try await old.names(olderThan: seconds, now: now, consume)
    }

    public func removeUnfinished(olderThan seconds: Int, now: Int) async throws {
        try await new.removeUnfinished(olderThan: seconds, now: now)
        try await old.removeUnfinished(olderThan: seconds, now: now)
    }

    public func check() async throws {
        try await new.check()
        try await old.check()
    }
}
