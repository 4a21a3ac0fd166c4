import CZlib

/// A ZIP archive in memory, its files stored as they are: PDF is compressed already. Names are plain ASCII, dates left
/// out, so that the same letters make the same bytes.
struct ZIPArchive {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    mutating func add(_ name: String, _ content: [UInt8]) {
        let sum = content.withUnsafeBufferPointer { buffer in
            UInt32(truncatingIfNeeded: crc32_z(crc32(0, nil, 0), buffer.baseAddress, buffer.count))
        }
        let offset = UInt32(truncatingIfNeeded: bytes.count)
        // version 2.0, no flags, stored, 1 January 1980
        let common: [UInt8] =
            Self.little(UInt16(20)) + Self.little(UInt16(0)) + Self.little(UInt16(0)) + Self.little(UInt16(0))
            + Self.little(UInt16(0x21)) + Self.little(sum) + Self.little(UInt32(content.count))
            + Self.little(UInt32(content.count)) + Self.little(UInt16(name.utf8.count))
            + Self.little(UInt16(0))
        bytes += Self.little(UInt32(0x0403_4B50)) + common + Array(name.utf8) + content
        directory += Self.little(UInt32(0x0201_4B50)) + Self.little(UInt16(20)) + common
        // no comment, first disk, binary, no attributes
        directory += Self.little(UInt16(0)) + Self.little(UInt16(0)) + Self.little(UInt16(0))
        directory += Self.little(UInt32(0)) + Self.little(offset) + Array(name.utf8)
        count += 1
    }

    mutating func finish() -> [UInt8] {
        let start = UInt32(truncatingIfNeeded: bytes.count)
        let end: [UInt8] =
            Self.little(UInt32(0x0605_4B50)) + Self.little(UInt16(0)) + Self.little(UInt16(0))
            + Self.little(count) + Self.little(count) + Self.little(UInt32(directory.count))
            + Self.little(start) + Self.little(UInt16(0))
        return bytes + directory + end
    }

    private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
