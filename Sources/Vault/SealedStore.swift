/// Sealed contents. A content is encrypted with a key of its own (AES-256-GCM in chunks), that key is wrapped
/// by the key of its month, and the month key by a key that only the key file yields. What lies on the disk
/// says nothing; what lies in the database cannot be opened without the key file; and forgetting one wrapped
/// key destroys one content for ever, in all backups too.
import Crypto
public import Foundation
import Glibc
import NIOPosix

/// A folder of sealed contents. Names are random and made here.
public struct SealedStore: Sendable {
    /// What the database must keep to open a content again.
    public struct Sealed: Sendable {
        public let blob: String
        public let wrappedKey: [UInt8]
        /// Plaintext bytes.
        public let byteCount: Int
    }

    private let folder: String

    /// - Throws: when the folder cannot be made.
    public init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Seals `bytes` in a new file; durable when it returns.
    /// - Parameter context: names what the content is; the same words are needed to open it.
    public func seal(_ bytes: some Collection<UInt8> & Sendable, under month: MonthKey, context: String)
        async throws -> Sealed
    {
        let key = SymmetricKey(size: .bits256)
        let blob = Self.newName()
        let file = try BlobFile(path: "\(folder)/\(blob)")
        var envelope = EnvelopeWriter(key: key, context: context)
        try await file.write(envelope.header)
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(1 << 20)
            rest = rest.dropFirst(piece.count)
            try await file.write(try envelope.seal(piece))
        }
        try await file.write(try envelope.finish())
        try await file.commit()
        return Sealed(blob: blob, wrappedKey: try month.wrap(key, context: context), byteCount: bytes.count)
    }

    /// Opens a content for reading.
    /// - Throws: `EnvelopeError`, or an authentication failure when key, context or file do not belong
    ///   together.
    public func open(_ blob: String, wrappedKey: [UInt8], under month: MonthKey, context: String) async throws
        -> SealedContent
    {
        guard let file = try await BlobReader(path: "\(folder)/\(Self.checked(blob))") else {
            throw EnvelopeError.truncated
        }
        let envelope = try EnvelopeReader(
            header: await file.read(0..<min(Envelope.headerSize, file.size)), fileSize: file.size,
            key: month.unwrap(wrappedKey, context: context), context: context)
        return SealedContent(file: file, envelope: envelope)
    }

    /// Removes a file whose transaction did not happen, or whose content was destroyed.
    public func remove(_ blob: String) { unlink("\(folder)/\(Self.checked(blob))") }

    /// The names of all files older than `seconds`, to find those that no row mentions.
    public func names(olderThan seconds: Int, now: Int) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            var info = stat()
            return stat("\(folder)/\(name)", &info) == 0 && Int(info.st_mtim.tv_sec) < now - seconds
        }
    }

    private static func newName() -> String {
        (0..<16).map { _ in UInt8.random(in: .min ... .max) }
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Names come from our own rows; all the same nothing but hex digits and dots reaches a path.
    private static func checked(_ blob: String) -> String {
        String(decoding: blob.utf8.filter { $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }
}

/// An opened content. Each chunk is decrypted and authenticated when it is asked for.
public struct SealedContent: Sendable {
    private let file: BlobReader
    private let envelope: EnvelopeReader

    init(file: BlobReader, envelope: EnvelopeReader) {
        self.file = file
        self.envelope = envelope
    }

    /// Plaintext bytes.
    public var byteCount: Int { envelope.plaintextSize }

    /// Hands the bytes of `range` to `consume`, in order, in pieces of at most 64 KiB: the content never lies
    /// whole in memory.
    public func read(_ range: Range<Int>, _ consume: (Data) async throws -> Void) async throws {
        for number in envelope.chunks(covering: range) {
            let sealed = try await file.read(envelope.fileRange(ofChunk: number))
            let start = number * Envelope.chunkSize
            let plain = try envelope.open(sealed, number: number)
            let wanted = range.clamped(to: start..<start + plain.count)
            guard !wanted.isEmpty else { continue }
            let first = plain.startIndex + wanted.lowerBound - start
            try await consume(plain[first..<first + wanted.count])
        }
    }

    /// The whole content; for derived contents that are small by construction.
    /// - Throws: `EnvelopeError.tooLong` when it is longer than `limit`.
    public func bytes(limit: Int) async throws -> [UInt8] {
        guard byteCount <= limit else { throw EnvelopeError.tooLong }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        try await read(0..<byteCount) { bytes += $0 }
        return bytes
    }
}
