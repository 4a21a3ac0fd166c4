import Foundation
import Testing

@testable import PDF

@Suite(.timeLimit(.minutes(1))) struct PNGTests {
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
            Self.ppm(97, 97) { x, y in [UInt8(x * 2), UInt8(y * 2), UInt8((x * y) & 0xFF)] },
            Self.ppm(1, 1) { _, _ in [0, 0, 0] },
            // white runs of every length, ended by a colour that begins as white does
            Self.ppm(61, 61) { x, y in x < y ? [255, 255, 255] : x == y ? [255, 255, UInt8(y)] : [7, 7, 7] },
            Self.ppm(256, 2) { x, _ in [9, 9, UInt8(x)] },
        ]
        for bytes in pictures {
            let bitmap = try #require(Bitmap(ppm: bytes))
            let isSame = try Self.pixels(ofPNG: bitmap.png()) == Array(bitmap.pixels)
            #expect(isSame)
        }
    }

    @Test func `Colours between those of the palette move as little as it takes`() throws {
        // 300 greys and near-greys: more than a palette holds, all close to each other
        let bytes = Self.ppm(300, 2) { x, _ in
            [UInt8(x % 256), UInt8(x % 256), UInt8(min(x % 256 + x / 256 * 4, 255))]
        }
        let bitmap = try #require(Bitmap(ppm: bytes))
        let shown = try Self.pixels(ofPNG: bitmap.png())
        let moves = zip(shown, bitmap.pixels).map { abs(Int($0) - Int($1)) }
        #expect(shown.count == bitmap.pixels.count && moves.max() == 2)
    }

    @Test func `What is no whole picture is refused`() {
        for text in [
            "", "P6", "P6\n", "P6\n1 1\n255\n", "P6\n1 1\n255\nab", "P5\n1 1\n255\nabc", "P6\n0 0\n255\n",
            "P6\n99999999999999999999 1\n255\n", "P6\n1 1\n65535\nabc", "P6\n-1 -1\n255\nabc",
        ] {
            #expect(Bitmap(ppm: Array(text.utf8)) == nil, "\(text)")
        }
        #expect(Bitmap(ppm: Array("P6\n1 1\n255\nabc".utf8)) != nil)
    }
}
