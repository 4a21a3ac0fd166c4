/// A picture of at most 256 colours, each pixel as the number of its colour. A page of text is one, and most of it is
/// white: runs of grey are looked for eight bytes at a time.
struct IndexedPixels {
    /// As `0xRRGGBB`, in the order in which they are met.
    private(set) var colours: [UInt32] = []
    /// Of each row a 0, which is PNG's «no filter», and its pixels.
    private(set) var rows: [UInt8] = []
    /// The number of each grey that was met.
    private var greys = [UInt8?](repeating: nil, count: 256)
    private var others: [UInt32: UInt8] = [:]

    /// - Returns: nil when there are more than 256 colours.
    init?(_ bitmap: Bitmap) {
        let (width, height) = (bitmap.width, bitmap.height)
        var fits = true
        rows = bitmap.pixels.withUnsafeBytes { bytes in
            [UInt8](unsafeUninitializedCapacity: (width + 1) * height) { rows, count in
                for row in 0..<height {
                    rows[count] = 0
                    count += 1
                    let pixels = UnsafeRawBufferPointer(
                        rebasing: bytes[row * width * 3..<(row + 1) * width * 3])
                    var place = 0
                    while place < pixels.count {
                        let colour = Bitmap.colour(pixels, place)
                        guard let number = number(of: colour) else {
                            fits = false
                            return
                        }
                        let end = Self.endOfRun(of: colour, in: pixels, from: place)
                        let run = (end - place) / 3
                        UnsafeMutableBufferPointer(rebasing: rows[count..<count + run]).initialize(
                            repeating: number)
                        count += run
                        place = end
                    }
                }
            }
        }
        if !fits { return nil }
    }

    /// - Returns: nil for the 257th colour.
    private mutating func number(of colour: UInt32) -> UInt8? {
        let isGrey = Self.isGrey(colour)
        if let known = isGrey ? greys[Int(colour & 0xFF)] : others[colour] { return known }
        guard let number = UInt8(exactly: colours.count) else { return nil }
        colours.append(colour)
        if isGrey { greys[Int(colour & 0xFF)] = number } else { others[colour] = number }
        return number
    }

    /// Where another colour begins, or the row ends.
    private static func endOfRun(
        of colour: UInt32, in pixels: UnsafeRawBufferPointer, from start: Int
    ) -> Int {
        var place = start + 3
        if isGrey(colour) {
            let byte = UInt8(truncatingIfNeeded: colour)
            let eight = UInt64(byte) &* 0x0101_0101_0101_0101
            while place + 8 <= pixels.count,
                pixels.loadUnaligned(fromByteOffset: place, as: UInt64.self) == eight
            {
                place += 8
            }
            while place < pixels.count, pixels[place] == byte { place += 1 }
            return place - (place - start) % 3
        }
        while place < pixels.count, Bitmap.colour(pixels, place) == colour { place += 3 }
        return place
    }

    /// Its three bytes are the same.
    private static func isGrey(_ colour: UInt32) -> Bool { colour == (colour & 0xFF) &* 0x01_01_01 }
}
