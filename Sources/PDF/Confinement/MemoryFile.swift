import CLinux
import Glibc
import SystemPackage

/// A file that exists only in memory (`memfd_create`): the way a document reaches a child process without a
/// plaintext copy on disk. Once sealed nobody can change it, neither we nor a hijacked child.
/// It goes away with the last reference.
public final class MemoryFile: Sendable {
    let descriptor: FileDescriptor

    /// An empty file, to be filled with `append` and closed with `seal`.
    /// - Parameter label: shown in `/proc/<pid>/fd`, for whoever looks for leaks.
    /// - Throws: `Errno` when descriptors or memory have run out.
    public init(label: String = "passerelle") throws {
        let closeOnExecAndSealable: UInt32 = 3  // MFD_CLOEXEC | MFD_ALLOW_SEALING
        let number = memfd_create(label, closeOnExecAndSealable)
        guard number >= 0 else { throw Errno(rawValue: errno) }
        descriptor = FileDescriptor(rawValue: number)
    }

    /// A sealed file with these bytes.
    /// - Throws: `Errno` when descriptors or memory have run out.
    public convenience init(_ bytes: [UInt8], label: String = "passerelle") throws {
        try self.init(label: label)
        try bytes.withUnsafeBytes { try append($0) }
        try seal()
    }

    deinit { try? descriptor.close() }

    /// Adds bytes at the end; chunks of a sealed document go through here one by one.
    /// - Throws: `Errno`, `.notPermitted` after `seal`.
    public func append(_ bytes: UnsafeRawBufferPointer) throws {
        _ = try descriptor.writeAll(bytes)
    }

    /// Forbids every later change, for all who hold or reopen the file.
    public func seal() throws {
        let addSeals: Int32 = 1033  // F_ADD_SEALS
        let shrinkGrowWriteSeal: Int32 = 0xF
        guard fcntl(descriptor.rawValue, addSeals, shrinkGrowWriteSeal) == 0 else {
            throw Errno(rawValue: errno)
        }
    }

    /// Length in bytes.
    public var count: Int {
        var status = stat()
        return fstat(descriptor.rawValue, &status) == 0 ? Int(status.st_size) : 0
    }

    /// A copy of what is in it now, whoever writes.
    /// - Throws: `Errno`.
    func bytes() throws -> [UInt8] {
        let length = count
        return try [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            while filled < length {
                let rest = UnsafeMutableRawBufferPointer(.init(rebasing: buffer[filled...]))
                let read = try descriptor.read(fromAbsoluteOffset: Int64(filled), into: rest)
                if read == 0 { return }
                filled += read
            }
        }
    }

    /// Lends the bytes, mapped and not copied, for the time of `body`. Only for a sealed file: another's
    /// write would change them under the reader's hands.
    func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) throws -> T {
        let length = count
        guard length > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        let address = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0)
        guard let address, address != MAP_FAILED else { throw Errno(rawValue: errno) }
        defer { munmap(address, length) }
        return try body(UnsafeRawBufferPointer(start: address, count: length))
    }
}
