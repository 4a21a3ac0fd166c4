/// An address inside the portal: a literal root, then segments and query values, percent-encoded by bytes.
/// `Path("/documents", id, query: ["page": "2"])`
public struct Path: Sendable, Hashable {
    public let text: String

    public init(_ root: StaticString, _ segments: String..., query: KeyValuePairs<String, String> = [:]) {
        self.init(root, segments: segments, query: query.map { ($0.key, $0.value) })
    }

    /// The same, for a query that is known only at run time, such as the filters of a list.
    public init(_ root: StaticString, segments: [String], query: [(key: String, value: String)]) {
        var text = "\(root)"
        for segment in segments {
            // "." and ".." would climb even when percent-encoded
            text += "/" + (segment == "." || segment == ".." ? "-" : Self.encode(segment))
        }
        for (index, pair) in query.enumerated() {
            text += (index == 0 ? "?" : "&") + Self.encode(pair.key) + "=" + Self.encode(pair.value)
        }
        self.text = text
    }

    /// The same at one place of the page.
    public func at(_ anchor: String) -> Path { Path(text: text + "#" + Self.encode(anchor)) }

    private init(text: String) { self.text = text }

    static func encode(_ text: String) -> String {
        var out: [UInt8] = []
        let hex = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
            default: out += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// An address outside, from the operator's settings. Only `https:`; compared by bytes.
public struct ExternalLink: Sendable, Hashable {
    public let text: String
    public init?(_ text: String) {
        guard text.utf8.starts(with: "https://".utf8), !text.utf8.contains(where: { $0 <= 0x20 }) else {
            return nil
        }
        self.text = text
    }
}

/// A way to reach a person: an e-mail address or a telephone number from the operator's settings.
public struct ContactLink: Sendable, Hashable {
    public let text: String

    /// `mailto:`, with everything but unreserved characters and `@` percent-encoded.
    public init(email: String) {
        let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        text =
            "mailto:" + parts.map { Path.encode(String(decoding: $0, as: UTF8.self)) }.joined(separator: "@")
    }

    /// `tel:`, with the digits and a leading plus sign only (RFC 3966).
    public init(telephone: String) {
        let plus = telephone.utf8.first == UInt8(ascii: "+") ? "+" : ""
        let digits = telephone.utf8.filter { (0x30...0x39).contains($0) }
        text = "tel:" + plus + String(decoding: digits, as: UTF8.self)
    }
}
