import Glibc

/// A network address that a stranger may make us call: one of the public Internet. Everything that could be a machine of
/// the hospital, of this host or of a cloud's own services is denied, whatever name led to it.
public struct PublicAddress: Sendable, Equatable {
    /// As it is written: `192.0.2.1`, `2001:db8::1`.
    public let text: String
    let isV6: Bool

    /// Ranges of IPv4 that are not the public Internet (IANA special-purpose registry): address and length of its prefix.
    private static let denied: [(UInt32, Int)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
        (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
        (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 3),
    ]

    /// Of 16 bytes in the order of the network. Only global unicast, without the ranges that carry IPv4 inside.
    static func isPublic(v6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16, bytes[0] & 0xE0 == 0x20 else { return false }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return false }  // 6to4
        // Teredo, benchmarking, documentation and the like
        if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] < 0x02 { return false }
        if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] == 0x0D, bytes[3] == 0xB8 { return false }
        if bytes[0] == 0x3F, bytes[1] == 0xFF, bytes[2] < 0x10 { return false }
        return true
    }

    static func isPublic(v4 address: UInt32) -> Bool {
        !denied.contains { range, length in
            let mask = UInt32.max << UInt32(32 - length)
            return address & mask == range
        }
    }

    /// The addresses of a name, each with whether it is public. Blocks while the name is looked up.
    static func resolve(_ host: String) -> [(address: PublicAddress, isPublic: Bool)] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [(PublicAddress, Bool)] = []
        var next = list
        while let entry = next, found.count < 20 {
            if let one = address(entry.pointee) { found.append(one) }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> (PublicAddress, Bool)? {
        guard let place = entry.ai_addr else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        switch entry.ai_family {
        case AF_INET:
            return place.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { place in
                var address = place.pointee.sin_addr
                guard inet_ntop(AF_INET, &address, &text, socklen_t(text.count)) != nil else { return nil }
                return (
                    PublicAddress(text: string(text), isV6: false),
                    isPublic(v4: UInt32(bigEndian: address.s_addr))
                )
            }
        case AF_INET6:
            return place.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { place in
                var address = place.pointee.sin6_addr
                guard inet_ntop(AF_INET6, &address, &text, socklen_t(text.count)) != nil else { return nil }
                let bytes = withUnsafeBytes(of: &address) { Array($0) }
                return (PublicAddress(text: string(text), isV6: true), isPublic(v6: bytes))
            }
        default: return nil
        }
    }

    private static func string(_ text: [CChar]) -> String {
        String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
