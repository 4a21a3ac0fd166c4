/// A page as a picture.
public struct PageImage: Sendable, Equatable {
    /// PNG (ISO/IEC 15948), as the child made it that drew the page (`Sources/passerelle-picture`).
    public let png: [UInt8]
    /// In pixels.
    public let width: Int
    public let height: Int

    /// Nil unless the bytes begin as a PNG does: its signature, and a header with width and height.
    init?(png: [UInt8]) {
        let start: [UInt8] =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        guard png.starts(with: start), png.count > start.count + 8 else { return nil }
        self.png = png
        width = Self.number(png[16..<20])
        height = Self.number(png[20..<24])
    }

    /// Big endian.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
