import CZlib
import Foundation
import NIOCore

/// Writes a ZIP archive piece by piece (APPNOTE 6.3). The files are PDF, which do not get smaller: they are kept as
/// «stored» blocks of deflate, so that their end is known to readers without their size being known at the beginning.
struct ZIPArchive: Sendable {
    private struct Entry {
        let name: [UInt8]
        let stamp: (time: UInt16, date: UInt16)
        let offset: UInt32
        var checksum: UInt32 = 0
        var size: UInt32 = 0
        var packed: UInt32 = 0
    }

    private var entries: [Entry] = []
    private var offset: UInt32 = 0

    /// Sizes follow the data (bit 3), names are UTF-8 (bit 11).
    private static let flags: UInt16 = 1 << 3 | 1 << 11

    /// The header of a file.
    mutating func begin(_ name: String, at moment: LocalTime) -> ByteBuffer {
        let entry = Entry(name: Array(name.utf8), stamp: Self.stamp(moment), offset: offset)
        entries.append(entry)
        var out = ByteBuffer()
        out.write(
            0x0403_4B50 as UInt32, 20 as UInt16, Self.flags, 8 as UInt16, entry.stamp.time, entry.stamp.date)
        out.write(0 as UInt32, 0 as UInt32, 0 as UInt32, UInt16(entry.name.count), 0 as UInt16)
        out.writeBytes(entry.name)
        offset += UInt32(out.readableBytes)
        return out
    }

    /// The next bytes of the file.
    mutating func add(_ bytes: some Collection<UInt8> & ContiguousBytes) -> ByteBuffer {
        var out = ByteBuffer()
        guard let last = entries.indices.last, !bytes.isEmpty else { return out }
        bytes.withUnsafeBytes { bytes in
            let checksum = crc32(
                uLong(entries[last].checksum), bytes.bindMemory(to: UInt8.self).baseAddress,
                uInt(bytes.count))
            entries[last].checksum = UInt32(truncatingIfNeeded: checksum)
            for start in stride(from: 0, to: bytes.count, by: 32_768) {
                let block = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 32_768, bytes.count)])
                out.writeInteger(0 as UInt8)
                out.write(UInt16(block.count), ~UInt16(block.count))
                out.writeBytes(block)
            }
        }
        entries[last].size += UInt32(bytes.count)
        entries[last].packed += UInt32(out.readableBytes)
        offset += UInt32(out.readableBytes)
        return out
    }

    /// The end of the file.
    mutating func end() -> ByteBuffer {
        var out = ByteBuffer()
        guard let last = entries.indices.last else { return out }
        // the final block, empty
        out.writeInteger(1 as UInt8)
        out.write(0 as UInt16, 0xFFFF as UInt16)
        entries[last].packed += UInt32(out.readableBytes)
        let entry = entries[last]
        out.write(0x0807_4B50 as UInt32, entry.checksum, entry.packed, entry.size)
        offset += UInt32(out.readableBytes)
        return out
    }

    /// The list of files, which ends the archive.
    func directory() -> ByteBuffer {
        var out = ByteBuffer()
        for entry in entries {
            out.write(0x0201_4B50 as UInt32, 20 as UInt16, 20 as UInt16, Self.flags, 8 as UInt16)
            out.write(entry.stamp.time, entry.stamp.date, entry.checksum, entry.packed, entry.size)
            out.write(UInt16(entry.name.count), 0 as UInt16, 0 as UInt16, 0 as UInt16, 0 as UInt16)
            out.write(0 as UInt32, entry.offset)
            out.writeBytes(entry.name)
        }
        let size = UInt32(out.readableBytes)
        out.write(
            0x0605_4B50 as UInt32, 0 as UInt16, 0 as UInt16, UInt16(entries.count), UInt16(entries.count))
        out.write(size, offset, 0 as UInt16)
        return out
    }

    /// Of MS-DOS: two seconds are the smallest unit.
    private static func stamp(_ moment: LocalTime) -> (UInt16, UInt16) {
        (
            UInt16(moment.hour << 11 | moment.minute << 5),
            UInt16((min(max(moment.year, 1980), 2107) - 1980) << 9 | moment.month << 5 | moment.day)
        )
    }
}

extension ByteBuffer {
    /// Whole numbers, little end first.
    fileprivate mutating func write<each Number: FixedWidthInteger>(_ numbers: repeat each Number) {
        for number in repeat each numbers { writeInteger(number, endianness: .little) }
    }
}
