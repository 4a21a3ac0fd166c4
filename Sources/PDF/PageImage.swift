/// A page as a picture.
public struct PageImage: Sendable, Equatable {
    /// PNG (ISO/IEC 15948), as the child made it that drew the page (`Sources/passerelle-picture`).
    public let png: [UInt8]
    /// In pixels.
    public let width: Int
    public let height: Int

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Nil unless it is a picture as our children make them, and nothing besides: a foreign file may have taken a child
    /// over, and what it sends ends in a browser. So there are the header, a palette where there must be one, the pixels and
    /// the end; eight bits, not interlaced, and no more pixels than a page may have. What the pixels unpack to is not looked
    /// at here: no reader takes more than the header says.
    /// - Parameter bytes: of the pixels, three for each, at most.
    init?(png: [UInt8], atMost bytes: Int) {
        guard png.starts(with: Self.signature) else { return nil }
        var rest = png[Self.signature.count...]
        guard let (header, name) = Self.chunk(&rest), name == "IHDR", header.count == 13 else { return nil }
        let (width, height) = (Self.number(header.prefix(4)), Self.number(header.dropFirst(4).prefix(4)))
        let isIndexed = header.dropFirst(8).elementsEqual([8, 3, 0, 0, 0])
        guard isIndexed || header.dropFirst(8).elementsEqual([8, 2, 0, 0, 0]), width > 0, height > 0,
            height <= bytes / 3 / width,
            Self.pixelsFollow(rest, isIndexed: isIndexed)
        else { return nil }
        self.png = png
        self.width = width
        self.height = height
    }

    /// Whether these are all chunks behind the header: PLTE where it must be, IDAT, IEND.
    private static func pixelsFollow(_ chunks: ArraySlice<UInt8>, isIndexed: Bool) -> Bool {
        var rest = chunks
        if isIndexed {
            guard let (palette, name) = chunk(&rest), name == "PLTE", palette.count % 3 == 0,
                (3...768).contains(palette.count)
            else { return false }
        }
        var hasPixels = false
        while let (data, name) = chunk(&rest) {
            switch name {
            case "IDAT": hasPixels = true
            case "IEND": return hasPixels && data.isEmpty && rest.isEmpty
            default: return false
            }
        }
        return false
    }

    /// Takes the next chunk: its length, its name, its data, and its checksum, which readers compare.
    private static func chunk(_ rest: inout ArraySlice<UInt8>) -> (data: ArraySlice<UInt8>, name: String)? {
        guard rest.count >= 12 else { return nil }
        let length = number(rest.prefix(4))
        guard length <= rest.count - 12 else { return nil }
        let name = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
        let data = rest.dropFirst(8).prefix(length)
        rest = rest.dropFirst(12 + length)
        return (data, name)
    }

    /// Big endian, of four bytes.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
