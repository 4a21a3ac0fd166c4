import Crypto

/// Codes of authenticator apps: RFC 6238 with SHA-1, six digits and 30 seconds, which is what every app can do.
enum TimeBasedCode {
    /// 160 bits, as RFC 4226 recommends.
    static let secretBytes = 20

    /// The number of the 30 seconds in which `now` lies.
    static func step(at now: Timestamp) -> Int64 { now.rawValue / 30_000 }

    /// The six digits of one step.
    static func code(_ secret: [UInt8], step: Int64) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// The step whose code was typed: this one, the one before or the one after, as clocks differ; looks at all
    /// three, whichever fits.
    /// - Parameter last: the newest step that was used; it and those before count no more.
    static func step(of digits: String, _ secret: [UInt8], at now: Timestamp, after last: Int64) -> Int64? {
        var found: Int64?
        for step in (Self.step(at: now) - 1)...(Self.step(at: now) + 1)
        where areEqualSecrets(code(secret, step: step), digits) && step > last { found = step }
        return found
    }
}

/// RFC 4648, without padding: how secrets of apps are written.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func encode(_ bytes: [UInt8]) -> String { encode(bytes, alphabet) }

    /// Five bits a sign; a remainder is filled with zeros.
    static func encode(_ bytes: [UInt8], _ alphabet: [UInt8]) -> String {
        var out: [UInt8] = []
        var (buffer, bits) = (UInt32(0), 0)
        for byte in bytes {
            (buffer, bits) = (buffer << 8 | UInt32(byte), bits + 8)
            while bits >= 5 {
                bits -= 5
                out.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { out.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return String(decoding: out, as: UTF8.self)
    }
}
