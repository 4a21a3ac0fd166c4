/// How the texts of a message are written (MSH-18, table 0211).
public enum CharacterSet: String, Sendable, CaseIterable {
    case utf8 = "UNICODE UTF-8"
    case latin1 = "8859/1"
    case latin9 = "8859/15"
    case ascii = "ASCII"
    /// Not in the table: what senders mean who say nothing, or say 8859/1. Only by configuration.
    case windows1252 = "windows-1252"

    /// By the name in MSH-18, or in a configuration.
    public init?(name: String) {
        switch name.uppercased() {
        case "UNICODE UTF-8", "UTF-8", "UTF8": self = .utf8
        case "8859/1", "ISO-8859-1", "ISO8859-1": self = .latin1
        case "8859/15", "ISO-8859-15", "ISO8859-15": self = .latin9
        case "ASCII", "US-ASCII", "ISO IR6": self = .ascii
        case "WINDOWS-1252", "CP1252": self = .windows1252
        default: return nil
        }
    }

    /// Where the first byte stands that this set does not have; nil when all is well.
    public func firstForeignByte(in bytes: ArraySlice<UInt8>) -> Int? {
        guard let high = Self.firstHighByte(in: bytes) else { return nil }
        switch self {
        case .ascii: return high
        case .utf8:
            // a message is nearly always right: only then it is worth the search for the place
            if String(validating: bytes[high...], as: UTF8.self) != nil { return nil }
            return Self.firstBreak(in: bytes[high...])
        case .latin1, .latin9: return bytes[high...].firstIndex { (0x80...0x9F).contains($0) }
        case .windows1252: return bytes[high...].firstIndex { [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0) }
        }
    }

    /// The text; what the set does not have becomes U+FFFD.
    func decode(_ bytes: ArraySlice<UInt8>) -> String {
        switch self {
        case .utf8: return String(decoding: bytes, as: UTF8.self)
        case .ascii, .latin1, .latin9, .windows1252:
            var scalars = String.UnicodeScalarView()
            for byte in bytes { scalars.append(scalar(byte)) }
            return String(scalars)
        }
    }

    /// The reverse; what the set does not have becomes a question mark.
    func encode(_ text: String) -> [UInt8] {
        guard self != .utf8 else { return Array(text.utf8) }
        return text.unicodeScalars.map { wanted in
            if wanted.value < 0x80 { return UInt8(wanted.value) }
            return (0x80...0xFF).first { scalar($0) == wanted } ?? 0x3F
        }
    }

    private func scalar(_ byte: UInt8) -> Unicode.Scalar {
        switch self {
        case .ascii where byte >= 0x80: "\u{FFFD}"
        case .latin9: Self.latin9Differences[byte] ?? Unicode.Scalar(byte)
        case .windows1252 where (0x80...0x9F).contains(byte): Self.windowsSigns[Int(byte - 0x80)]
        default: Unicode.Scalar(byte)
        }
    }

    private static let latin9Differences: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]

    private static let windowsSigns: [Unicode.Scalar] = [
        "€", "\u{FFFD}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{FFFD}", "Ž", "\u{FFFD}",
        "\u{FFFD}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{FFFD}", "ž", "Ÿ",
    ]

    /// Eight bytes at a time, because most of a message is base64.
    private static func firstHighByte(in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset + 8 <= buffer.count {
                let word = buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                if word & 0x8080_8080_8080_8080 != 0 { break }
                offset += 8
            }
            while offset < buffer.count {
                if buffer[offset] & 0x80 != 0 { return bytes.startIndex + offset }
                offset += 1
            }
            return nil
        }
    }

    private static func firstBreak(in bytes: ArraySlice<UInt8>) -> Int {
        var codec = Unicode.UTF8()
        var iterator = bytes.makeIterator()
        var index = bytes.startIndex
        while true {
            switch codec.decode(&iterator) {
            case .scalarValue(let scalar): index += UTF8.width(scalar)
            case .emptyInput, .error: return min(index, bytes.endIndex - 1)
            }
        }
    }
}
