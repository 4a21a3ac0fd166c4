/// The providers of identities outside: HIN's Authservice, any provider that speaks OpenID Connect, and an access
/// gateway that tells the identity in header fields. Each adapter turns what its protocol says into a
/// `ForeignIdentity` after checking everything that proves it; what that identity opens is decided in
/// `Access/Identities`. Nothing here touches the database.
import Curl
import Foundation

/// An address of a provider: https, or http to this very machine.
public struct ProviderAddress: Sendable, Equatable {
    /// The address cannot be used; `reason` says what to change, in English, for the operator.
    public struct Invalid: Error, Equatable {
        public let reason: String
    }

    public let text: String
    let scheme: String
    /// Lower case, without port.
    let host: String
    let port: Int?

    /// - Throws: `Invalid`.
    public init(_ text: String) throws {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }), text.utf8.count <= 2000,
            let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host,
            !host.isEmpty
        else { throw Invalid(reason: "it is not a URL") }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil else {
            throw Invalid(reason: "it must not hold a user or a fragment")
        }
        let name = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
        guard scheme == "https" || (scheme == "http" && HostName.isLoopback(name)) else {
            throw Invalid(reason: "it must begin with https:// (http:// only for this machine)")
        }
        self.text = text
        self.scheme = scheme
        self.host = name
        port = parts.port
    }

    /// Whether an address that a provider names is as safe as this one: http only where this one is http.
    func allows(_ other: ProviderAddress) -> Bool { other.scheme == "https" || scheme == "http" }

    /// Whether it lies on the same machine: scheme, host and port, compared parsed and by bytes.
    func isSamePlace(as other: ProviderAddress) -> Bool {
        Array(scheme.utf8) == Array(other.scheme.utf8) && Array(host.utf8) == Array(other.host.utf8)
            && port == other.port
    }

    /// Whether the host is `domain` or lies below it, by whole labels.
    public func isInDomain(_ domain: String) -> Bool {
        let own = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(
            Array.init)
        let wanted = domain.utf8.split(separator: UInt8(ascii: ".")).map(Array.init)
        return !wanted.isEmpty && own.count >= wanted.count && Array(own.suffix(wanted.count)) == wanted
    }

    /// The address with further values of its query.
    func adding(_ values: KeyValuePairs<String, String>) -> String {
        text + (text.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + FormBody.text(values)
    }
}
