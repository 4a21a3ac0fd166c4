import Crypto
import Foundation

/// The sealed form of a content, as it lies in the store.
///
///     file   = header · chunk 0 · chunk 1 · …      every chunk: up to 64 KiB of plaintext + 16 bytes of tag
///     header = "PSL2" · prefix (7)                                                          11 bytes
///     nonce of a chunk = prefix (7) · number (4, big endian) · last (1)
///
/// The data key is not in the file: it lies, wrapped, in the database, so that deleting it destroys the
/// content in every old copy of the store too. Each chunk is bound to `context`, which names document,
/// version, patient and media type: a swapped file does not open. Reordering, cutting and extending are
/// detected by the nonce (the STREAM construction).
enum Envelope {
    static let headerSize = 11
    static let chunkSize = 64 * 1024
    static let tagSize = 16
    static let magic = Array("PSL2".utf8)

    static func plaintextSize(fileSize: Int) -> Int {
        let body = max(fileSize - headerSize, 0)
        let chunks = (body + chunkSize + tagSize - 1) / (chunkSize + tagSize)
        return max(body - chunks * tagSize, 0)
    }

    static func nonce(_ prefix: [UInt8], _ number: Int, isLast: Bool) throws -> AES.GCM.Nonce {
        guard let number = UInt32(exactly: number) else { throw EnvelopeError.tooLong }
        let counter = withUnsafeBytes(of: number.bigEndian) { Array($0) }
        return try AES.GCM.Nonce(data: prefix + counter + [isLast ? 1 : 0])
    }
}

/// The file is not a sealed content, or was cut short, or is longer than 2³² chunks.
public enum EnvelopeError: Error { case format, truncated, tooLong }

/// Seals a stream of bytes. Feed it, write what it returns, then `finish`.
struct EnvelopeWriter {
    /// To be written first.
    let header: [UInt8]
    private let key: SymmetricKey
    private let context: [UInt8]
    private let prefix: [UInt8]
    private var number = 0
    private var pending: [UInt8] = []

    init(key: SymmetricKey, context: String) {
        self.key = key
        self.context = Array(context.utf8)
        prefix = RandomBytes.make(7)
        header = Envelope.magic + prefix
        pending.reserveCapacity(Envelope.chunkSize)
    }

    /// Ciphertext for the disk, possibly none. The last full chunk is held back: it may be the last one.
    mutating func seal(_ bytes: some Collection<UInt8>) throws -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 64)
        var rest = bytes[...]
        while pending.count + rest.count > Envelope.chunkSize {
            let taken = rest.prefix(Envelope.chunkSize - pending.count)
            rest = rest.dropFirst(taken.count)
            pending += taken
            try sealPending(isLast: false, into: &out)
        }
        pending += rest
        return out
    }

    mutating func finish() throws -> [UInt8] {
        var out: [UInt8] = []
        try sealPending(isLast: true, into: &out)
        return out
    }

    private mutating func sealPending(isLast: Bool, into out: inout [UInt8]) throws {
        let nonce = try Envelope.nonce(prefix, number, isLast: isLast)
        let sealed = try AES.GCM.seal(pending, using: key, nonce: nonce, authenticating: context)
        out += sealed.ciphertext
        out += sealed.tag
        number += 1
        pending.removeAll(keepingCapacity: true)
    }
}

/// Opens a sealed content chunk by chunk, in any order.
struct EnvelopeReader: Sendable {
    let plaintextSize: Int
    private let fileSize: Int
    private let key: SymmetricKey
    private let context: [UInt8]
    private let prefix: [UInt8]

    /// - Throws: `EnvelopeError.format`.
    init(header: [UInt8], fileSize: Int, key: SymmetricKey, context: String) throws {
        guard header.count == Envelope.headerSize, header.starts(with: Envelope.magic),
            fileSize >= Envelope.headerSize + Envelope.tagSize
        else { throw EnvelopeError.format }
        self.key = key
        self.context = Array(context.utf8)
        prefix = Array(header[Envelope.magic.count...])
        self.fileSize = fileSize
        plaintextSize = Envelope.plaintextSize(fileSize: fileSize)
    }

    /// The chunks that hold these bytes of the plaintext.
    func chunks(covering range: Range<Int>) -> Range<Int> {
        if range.isEmpty { return 0..<1 }  // an empty content has one empty chunk
        return range.lowerBound / Envelope.chunkSize..<(range.upperBound - 1) / Envelope.chunkSize + 1
    }

    /// Where chunk `number` lies in the file.
    func fileRange(ofChunk number: Int) -> Range<Int> {
        let start = Envelope.headerSize + number * (Envelope.chunkSize + Envelope.tagSize)
        return start..<min(start + Envelope.chunkSize + Envelope.tagSize, fileSize)
    }

    /// - Throws: CryptoKit's authentication failure for a wrong key, a wrong context or any changed byte.
    func open(_ chunk: some DataProtocol, number: Int) throws -> Data {
        guard chunk.count >= Envelope.tagSize, chunk.count == fileRange(ofChunk: number).count else {
            throw EnvelopeError.truncated
        }
        let isLast = fileRange(ofChunk: number).upperBound == fileSize
        let box = try AES.GCM.SealedBox(
            nonce: Envelope.nonce(prefix, number, isLast: isLast),
            ciphertext: chunk.dropLast(Envelope.tagSize), tag: chunk.suffix(Envelope.tagSize))
        return try AES.GCM.open(box, using: key, authenticating: context)
    }
}
