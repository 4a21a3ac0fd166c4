import Storage
public import Vault

/// What a run of `moveContents` did.
public struct MovedContents: Sendable, Equatable {
    /// Contents that the database mentions, those of destroyed documents left out.
    public var total = 0
    public var copied = 0
    /// Sealed bytes of those copied.
    public var copiedBytes = 0
    /// Already there, with the same bytes.
    public var present = 0
    /// In the new place only: written there by the portal, or moved before. Not compared with anything.
    public var alone = 0
    /// In neither place: a loss that is older than the move.
    public var missing: [String] = []
    public var removed = 0

    public var done: Int { copied + present + alone + missing.count }
}

extension DocumentActions {
    /// Copies the sealed contents from one place to another while the portal runs, four at a time, and verifies
    /// each by reading it back. May be ended and run again at any time: what is there already and equal is left
    /// alone.
    /// - Parameters:
    ///   - isRemoving: whether they are removed from the old place at the end. Only if none was missing.
    ///   - progress: told after every page of 200.
    /// - Throws: `BlobCopyError` for a copy that differs, or what the places throw; then nothing was removed.
    public func moveContents(
        from source: any BlobStore, to target: any BlobStore, isRemoving: Bool,
        progress: (MovedContents) -> Void
    ) async throws -> MovedContents {
        var moved = MovedContents()
        moved.total = try await database.read { try $0.blobCount() }
        try await eachPage { names in
            let results = try await Self.fourAtATime(names) { try await source.copy($0, to: target) }
            for (name, result) in results {
                switch result {
                case .copied(let bytes):
                    moved.copied += 1
                    moved.copiedBytes += bytes
                case .present(isCompared: true): moved.present += 1
                case .present(isCompared: false): moved.alone += 1
                case .missing: moved.missing.append(name)
                }
            }
            progress(moved)
        }
        guard isRemoving, moved.missing.isEmpty else { return moved }
        // A row that was written meanwhile is not at the target, or was put there by a portal that uses it.
        try await eachPage { names in
            let results = try await Self.fourAtATime(names) {
                try await source.remove($0, presentIn: target)
            }
            moved.removed += results.count { $0.1 }
        }
        return moved
    }

    private func eachPage(_ work: ([String]) async throws -> Void) async throws {
        var last = ""
        while true {
            let names = try await database.read { [last] in try $0.blobs(after: last, limit: 200) }
            guard let end = names.last else { return }
            try await work(names)
            last = end
        }
    }

    private static func fourAtATime<T: Sendable>(
        _ names: [String], _ work: @escaping @Sendable (String) async throws -> T
    ) async throws -> [(String, T)] {
        try await withThrowingTaskGroup(of: (String, T).self) { group in
            var rest = names[...]
            for _ in 1...4 {
                if let name = rest.popFirst() { group.addTask { (name, try await work(name)) } }
            }
            var results: [(String, T)] = []
            while let result = try await group.next() {
                results.append(result)
                if let name = rest.popFirst() { group.addTask { (name, try await work(name)) } }
            }
            return results
        }
    }
}
