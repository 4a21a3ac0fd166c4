import Curl
import Foundation

/// What is needed besides the address to use an S3-compatible store.
public struct S3Access: Sendable, Equatable {
    public var region: String?
    public var accessKey: String?
    public var secretKey: String?
    /// Only for a store on this very machine may it be false.
    public var isEncrypted: Bool
    /// PEM file of the authority that signed the store's certificate, nil for the system's.
    public var authority: String?

    public init(
        region: String? = nil, accessKey: String? = nil, secretKey: String? = nil, isEncrypted: Bool = true,
        authority: String? = nil
    ) {
        self.region = region
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.isEncrypted = isEncrypted
        self.authority = authority
    }
}

/// A bucket of an S3-compatible store, or a prefix in it. Addresses are path style (`https://HOST/BUCKET/KEY`):
/// every store understands it, and no certificate for `*.HOST` is needed.
public struct S3Address: Sendable, Equatable {
    /// With the scheme and the port, if one is given: «https://store.hul.example:9000».
    let origin: String
    let bucket: String
    /// Empty, or ending with «/».
    let prefix: String
    let region: String
    let accessKey: String
    let secretKey: String
    let authority: String?
    /// The setting itself: it holds no secret.
    let text: String

    /// Everything that would need escaping is refused, so that what is signed and what is sent are the same in
    /// every version of libcurl.
    /// - Throws: `StoreLocation.Invalid`.
    init(_ text: String, access: S3Access) throws {
        typealias Invalid = StoreLocation.Invalid
        guard let parts = URLComponents(string: text), parts.scheme == "s3",
            let host = parts.host?.trimmingCharacters(in: CharacterSet(charactersIn: "[]")),
            HostName.isPlain(host), parts.user == nil, parts.password == nil, parts.query == nil,
            parts.fragment == nil
        else { throw Invalid(reason: "it must be s3://HOST[:PORT]/BUCKET[/PREFIX]") }
        guard parts.port.map((1...65535).contains) ?? true else { throw Invalid(reason: "the port is wrong") }
        var words = parts.percentEncodedPath.split(separator: "/").map(String.init)
        guard !words.isEmpty, Self.isPlain(words[0], 3...63) else {
            throw Invalid(reason: "after the host comes the name of the bucket")
        }
        bucket = words.removeFirst()
        guard words.allSatisfy({ Self.isPlain($0, 1...63) }), words.count <= 8 else {
            throw Invalid(reason: "the prefix may hold letters, digits, dots and hyphens")
        }
        prefix = words.map { $0 + "/" }.joined()
        guard access.isEncrypted || HostName.isLoopback(host) else {
            throw Invalid(reason: "without TLS it must be on this machine")
        }
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        origin =
            (access.isEncrypted ? "https://" : "http://") + name + (parts.port.map { ":\($0)" } ?? "")
        guard let region = access.region, Self.isPlain(region, 1...63) else {
            throw Invalid(reason: "--s3-region is needed")
        }
        guard let accessKey = access.accessKey, Self.isWord(accessKey) else {
            throw Invalid(reason: "--s3-access-key is needed, without spaces")
        }
        guard let secretKey = access.secretKey, Self.isWord(secretKey) else {
            throw Invalid(reason: "--s3-secret-key is needed, without spaces")
        }
        self.region = region
        self.accessKey = accessKey
        self.secretKey = secretKey
        authority = access.authority
        self.text = text
    }

    /// The path of an object, or of the bucket itself.
    func path(_ name: String?) -> String { "/\(bucket)" + (name.map { "/\(prefix)\($0)" } ?? "") }

    private static func isPlain(_ text: String, _ count: ClosedRange<Int>) -> Bool {
        count.contains(text.utf8.count) && text != "." && text != ".."
            && HostName.isPlain(text) && !text.utf8.contains(UInt8(ascii: ":"))
    }

    private static func isWord(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
