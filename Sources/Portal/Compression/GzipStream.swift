import CZlib
import Hummingbird

/// One answer in gzip, made as it is written; used by one task. Deflate's blocks are ours to put together, so that a part
/// which was compressed before can be set in as it is.
final class GzipStream: @unchecked Sendable {
    private var stream = z_stream()
    private let level: Int32
    /// Nothing is made ready to compress before there is something to compress: pages may be packed already.
    private var compresses = false
    private var checksum: UInt = 0
    private var byteCount: UInt32 = 0
    private var hasBegun = false
    /// RFC 1952: magic, deflate, no flags, no time, unix.
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

    init(level: Int32) { self.level = level }
    deinit { if compresses { deflateEnd(&stream) } }

    /// What zlib lets go of so far.
    func write(_ plain: ByteBuffer) -> ByteBuffer {
        var output = begun()
        count(plain)
        run(plain, Z_NO_FLUSH, into: &output)
        return output
    }

    /// Sets in parts that were compressed before. What follows refers to nothing before them.
    func write(_ parts: [PackedPart]) -> ByteBuffer {
        var output = begun()
        if compresses { run(ByteBuffer(), Z_FULL_FLUSH, into: &output) }
        for part in parts {
            output.writeImmutableBuffer(part.packed)
            checksum = crc32_combine(checksum, part.checksum, part.byteCount)
            byteCount &+= UInt32(truncatingIfNeeded: part.byteCount)
        }
        return output
    }

    func finish() -> ByteBuffer {
        var output = begun()
        if compresses {
            run(ByteBuffer(), Z_FINISH, into: &output)
        } else {
            // an empty block with fixed codes, the last one (RFC 1951, 3.2.6)
            output.writeBytes([3, 0])
        }
        output.writeInteger(UInt32(truncatingIfNeeded: checksum), endianness: .little)
        output.writeInteger(byteCount, endianness: .little)
        return output
    }

    /// Compresses a part by itself, to be set in later.
    static func pack(_ plain: ByteBuffer, level: Int32) -> PackedPart {
        let alone = GzipStream(level: level)
        var packed = ByteBuffer()
        alone.count(plain)
        alone.run(plain, Z_FULL_FLUSH, into: &packed)
        return PackedPart(packed: packed, checksum: alone.checksum, byteCount: plain.readableBytes)
    }

    /// The bytes as they are, in a stored block (RFC 1951, 3.2.4): chance cannot be compressed.
    /// - Parameter plain: at most 65,535 bytes.
    static func store(_ plain: ByteBuffer) -> PackedPart {
        let alone = GzipStream(level: 0)
        alone.count(plain)
        var packed = ByteBuffer()
        let size = UInt16(plain.readableBytes)
        packed.writeInteger(UInt8(0))
        packed.writeInteger(size, endianness: .little)
        packed.writeInteger(~size, endianness: .little)
        packed.writeImmutableBuffer(plain)
        return PackedPart(packed: packed, checksum: alone.checksum, byteCount: plain.readableBytes)
    }

    /// Empty, or the header when nothing was written yet.
    private func begun() -> ByteBuffer {
        guard !hasBegun else { return ByteBuffer() }
        hasBegun = true
        return ByteBuffer(bytes: Self.header)
    }

    private func count(_ plain: ByteBuffer) {
        plain.withUnsafeReadableBytes {
            checksum = crc32_z(checksum, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count)
        }
        byteCount &+= UInt32(truncatingIfNeeded: plain.readableBytes)
    }

    private func run(_ plain: ByteBuffer, _ flush: Int32, into output: inout ByteBuffer) {
        if !compresses {
            // fails without memory only, as any array would
            precondition(passerelle_deflate_init(&stream, level) == Z_OK, "zlib did not start")
            compresses = true
        }
        plain.withUnsafeReadableBytes { bytes in
            stream.next_in = UnsafeMutablePointer(
                mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.avail_in = UInt32(bytes.count)
            repeat {
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: 4096) { room in
                    stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.avail_out = UInt32(room.count)
                    deflate(&stream, flush)
                    return room.count - Int(stream.avail_out)
                }
            } while stream.avail_out == 0
        }
    }
}

/// A part of an answer as blocks of deflate that end at a byte and refer to nothing before them.
struct PackedPart: Sendable {
    let packed: ByteBuffer
    /// CRC-32 and number of the plain bytes.
    let checksum: UInt
    let byteCount: Int
}

/// Writes an answer compressed. The body may ask for it by its type, and then hand over parts that are packed already.
struct GzipWriter: ResponseBodyWriter {
    var parent: any ResponseBodyWriter
    let stream: GzipStream

    mutating func write(_ buffer: ByteBuffer) async throws {
        let packed = stream.write(buffer)
        if packed.readableBytes > 0 { try await parent.write(packed) }
    }
    mutating func write(_ parts: [PackedPart]) async throws { try await parent.write(stream.write(parts)) }

    consuming func finish(_ trailers: HTTPFields?) async throws {
        try await parent.write(stream.finish())
        try await parent.finish(trailers)
    }
}
