import CZlib
public import Foundation

/// Writes a ZIP archive piece by piece (APPNOTE 6.3), so that it can be sent while it is made. The files are PDF, which do
/// not get smaller: they are kept as «stored» blocks of deflate, so that their end is known to readers without their size
/// being known at the beginning. At most 65,535 files and 4 GiB together, by far more than anybody here puts in.
public struct ZIPArchive: Sendable {
    /// When a file was made, by the clock on the wall: archives know no time zones, and no seconds that are odd.
    public struct Moment: Sendable {
        let time: UInt16
        let date: UInt16

        /// Years before 1980 and after 2107 cannot be said: the nearest stands for them.
        public init(year: Int, month: Int, day: Int, hour: Int, minute: Int) {
            time = UInt16(hour << 11 | minute << 5)
            date = UInt16((min(max(year, 1980), 2107) - 1980) << 9 | month << 5 | day)
        }

        /// No date: the same files make the same bytes.
        public static let unsaid = Moment(year: 1980, month: 1, day: 1, hour: 0, minute: 0)
    }

    private struct Entry {
        let name: [UInt8]
        let moment: Moment
        let offset: UInt32
        var checksum: UInt32 = 0
        var size: UInt32 = 0
        var packed: UInt32 = 0
    }

    private var entries: [Entry] = []
    private var offset: UInt32 = 0

    /// Sizes follow the data (bit 3), names are UTF-8 (bit 11).
    private static let flags: UInt16 = 1 << 3 | 1 << 11

    /// An archive without files.
    public init() {}

    /// The header of a file.
    public mutating func begin(_ name: String, at moment: Moment) -> [UInt8] {
        let entry = Entry(name: Array(name.utf8), moment: moment, offset: offset)
        entries.append(entry)
        var out: [UInt8] = []
        out.write(0x0403_4B50 as UInt32, 20 as UInt16, Self.flags, 8 as UInt16, moment.time, moment.date)
        out.write(0 as UInt32, 0 as UInt32, 0 as UInt32, UInt16(entry.name.count), 0 as UInt16)
        out += entry.name
        offset += UInt32(out.count)
        return out
    }

    /// The next bytes of the file.
    public mutating func add(_ bytes: some Collection<UInt8> & ContiguousBytes) -> [UInt8] {
        var out: [UInt8] = []
        guard let last = entries.indices.last, !bytes.isEmpty else { return out }
        out.reserveCapacity(bytes.count + 5 * (bytes.count / 32_768 + 1))
        bytes.withUnsafeBytes { bytes in
            let checksum = crc32_z(
                uLong(entries[last].checksum), bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
            entries[last].checksum = UInt32(truncatingIfNeeded: checksum)
            for start in stride(from: 0, to: bytes.count, by: 32_768) {
                let block = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 32_768, bytes.count)])
                out.write(0 as UInt8, UInt16(block.count), ~UInt16(block.count))
                out.append(contentsOf: block)
            }
        }
        entries[last].size += UInt32(bytes.count)
        entries[last].packed += UInt32(out.count)
        offset += UInt32(out.count)
        return out
    }

    /// The end of the file.
    public mutating func end() -> [UInt8] {
        var out: [UInt8] = []
        guard let last = entries.indices.last else { return out }
        // the final block, empty
        out.write(1 as UInt8, 0 as UInt16, 0xFFFF as UInt16)
        entries[last].packed += UInt32(out.count)
        let entry = entries[last]
        out.write(0x0807_4B50 as UInt32, entry.checksum, entry.packed, entry.size)
        offset += UInt32(out.count)
        return out
    }

    /// A whole file at once, of what lies in memory.
    public mutating func file(
        _ name: String, _ content: some Collection<UInt8> & ContiguousBytes, at moment: Moment
    ) -> [UInt8] {
        let head = begin(name, at: moment)
        let body = add(content)
        return head + body + end()
    }

    /// The list of files, which ends the archive.
    public func directory() -> [UInt8] {
        var out: [UInt8] = []
        for entry in entries {
            out.write(0x0201_4B50 as UInt32, 20 as UInt16, 20 as UInt16, Self.flags, 8 as UInt16)
            out.write(entry.moment.time, entry.moment.date, entry.checksum, entry.packed, entry.size)
            out.write(UInt16(entry.name.count), 0 as UInt16, 0 as UInt16, 0 as UInt16, 0 as UInt16)
            out.write(0 as UInt32, entry.offset)
            out += entry.name
        }
        let size = UInt32(out.count)
        out.write(
            0x0605_4B50 as UInt32, 0 as UInt16, 0 as UInt16, UInt16(entries.count), UInt16(entries.count))
        out.write(size, offset, 0 as UInt16)
        return out
    }
}

extension [UInt8] {
    /// Whole numbers, little end first.
    fileprivate mutating func write<each Number: FixedWidthInteger>(_ numbers: repeat each Number) {
        for number in repeat each numbers {
            Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
        }
    }
}
