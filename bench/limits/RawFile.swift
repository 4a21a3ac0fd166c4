import Foundation
import Glibc

/// A file by its descriptor, with nothing between the call and the kernel.
struct RawFile {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        try Self.check(descriptor, "open")
    }

    func append(_ bytes: some ContiguousBytes) throws {
        try bytes.withUnsafeBytes {
            try Self.check(Int32(write(descriptor, $0.baseAddress, $0.count)), "write")
        }
    }

    func overwrite(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes {
            try Self.check(Int32(pwrite(descriptor, $0.baseAddress, $0.count, 0)), "write")
        }
    }

    func sync() throws { try Self.check(fsync(descriptor), "fsync") }
    func syncData() throws { try Self.check(fdatasync(descriptor), "fdatasync") }
    func close() { Glibc.close(descriptor) }

    /// The whole of a durable file: contents, name, and the folder that holds the name.
    static func publish(_ bytes: some ContiguousBytes, as path: String, in folder: String) throws {
        let file = try RawFile(path: path + ".tmp")
        defer { file.close() }
        try file.append(bytes)
        try file.sync()
        try check(rename(path + ".tmp", path), "rename")
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try check(directory, "open directory")
        defer { Glibc.close(directory) }
        try check(fsync(directory), "fsync directory")
    }

    private static func check(_ result: Int32, _ action: String) throws {
        if result < 0 { throw LimitFault.disk(action: action, code: errno) }
    }
}
