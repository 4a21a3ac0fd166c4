import Foundation
import Glibc

/// Blobs as files of one folder of this machine, mode 0600: the default.
public struct FolderStore: BlobStore {
    private let folder: String

    public var place: String { folder }

    /// - Throws: when the folder cannot be made.
    public init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    public func newBlob(_ name: String) async throws -> any BlobWriter { try BlobFile(path: path(name)) }

    public func open(_ name: String) async throws -> (any Blob)? { try await BlobReader(path: path(name)) }

    public func remove(_ name: String) async throws {
        guard unlink(try path(name)) == 0 || errno == ENOENT else {
            throw FileError(code: errno, action: "unlink")
        }
    }

    /// The unfinished files too: they lie in the same folder under names that no row mentions.
    public func names(olderThan seconds: Int, now: Int, _ consume: ([String]) async throws -> Void)
        async throws
    {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            var info = stat()
            return (try? path(name)) != nil && stat("\(folder)/\(name)", &info) == 0
                && Int(info.st_mtim.tv_sec) < now - seconds
        }
        for start in stride(from: 0, to: names.count, by: 1000) {
            try await consume(Array(names[start..<min(start + 1000, names.count)]))
        }
    }

    public func removeUnfinished(olderThan seconds: Int, now: Int) async throws {}

    public func check() async throws {
        guard access(folder, R_OK | W_OK | X_OK) == 0 else { throw FileError(code: errno, action: "access") }
    }

    private func path(_ name: String) throws -> String { "\(folder)/\(try BlobName.checked(name))" }
}
