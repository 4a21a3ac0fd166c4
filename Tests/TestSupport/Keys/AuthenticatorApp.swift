package import Access
import Crypto

/// The app on a doctor's telephone, written for itself: from the key that a page shows to the code of the moment.
package struct AuthenticatorApp: Sendable {
    private let key: [UInt8]

    /// - Parameter secret: base32, as the page shows it.
    package init(_ secret: String) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var bits: [UInt8] = []
        for sign in secret.utf8 {
            guard let value = alphabet.firstIndex(of: sign) else { continue }
            bits += (0..<5).reversed().map { UInt8(value >> $0 & 1) }
        }
        key = stride(from: 0, to: bits.count - 7, by: 8).map { start in
            bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }
        }
    }

    /// The six digits that it shows.
    package func code(at moment: Timestamp) -> String {
        var step = moment.rawValue / 1000 / 30
        var counter: [UInt8] = []
        for _ in 0..<8 {
            counter.insert(UInt8(step & 255), at: 0)
            step >>= 8
        }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: key)))
        let start = Int(mac[19] & 15)
        let number =
            Int(mac[start] & 127) << 24 | Int(mac[start + 1]) << 16 | Int(mac[start + 2]) << 8
            | Int(mac[start + 3])
        return String(String(1_000_000 + number % 1_000_000).dropFirst())
    }
}
