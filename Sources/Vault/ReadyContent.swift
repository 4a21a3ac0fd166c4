public import NIOCore

/// A content that is about to be handed out.
public enum ReadyContent: Sendable {
    /// A small one: its plaintext, authenticated to the last byte, in the one piece that a server sends. Nothing sealed is
    /// kept beside it: who waits for his permission to be written holds these bytes only, and not three copies.
    case whole(ByteBuffer)
    /// A large one, that is decrypted while it is read.
    case sealed(SealedContent)

    /// Plaintext bytes.
    public var byteCount: Int {
        switch self {
        case .whole(let plain): plain.readableBytes
        case .sealed(let content): content.byteCount
        }
    }

    /// Hands the bytes of `range` to `consume`, in order: a small content in one piece, a large one in pieces of at most
    /// 64 KiB.
    /// - Throws: what decrypting throws, and what `consume` does.
    public func read(_ range: Range<Int>, _ consume: (ByteBuffer) async throws -> Void) async throws {
        switch self {
        case .whole(let plain):
            let wanted = range.clamped(to: 0..<plain.readableBytes)
            guard let piece = plain.getSlice(at: plain.readerIndex + wanted.lowerBound, length: wanted.count)
            else { return }
            try await consume(piece)
        case .sealed(let content):
            try await content.read(range) { try await consume(ByteBuffer(bytes: $0)) }
        }
    }

    /// The same in one array.
    /// - Throws: `EnvelopeError.tooLong` when the content is longer than `limit`.
    public func bytes(limit: Int) async throws -> [UInt8] {
        guard byteCount <= limit else { throw EnvelopeError.tooLong }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        try await read(0..<byteCount) { bytes += $0.readableBytesView }
        return bytes
    }
}
