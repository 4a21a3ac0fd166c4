import CZlib

/// PNG (ISO/IEC 15948). A page of text has few colours and becomes a palette picture, a third of the size
/// that poppler's own PNG has; a page with photographs stays true colour, without loss.
extension Bitmap {
    struct Failure: Error {}

    /// - Throws: `Failure` when memory has run out.
    func png() throws -> [UInt8] {
        if let indexed = IndexedPixels(self) {
            return try file(type: 3, palette: indexed.colours, rows: indexed.rows)
        }
        if let colours = colours(limit: 4096), let palette = Palette(colours) {
            return try file(type: 3, palette: palette.colours, rows: indexedRows(palette))
        }
        return try file(type: 2, palette: [], rows: trueColourRows())
    }

    private func indexedRows(_ palette: Palette) -> [UInt8] {
        pixels.withUnsafeBytes { bytes in
            [UInt8](unsafeUninitializedCapacity: (width + 1) * height) { rows, count in
                var last: UInt32 = 0
                var entry = palette.entries[0] ?? 0
                var source = 0
                for _ in 0..<height {
                    rows[count] = 0
                    count += 1
                    for _ in 0..<width {
                        let colour = Self.colour(bytes, source)
                        if colour != last {
                            last = colour
                            entry = palette.entries[colour] ?? 0
                        }
                        rows[count] = entry
                        count += 1
                        source += 3
                    }
                }
            }
        }
    }

    /// Each byte as its difference to the pixel on the left (filter 1), which photographs compress best with.
    private func trueColourRows() -> [UInt8] {
        pixels.withUnsafeBytes { bytes in
            [UInt8](unsafeUninitializedCapacity: (width * 3 + 1) * height) { rows, count in
                for row in 0..<height {
                    let start = row * width * 3
                    rows[count] = 1
                    for column in 0..<width * 3 {
                        let left = column < 3 ? 0 : bytes[start + column - 3]
                        rows[count + 1 + column] = bytes[start + column] &- left
                    }
                    count += width * 3 + 1
                }
            }
        }
    }

    private func file(type: UInt8, palette: [UInt32], rows: [UInt8]) throws -> [UInt8] {
        // text is runs of one colour: looked for as runs it takes half the time, and a few percent more bytes
        let data = try Self.deflated(rows, strategy: palette.isEmpty ? Z_DEFAULT_STRATEGY : Z_RLE)
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        Self.append("IHDR", Self.bigEndian(width) + Self.bigEndian(height) + [8, type, 0, 0, 0], to: &file)
        if !palette.isEmpty {
            let colours = palette.flatMap { [UInt8($0 >> 16), UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)] }
            Self.append("PLTE", colours, to: &file)
        }
        Self.append("IDAT", data, to: &file)
        Self.append("IEND", [], to: &file)
        return file
    }

    /// As a zlib stream (RFC 1950).
    private static func deflated(_ rows: [UInt8], strategy: Int32) throws -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 6, Z_DEFLATED, 15, 8, strategy, ZLIB_VERSION, size) == Z_OK else {
            throw Failure()
        }
        defer { deflateEnd(&stream) }
        var rows = rows
        let limit = Int(deflateBound(&stream, uLong(rows.count)))
        return try rows.withUnsafeMutableBufferPointer { rows in
            try [UInt8](unsafeUninitializedCapacity: limit) { data, count in
                stream.next_in = rows.baseAddress
                stream.avail_in = uInt(rows.count)
                stream.next_out = data.baseAddress
                stream.avail_out = uInt(limit)
                guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { throw Failure() }
                count = limit - Int(stream.avail_out)
            }
        }
    }

    private static func append(_ name: String, _ data: [UInt8], to file: inout [UInt8]) {
        let named = Array(name.utf8) + data
        file += bigEndian(data.count) + named
        file += bigEndian(Int(crc32(0, named, uInt(named.count))))
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
