import CLinux
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

/// A file being read; closed by `deinit`. Its beginning is read when it is opened, so that a letter of usual size costs
/// one visit to the threads that may wait for the disk, and none where the system still has it in memory: the way to
/// another thread and back takes longer than the reading.
final class BlobReader: Blob {
    private let file: OpenFile
    let size: Int
    let opening: [UInt8]
    /// Two chunks of the envelope with all that is around them.
    private static let openingBytes = 132 << 10

    /// - Returns: nil when there is no such file.
    init?(path: String) async throws {
        if let file = OpenFile(inMemory: path), let size = try? file.size,
            let opening = try? file.read(0..<min(size, Self.openingBytes), isInMemory: true)
        {
            (self.file, self.size, self.opening) = (file, size, opening)
            return
        }
        let opened = try await NIOThreadPool.singleton.runIfActive { () -> (OpenFile, Int, [UInt8])? in
            guard let file = try OpenFile(path) else { return nil }
            let size = try file.size
            return (file, size, try file.read(0..<min(size, Self.openingBytes)))
        }
        guard let opened else { return nil }
        (file, size, opening) = opened
    }

    /// Exactly these bytes of the file, or an error.
    func read(_ range: Range<Int>) async throws -> [UInt8] {
        if range.upperBound <= opening.count { return Array(opening[range]) }
        return try await NIOThreadPool.singleton.runIfActive { [file] in try file.read(range) }
    }
}

/// A descriptor that is closed when nobody reads any more.
private final class OpenFile: Sendable {
    private let descriptor: Int32

    /// - Returns: nil when there is no such file.
    init?(_ path: String) throws {
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        if descriptor < 0 { throw FileError(code: errno, action: "open") }
    }

    /// - Returns: nil when the disk would have to be asked, and for any other reason.
    init?(inMemory path: String) {
        descriptor = open_without_waiting(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        if descriptor < 0 { return nil }
    }
    deinit { if descriptor >= 0 { close(descriptor) } }

    var size: Int {
        get throws {
            var info = stat()
            guard fstat(descriptor, &info) == 0 else { throw FileError(code: errno, action: "stat") }
            return Int(info.st_size)
        }
    }

    /// - Parameter isInMemory: throws rather than wait for the disk.
    func read(_ range: Range<Int>, isInMemory: Bool = false) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            while filled < range.count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let count = (isInMemory ? read_without_waiting : pread)(
                    descriptor, rest.baseAddress, rest.count, range.lowerBound + filled)
                if count < 0, errno == EINTR { continue }
                if count < 0 { throw FileError(code: errno, action: "read") }
                if count == 0 { throw EnvelopeError.truncated }
                filled += count
            }
        }
    }
}

public struct FileError: Error, Sendable {
    public let code: Int32
    public let action: String
}
