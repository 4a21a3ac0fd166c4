import Curl
import Foundation

/// An address that a program of a practice wants to be called at: https, a host with a name or a number, nothing else
/// hidden in it.
public struct WebhookAddress: Sendable, Equatable {
    public let text: String
    let host: String
    let port: Int

    /// - Returns: nil for anything that is not such an address.
    public init?(_ text: String) {
        guard text.utf8.count <= 500, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let parts = URLComponents(string: text), parts.scheme == "https", let host = parts.host,
            parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return nil }
        let name = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        let port = parts.port ?? 443
        guard HostName.isPlain(name), port == 443 || (1024...65535).contains(port) else { return nil }
        self.text = text
        self.host = name
        self.port = port
    }
}

/// Where calls may go.
public struct WebhookRules: Sendable {
    /// Hosts that are called although they are not on the public Internet, by the operator's word.
    public var allowedHosts: Set<String>
    /// PEM file of the authority that signed their certificates, nil for the system's.
    public var authority: String?

    public init(allowedHosts: Set<String> = [], authority: String? = nil) {
        self.allowedHosts = allowedHosts
        self.authority = authority
    }

    /// Whether a host may be called.
    /// - Throws: `WebhookFailure`.
    public func check(_ host: String) throws {
        guard let place = WebhookAddress("https://\(host.utf8.contains(0x3A) ? "[\(host)]" : host)/") else {
            throw WebhookFailure.unavailable("not an address")
        }
        _ = try addresses(of: place)
    }

    /// The addresses that may be called. One denied address among them denies them all: a name that leads both outside
    /// and inside is no accident.
    /// - Throws: `WebhookFailure.denied`, `.unavailable` when the name leads nowhere.
    func addresses(of place: WebhookAddress) throws -> [PublicAddress] {
        let found = PublicAddress.resolve(place.host)
        guard !found.isEmpty else { throw WebhookFailure.unavailable("the host has no address") }
        let isAllowed = allowedHosts.contains { Array($0.utf8) == Array(place.host.utf8) }
        guard isAllowed || found.allSatisfy(\.isPublic) else { throw WebhookFailure.denied }
        return found.map(\.address)
    }
}

/// Why a program was not called.
public enum WebhookFailure: DeliveryFailure, Equatable {
    /// Its address is not on the public Internet.
    case denied
    /// It said no: 4xx, or a redirection, which is not followed.
    case refused(status: Int)
    case unavailable(String)

    public var isPermanent: Bool {
        switch self {
        case .denied: true
        case .refused(let status): status == 410
        case .unavailable: false
        }
    }
}
