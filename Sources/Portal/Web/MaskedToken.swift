import Access

/// A secret in a page that is compressed together with what a stranger may have put there could be guessed
/// from the length of the answer (BREACH). So it is never the same text twice: random bytes, then the secret
/// XOR those bytes.
enum MaskedToken {
    /// - Parameter secret: hex digits; anything else is masked as it is.
    /// - Returns: twice as many hex digits as the secret's bytes.
    static func mask(_ secret: String) -> String {
        let bytes = Array(secret.utf8)
        let mask = RandomText.bytes(bytes.count)
        return hex(mask) + hex(zip(bytes, mask).map { $0 ^ $1 })
    }

    /// - Returns: nil when it is not two halves of hex digits of at most 1,000 digits in all.
    static func unmask(_ masked: String) -> String? {
        let digits = masked.utf8.compactMap(value)
        guard digits.count == masked.utf8.count, digits.count <= 1000, digits.count % 4 == 0 else {
            return nil
        }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        let half = bytes.count / 2
        return String(validating: zip(bytes[..<half], bytes[half...]).map { $0 ^ $1 }, as: UTF8.self)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { digits in
            for (place, byte) in bytes.enumerated() {
                digits[2 * place] = digit(byte >> 4)
                digits[2 * place + 1] = digit(byte & 15)
            }
            return bytes.count * 2
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
