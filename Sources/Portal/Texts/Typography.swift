/// French typography, applied by rule so that sentences can be typed with a plain keyboard.
enum Typography {
    private static let space: [UInt8] = [0xC2, 0xA0]  // U+00A0
    private static let thinSpace: [UInt8] = [0xE2, 0x80, 0xAF]  // U+202F

    /// Turns a plain space into an unbreakable one before `:` and `»` and after `«`, into a thin one before
    /// `;`, `!` and `?`.
    static func french(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 8)
        for (index, byte) in bytes.enumerated() {
            guard byte == 0x20 else {
                out.append(byte)
                continue
            }
            switch index + 1 < bytes.count ? bytes[index + 1] : 0 {
            case 0x3A: out += space  // :
            case 0x3B, 0x21, 0x3F: out += thinSpace  // ; ! ?
            case 0xC2 where index + 2 < bytes.count && bytes[index + 2] == 0xBB: out += space  // »
            default: out += index > 1 && bytes[index - 2] == 0xC2 && bytes[index - 1] == 0xAB ? space : [byte]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A whole number the Swiss way: 1’250.
    /// - Parameter limit: nothing was counted beyond: «1000+».
    static func number(_ value: Int, upTo limit: Int = .max) -> String {
        if value > limit { return "\(limit)+" }
        let digits = Array(String(value.magnitude))
        var out = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { out += "’" }
            out.append(digit)
        }
        return out
    }
}
