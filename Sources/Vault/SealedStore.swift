/// Sealed contents. A content is encrypted with a key of its own (AES-256-GCM in chunks), that key is wrapped
/// by the key of its month, and the month key by a key that only the key file yields. What lies on the disk
/// says nothing; what lies in the database cannot be opened without the key file; and forgetting one wrapped
/// key destroys one content for ever, in all backups too.
import Crypto
public import Foundation
import NIOCore

/// Seals contents into a store of blobs and opens them. Names are random and made here.
public struct SealedStore: Sendable {
    /// What the database must keep to open a content again.
    public struct Sealed: Sendable {
        public let blob: String
        public let wrappedKey: [UInt8]
        /// Plaintext bytes.
        public let byteCount: Int
    }

    private let blobs: any BlobStore

    public init(_ blobs: any BlobStore) { self.blobs = blobs }

    /// - Throws: when the folder cannot be made.
    public init(folder: String) throws { self.init(try FolderStore(folder: folder)) }

    /// Seals `bytes` in a new blob; durable when it returns.
    /// - Parameter context: names what the content is; the same words are needed to open it.
    /// - Throws: what the store throws (`FileError`, `S3Failure`); then nothing appears.
    public func seal(_ bytes: some Collection<UInt8> & Sendable, under month: MonthKey, context: String)
        async throws -> Sealed
    {
        let key = SymmetricKey(size: .bits256)
        let blob = BlobName.random()
        let writer = try await blobs.newBlob(blob)
        do {
            var envelope = EnvelopeWriter(key: key, context: context)
            try await writer.write(envelope.header)
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 << 20)
                rest = rest.dropFirst(piece.count)
                try await writer.write(try envelope.seal(piece))
            }
            try await writer.write(try envelope.finish())
            try await writer.commit()
        } catch {
            await writer.abandon()
            throw error
        }
        return Sealed(blob: blob, wrappedKey: try month.wrap(key, context: context), byteCount: bytes.count)
    }

    /// Opens a content for reading.
    /// - Throws: `EnvelopeError`, an authentication failure when key, context or blob do not belong together,
    ///   or what the store throws.
    public func open(_ blob: String, wrappedKey: [UInt8], under month: MonthKey, context: String) async throws
        -> SealedContent
    {
        guard let file = try await blobs.open(blob) else { throw EnvelopeError.truncated }
        let envelope = try EnvelopeReader(
            header: await file.read(0..<min(Envelope.headerSize, file.size)), fileSize: file.size,
            key: month.unwrap(wrappedKey, context: context), context: context)
        return SealedContent(file: file, envelope: envelope)
    }

    /// Removes a blob whose transaction did not happen, or whose content was destroyed.
    public func remove(_ blob: String) async throws { try await blobs.remove(blob) }

    /// Hands the names of all blobs older than `seconds` to `consume`, page by page, to find those that no row
    /// mentions; and removes what killed writers left unfinished so long ago.
    public func names(olderThan seconds: Int, now: Int, _ consume: ([String]) async throws -> Void)
        async throws
    {
        try await blobs.names(olderThan: seconds, now: now, consume)
        try await blobs.removeUnfinished(olderThan: seconds, now: now)
    }
}

/// An opened content. Each chunk is decrypted and authenticated when it is asked for, or all of them at once by `ready`.
public struct SealedContent: Sendable {
    private let file: any Blob
    private let envelope: EnvelopeReader

    init(file: any Blob, envelope: EnvelopeReader) {
        self.file = file
        self.envelope = envelope
    }

    /// Plaintext bytes.
    public var byteCount: Int { envelope.plaintextSize }

    /// The content to be handed out: decrypted now if it has at most `limit` bytes, later if it has more.
    public func ready(upTo limit: Int) async throws -> ReadyContent {
        guard byteCount <= limit else { return .sealed(self) }
        var plain = ByteBufferAllocator().buffer(capacity: byteCount)
        for number in envelope.chunks(covering: 0..<byteCount) { plain.writeBytes(try await chunk(number)) }
        return .whole(plain)
    }

    /// Hands the bytes of `range` to `consume`, in order, in pieces of at most 64 KiB: the content never lies whole in
    /// memory.
    public func read(_ range: Range<Int>, _ consume: (Data) async throws -> Void) async throws {
        for number in envelope.chunks(covering: range) {
            let start = number * Envelope.chunkSize
            let plain = try await chunk(number)
            let wanted = range.clamped(to: start..<start + plain.count)
            guard !wanted.isEmpty else { continue }
            let first = plain.startIndex + wanted.lowerBound - start
            try await consume(plain[first..<first + wanted.count])
        }
    }

    /// The same in one array, of what is small.
    /// - Throws: `EnvelopeError.tooLong` when the content is longer than `limit`.
    public func bytes(limit: Int) async throws -> [UInt8] {
        guard byteCount <= limit else { throw EnvelopeError.tooLong }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        try await read(0..<byteCount) { bytes += $0 }
        return bytes
    }

    private func chunk(_ number: Int) async throws -> Data {
        let place = envelope.fileRange(ofChunk: number)
        guard place.upperBound <= file.opening.count else {
            return try envelope.open(try await file.read(place), number: number)
        }
        return try envelope.open(file.opening[place], number: number)
    }
}
