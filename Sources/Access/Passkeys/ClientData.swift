import Foundation

/// What the browser signs with: what it was asked, by whom, and for what.
struct ClientData: Sendable {
    let type: String
    /// As it was handed out.
    let challenge: [UInt8]
    let origin: String
    let isCrossOrigin: Bool

    /// - Returns: nil when it is not JSON of at most 2 KiB with these members.
    init?(_ bytes: [UInt8]) {
        struct Members: Decodable {
            let type: String
            let challenge: String
            let origin: String
            let crossOrigin: Bool?
        }
        guard bytes.count <= 2048, let members = try? JSONDecoder().decode(Members.self, from: Data(bytes)),
            let challenge = Base64URL.decode(members.challenge)
        else { return nil }
        type = members.type
        self.challenge = challenge
        origin = members.origin
        isCrossOrigin = members.crossOrigin ?? false
    }
}

/// RFC 4648, section 5, without padding.
public enum Base64URL {
    /// - Returns: nil for anything else, and for more than 16 KiB.
    public static func decode(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard bytes.count <= 16 << 10, bytes.count % 4 != 1 else { return nil }
        var signs: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "-"): signs.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): signs.append(UInt8(ascii: "/"))
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: signs.append(byte)
            default: return nil
            }
        }
        signs += Array(repeating: UInt8(ascii: "="), count: (4 - signs.count % 4) % 4)
        return Data(base64Encoded: Data(signs)).map { [UInt8]($0) }
    }

    public static func encode(_ bytes: [UInt8]) -> String {
        let signs = Data(bytes).base64EncodedData().compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: signs, as: UTF8.self)
    }
}
