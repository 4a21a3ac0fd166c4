import Crypto
public import Foundation
import Glibc

/// A file of lines that only this installation can read, such as a backup: the envelope of a content, under a
/// key derived from the installation's root. Written and read from one end to the other.
public final class SealedFileWriter {
    private let file: FileHandle
    private var envelope: EnvelopeWriter
    private var pending: [UInt8] = []

    /// - Parameters:
    ///   - path: a file that does not exist yet; mode 0600.
    ///   - context: the same words are needed to read it.
    /// - Throws: `FileError`.
    public init(path: String, keyring: Keyring, context: String) throws {
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(code: errno, action: "create \(path)") }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        envelope = EnvelopeWriter(key: keyring.key(.backups), context: context)
        try file.write(contentsOf: envelope.header)
    }

    /// Adds `line` and its end.
    public func write(line: some Collection<UInt8>) throws {
        pending += line
        pending.append(0x0A)
        if pending.count >= 1 << 20 { try flush() }
    }

    /// Durable and complete when it returns.
    public func finish() throws {
        try flush()
        try file.write(contentsOf: try envelope.finish())
        try file.synchronize()
        try file.close()
    }

    private func flush() throws {
        try file.write(contentsOf: try envelope.seal(pending))
        pending.removeAll(keepingCapacity: true)
    }
}

/// Reads what `SealedFileWriter` wrote.
public struct SealedFileReader: Sendable {
    private let path: String
    private let keyring: Keyring
    private let context: String

    public init(path: String, keyring: Keyring, context: String) {
        self.path = path
        self.keyring = keyring
        self.context = context
    }

    /// Hands each line to `consume`, in order; at most one chunk and one line are in memory.
    /// - Throws: `EnvelopeError`, `FileError`, or an authentication failure when the file was changed or is of
    ///   another installation. What was handed over before is authentic all the same.
    public func eachLine(_ consume: (Data) async throws -> Void) async throws {
        guard let file = try await BlobReader(path: path) else {
            throw FileError(code: ENOENT, action: "open \(path)")
        }
        let envelope = try EnvelopeReader(
            header: await file.read(0..<min(Envelope.headerSize, file.size)), fileSize: file.size,
            key: keyring.key(.backups), context: context)
        var rest = Data()
        for number in envelope.chunks(covering: 0..<envelope.plaintextSize) {
            rest += try envelope.open(
                try await file.read(envelope.fileRange(ofChunk: number)), number: number)
            var start = rest.startIndex
            while let end = rest[start...].firstIndex(of: 0x0A) {
                try await consume(rest[start..<end])
                start = end + 1
            }
            rest = Data(rest[start...])
        }
        guard rest.isEmpty else { throw EnvelopeError.truncated }
    }
}
