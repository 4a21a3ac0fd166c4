import Foundation
import Testing
import passerelle_picture

@testable import PDF

/// What the children that draw pages make of them.
@Suite(.timeLimit(.minutes(1))) struct PNGTests {
    /// A picture as a child writes it; nil when it is refused.
    static func png(ofPPM bytes: [UInt8]) throws -> [UInt8]? {
        var (place, size): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
        let output = try #require(open_memstream(&place, &size))
        let result = write_png(bytes, bytes.count, output)
        fclose(output)
        defer { free(place) }
        return result == 0 ? [UInt8](UnsafeRawBufferPointer(start: place, count: size)) : nil
    }

    /// The pixels of a picture as pdftoppm writes it.
    private static func pixels(ofPPM bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.split(separator: 0x0A, maxSplits: 3)[3]
    }

    /// Poppler's own reader of PNG is not installed everywhere: unpack with Python's zlib, filters 0 and 1.
    static func pixels(ofPNG png: [UInt8]) throws -> [UInt8] {
        let script = """
            import sys, zlib, struct
            data, at, idat, palette = sys.stdin.buffer.read(), 8, b'', None
            while at < len(data):
                size, = struct.unpack('>I', data[at:at + 4]); name = data[at + 4:at + 8]
                body = data[at + 8:at + 8 + size]
                assert zlib.crc32(name + body) == struct.unpack('>I', data[at + 8 + size:at + 12 + size])[0]
                if name == b'IHDR': width, height, depth, kind = struct.unpack('>IIBB', body[:10])
                if name == b'PLTE': palette = body
                if name == b'IDAT': idat += body
                at += 12 + size
            raw, step = zlib.decompress(idat), 3 if kind == 2 else 1
            for row in range(height):
                line = bytearray(raw[row * (width * step + 1) + 1:(row + 1) * (width * step + 1)])
                if raw[row * (width * step + 1)] == 1:
                    for i in range(step, len(line)): line[i] = (line[i] + line[i - step]) & 255
                if palette: line = b''.join(palette[3 * i:3 * i + 3] for i in line)
                sys.stdout.buffer.write(line)
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(png))
        try input.fileHandleForWriting.close()
        return try Array(output.fileHandleForReading.readToEnd() ?? Data())
    }

    static func ppm(_ width: Int, _ height: Int, _ colour: (Int, Int) -> [UInt8]) -> [UInt8] {
        var bytes = Array("P6\n\(width) \(height)\n255\n".utf8)
        for y in 0..<height { for x in 0..<width { bytes += colour(x, y) } }
        return bytes
    }

    @Test func `Few colours, many colours and photographs come out exactly`() throws {
        let pictures = [
            Self.ppm(33, 7) { x, y in [UInt8(x % 3 * 100), 0, UInt8(y)] },
            Self.ppm(256, 3) { x, _ in [UInt8(x), UInt8(x), UInt8(x)] },
            // more colours than are looked through, and far apart
            Self.ppm(97, 97) { x, y in [UInt8(x * 2), UInt8(y * 2), UInt8((x * y) & 0xFF)] },
            Self.ppm(60, 60) { x, y in [UInt8(x * 4), UInt8(y * 4), 0] },
            Self.ppm(1, 1) { _, _ in [0, 0, 0] },
            Self.ppm(61, 61) { x, y in x < y ? [255, 255, 255] : x == y ? [255, 255, UInt8(y)] : [7, 7, 7] },
        ]
        for bytes in pictures {
            let png = try #require(try Self.png(ofPPM: bytes))
            let isSame = try Self.pixels(ofPNG: png) == Array(Self.pixels(ofPPM: bytes))
            #expect(isSame)
        }
    }

    @Test func `A page with few colours has a palette, one with many has none`() throws {
        let colourType = 25
        let text = Self.ppm(256, 3) { x, _ in [UInt8(x), UInt8(x), UInt8(x)] }
        #expect(try Self.png(ofPPM: text)?[colourType] == 3)
        let photograph = Self.ppm(60, 60) { x, y in [UInt8(x * 4), UInt8(y * 4), 0] }
        #expect(try Self.png(ofPPM: photograph)?[colourType] == 2)
    }

    @Test func `Colours between those of the palette move as little as it takes`() throws {
        // 300 greys and near-greys: more than a palette holds, all close to each other
        let bytes = Self.ppm(300, 2) { x, _ in
            [UInt8(x % 256), UInt8(x % 256), UInt8(min(x % 256 + x / 256 * 4, 255))]
        }
        let shown = try Self.pixels(ofPNG: try #require(try Self.png(ofPPM: bytes)))
        let drawn = Self.pixels(ofPPM: bytes)
        let moves = zip(shown, drawn).map { abs(Int($0) - Int($1)) }
        #expect(shown.count == drawn.count && moves.max() == 2)
    }

    @Test func `What is no whole picture is refused`() throws {
        for text in [
            "", "P6", "P6\n", "P6\n1 1\n255\n", "P6\n1 1\n255\nab", "P5\n1 1\n255\nabc", "P6\n0 0\n255\n",
            "P6\n99999999999999999999 1\n255\n", "P6\n4294967297 1\n255\nabc", "P6\n1 1\n65535\nabc",
            "P6\n-1 -1\n255\nabc", "P6\n1 1\n255\nabcd",
        ] {
            #expect(try Self.png(ofPPM: Array(text.utf8)) == nil, "\(text)")
        }
        #expect(try Self.png(ofPPM: Array("P6\n1 1\n255\nabc".utf8)) != nil)
    }

    @Test func `A picture is what begins as a PNG does`() throws {
        let png = try #require(try Self.png(ofPPM: Self.ppm(300, 2) { _, _ in [1, 2, 3] }))
        let image = try #require(PageImage(png: png, atMost: 1800))
        #expect(image.width == 300 && image.height == 2 && image.png == png)
        #expect(PageImage(png: png, atMost: 1799) == nil, "more pixels than allowed")
        let (start, pixels, end) = (png[..<8], png[33..<(png.count - 12)], png[(png.count - 12)...])
        let header = png[8..<33]
        let comment: [UInt8] = [0, 0, 0, 1] + Array("tEXtx".utf8) + [0, 0, 0, 0]
        var endless = png
        endless.replaceSubrange(16..<24, with: [UInt8](repeating: 255, count: 8))
        let pictures: [[[UInt8].SubSequence]] = [
            [], [start, header], [start, header, end], [start, header, pixels], [start, pixels, end],
            [end, png[...]],
            [png[...], end], [start, header, pixels, comment[...], end], [png.prefix(40)], [png.dropLast()],
            [endless[...]],
        ]
        for parts in pictures {
            let bytes = [UInt8](parts.joined())
            #expect(PageImage(png: bytes, atMost: 32 << 20) == nil)
        }
    }
}
