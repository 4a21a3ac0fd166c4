import Crypto

/// What became of one blob that was to be copied.
public enum BlobCopy: Sendable, Equatable {
    /// Written, read back, and found equal.
    case copied(bytes: Int)
    /// It was there already, with the same bytes; or it is not here any more, and there was nothing to compare
    /// it with.
    case present(isCompared: Bool)
    /// Neither place has it.
    case missing
}

/// What was read back is not what was written.
public struct BlobCopyError: Error, Equatable { public let name: String }

extension BlobStore {
    /// Copies one blob to another store and compares SHA-256 of what lies in both; at most a few MiB are in
    /// memory. One that is there already with the same bytes is left alone, so that it may run again.
    /// - Throws: `BlobCopyError` when the copy differs, or what the places throw.
    public func copy(_ name: String, to target: any BlobStore) async throws -> BlobCopy {
        let present = try await target.open(name)
        guard let source = try await open(name) else {
            return present == nil ? .missing : .present(isCompared: false)
        }
        if let present, present.size == source.size, try await present.digest() == source.digest() {
            return .present(isCompared: true)
        }
        let writer = try await target.newBlob(name)
        var hash = SHA256()
        do {
            try await source.eachPiece { piece in
                hash.update(data: piece)
                try await writer.write(piece)
            }
            try await writer.commit()
        } catch {
            await writer.abandon()
            throw error
        }
        guard let copy = try await target.open(name), copy.size == source.size,
            try await copy.digest() == hash.finalize()
        else { throw BlobCopyError(name: name) }
        return .copied(bytes: source.size)
    }

    /// Removes a blob here if the other store has one of the same name and size.
    /// - Returns: whether there was one to remove.
    public func remove(_ name: String, presentIn other: any BlobStore) async throws -> Bool {
        guard let here = try await open(name), let there = try await other.open(name),
            here.size == there.size
        else { return false }
        try await remove(name)
        return true
    }
}

extension Blob {
    func digest() async throws -> SHA256.Digest {
        var hash = SHA256()
        try await eachPiece { hash.update(data: $0) }
        return hash.finalize()
    }

    fileprivate func eachPiece(_ consume: ([UInt8]) async throws -> Void) async throws {
        for start in stride(from: 0, to: size, by: 1 << 20) {
            try await consume(try await read(start..<min(start + (1 << 20), size)))
        }
    }
}
