/// At most 256 colours, and which of them each colour of a picture becomes.
struct Palette {
    let colours: [UInt32]
    let entries: [UInt32: UInt8]

    /// How far a colour may move, per channel of 255: nothing when the colours fit, else as little as it
    /// takes. Eight steps are the soft edges of letters; a picture that needs more keeps its true colours.
    private static let tolerances = [0, 2, 4, 8]

    /// - Parameter sorted: most frequent first, as `0xRRGGBB`.
    /// - Returns: nil when 256 colours cannot stand for them all.
    init?(_ sorted: [UInt32]) {
        for tolerance in Self.tolerances {
            guard let (colours, entries) = Self.cover(sorted, tolerance) else { continue }
            self.colours = colours
            self.entries = entries
            return
        }
        return nil
    }

    /// Each colour takes the first one of the palette that is near enough, or becomes a new one of it.
    private static func cover(_ sorted: [UInt32], _ tolerance: Int) -> ([UInt32], [UInt32: UInt8])? {
        var colours: [UInt32] = []
        var entries: [UInt32: UInt8] = [:]
        for colour in sorted {
            let near = tolerance == 0 ? nil : colours.firstIndex { isNear($0, colour, tolerance) }
            if let near {
                entries[colour] = UInt8(near)
            } else {
                guard colours.count < 256 else { return nil }
                entries[colour] = UInt8(colours.count)
                colours.append(colour)
            }
        }
        return (colours, entries)
    }

    private static func isNear(_ one: UInt32, _ other: UInt32, _ tolerance: Int) -> Bool {
        abs(Int(one >> 16) - Int(other >> 16)) <= tolerance
            && abs(Int(one >> 8 & 0xFF) - Int(other >> 8 & 0xFF)) <= tolerance
            && abs(Int(one & 0xFF) - Int(other & 0xFF)) <= tolerance
    }
}
