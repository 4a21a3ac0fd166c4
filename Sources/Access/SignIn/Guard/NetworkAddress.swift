import Glibc

/// What counts as one place in the limits of guessing.
public enum NetworkAddress {
    /// An IPv4 address stands for itself. Of an IPv6 address only the first 64 bits count: every customer of a
    /// provider has at least that network, with as many addresses in it as he likes.
    public static func network(of address: String) -> String {
        let text = String(decoding: address.utf8.prefix { $0 != UInt8(ascii: "%") }, as: UTF8.self)
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, text, &parsed) == 1 else { return text }
        let bytes = withUnsafeBytes(of: parsed) { Array($0) }
        // «::ffff:192.0.2.7» is the IPv4 client of a socket that speaks both
        if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10...11].allSatisfy({ $0 == 0xFF }) {
            return bytes[12...].map { String($0) }.joined(separator: ".")
        }
        let groups = stride(from: 0, to: 8, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
