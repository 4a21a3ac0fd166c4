/// `name=value&…`, everything but the unreserved characters of RFC 3986 escaped byte by byte: bodies of forms, queries of
/// addresses.
public enum FormBody {
    /// Names and values in the order in which they are given.
    public static func text(_ values: KeyValuePairs<String, String>) -> String {
        values.map { "\(escaped($0.key))=\(escaped($0.value))" }.joined(separator: "&")
    }

    /// One name or value.
    public static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
