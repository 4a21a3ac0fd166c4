import Foundation
import Glibc
import NIOPosix

/// A file being written. Whatever throws or is cancelled, `deinit` closes it and removes what was written;
/// only `commit` makes it appear under its name. Used by one task at a time.
final class BlobFile: BlobWriter, @unchecked Sendable {
    private let descriptor: Int32
    private let temporary: String
    private let path: String
    private var isCommitted = false

    init(path: String) throws {
        self.path = path
        temporary = "\(path).\(UInt64.random(in: 0 ... .max)).tmp"
        descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw FileError(code: errno, action: "open") }
    }
    deinit {
        close(descriptor)
        if !isCommitted { unlink(temporary) }
    }

    func write(_ bytes: [UInt8]) async throws {
        try await NIOThreadPool.singleton.runIfActive { [descriptor] in
            try bytes.withUnsafeBytes { buffer in
                var rest = buffer[...]
                while !rest.isEmpty {
                    let count = Glibc.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    if count < 0, errno == EINTR { continue }
                    if count < 0 { throw FileError(code: errno, action: "write") }
                    rest = rest.dropFirst(count)
                }
            }
        }
    }

    /// Nothing more to do than `deinit` does.
    func abandon() async {}

    /// Durable when it returns: the contents, then the name, then the directory that holds the name.
    func commit() async throws {
        try await NIOThreadPool.singleton.runIfActive { [self] in
            guard fsync(descriptor) == 0 else { throw FileError(code: errno, action: "fsync") }
            guard rename(temporary, path) == 0 else { throw FileError(code: errno, action: "rename") }
            isCommitted = true
            let directory = open(
                (path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard directory >= 0 else { throw FileError(code: errno, action: "open directory") }
            defer { close(directory) }
            guard fsync(directory) == 0 else { throw FileError(code: errno, action: "fsync directory") }
        }
    }
}

/// A file being read; closed by `deinit`.
final class BlobReader: Blob {
    private let descriptor: Int32
    let size: Int

    /// - Returns: nil when there is no such file.
    init?(path: String) async throws {
        let opened = try await NIOThreadPool.singleton.runIfActive { () -> (Int32, Int)? in
            let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
            if descriptor < 0, errno == ENOENT { return nil }
            if descriptor < 0 { throw FileError(code: errno, action: "open") }
            var info = stat()
            if fstat(descriptor, &info) != 0 {
                defer { close(descriptor) }
                throw FileError(code: errno, action: "stat")
            }
            return (descriptor, Int(info.st_size))
        }
        guard let opened else { return nil }
        (descriptor, size) = opened
    }
    deinit { close(descriptor) }

    /// Exactly these bytes of the file, or an error.
    func read(_ range: Range<Int>) async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive { [self] in
            try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
                while filled < range.count {
                    let rest = UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                    let count = pread(
                        descriptor, rest.baseAddress, range.count - filled, range.lowerBound + filled)
                    if count < 0, errno == EINTR { continue }
                    if count < 0 { throw FileError(code: errno, action: "read") }
                    if count == 0 { throw EnvelopeError.truncated }
                    filled += count
                }
            }
        }
    }
}

public struct FileError: Error, Sendable {
    public let code: Int32
    public let action: String
}
