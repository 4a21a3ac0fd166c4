/// Pixels as pdftoppm writes them (Netpbm P6: red, green, blue, one byte each, rows from the top).
struct Bitmap {
    let width: Int
    let height: Int
    /// Width × height × 3 bytes.
    let pixels: ArraySlice<UInt8>

    /// Nil unless the bytes are one whole picture: `P6`, width, height and 255, each followed by white space.
    init?(ppm bytes: [UInt8]) {
        guard bytes.starts(with: "P6\n".utf8) else { return nil }
        var numbers: [Int] = []
        var index = 3
        while numbers.count < 3 {
            var number = 0
            let start = index
            while index < bytes.count, index - start < 7, (0x30...0x39).contains(bytes[index]) {
                number = number * 10 + Int(bytes[index] - 0x30)
                index += 1
            }
            guard index > start, index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x0A else {
                return nil
            }
            numbers.append(number)
            index += 1
        }
        guard numbers[0] > 0, numbers[1] > 0, numbers[2] == 255 else { return nil }
        guard bytes.count - index == numbers[0] * numbers[1] * 3 else { return nil }
        width = numbers[0]
        height = numbers[1]
        pixels = bytes[index...]
    }

    /// The colours, most frequent first, as `0xRRGGBB`; nil when there are more than `limit`.
    func colours(limit: Int) -> [UInt32]? {
        var counts: [UInt32: Int] = [:]
        let isWithin = pixels.withUnsafeBytes { bytes in
            var last: UInt32 = 0
            var run = 0
            for index in stride(from: 0, to: bytes.count, by: 3) {
                let colour = Self.colour(bytes, index)
                if colour == last {
                    run += 1
                    continue
                }
                counts[last, default: 0] += run
                guard counts.count <= limit else { return false }
                last = colour
                run = 1
            }
            counts[last, default: 0] += run
            return counts.count <= limit
        }
        guard isWithin else { return nil }
        return counts.filter { $0.value > 0 }.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.map(\.key)
    }

    static func colour(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt32 {
        UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
    }
}
