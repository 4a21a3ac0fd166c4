import Access
import FHIR

/// What a provider says about itself at `/.well-known/openid-configuration`.
struct Discovery: Sendable {
    let authorization: ProviderAddress
    let token: ProviderAddress
    let keys: ProviderAddress
    let userInfo: ProviderAddress?
    let endSession: ProviderAddress?
    /// The client's secret goes into the form, because the provider takes no Basic authentication.
    let wantsSecretInForm: Bool
    /// It names itself in the address of return (RFC 9207).
    let namesItself: Bool

    /// - Throws: `IdentityFailure.rejected(.issuer)` when it is another's, `.unavailable` when something is missing.
    init(_ json: JSON, issuer: ProviderAddress) throws {
        guard let said = json["issuer"]?.text, Array(said.utf8) == Array(issuer.text.utf8) else {
            throw IdentityFailure.rejected(.issuer)
        }
        func address(_ name: String) throws -> ProviderAddress? {
            guard let text = json[name]?.text else { return nil }
            guard let address = try? ProviderAddress(text), issuer.allows(address) else {
                throw IdentityFailure.unavailable("the provider's \(name) is not https")
            }
            return address
        }
        guard let authorization = try address("authorization_endpoint"),
            let token = try address("token_endpoint"),
            let keys = try address("jwks_uri")
        else { throw IdentityFailure.unavailable("the provider names no addresses") }
        self.authorization = authorization
        self.token = token
        self.keys = keys
        userInfo = try address("userinfo_endpoint")
        endSession = try address("end_session_endpoint")
        let methods = json["token_endpoint_auth_methods_supported"]?.items.compactMap(\.text) ?? []
        wantsSecretInForm = methods.contains("client_secret_post") && !methods.contains("client_secret_basic")
        namesItself = json["authorization_response_iss_parameter_supported"] == .bool(true)
    }
}

/// Keeps what a provider says about itself for an hour.
actor DiscoveryKeeper {
    private let issuer: ProviderAddress
    private let line: ProviderLine
    private let clock: Clock
    private var kept: (Discovery, at: Timestamp)?

    init(issuer: ProviderAddress, line: ProviderLine, clock: Clock) {
        self.issuer = issuer
        self.line = line
        self.clock = clock
    }

    func current() async throws -> Discovery {
        if let kept, clock.now() < kept.at.adding(hours: 1) { return kept.0 }
        let base = issuer.text.hasSuffix("/") ? String(issuer.text.dropLast()) : issuer.text
        let place = try ProviderAddress(base + "/.well-known/openid-configuration")
        let answer = try await line.get(place, limit: 256 << 10)
        guard answer.status == 200 else {
            throw IdentityFailure.unavailable("discovery answers \(answer.status)")
        }
        let found = try Discovery(try answer.json(), issuer: issuer)
        kept = (found, clock.now())
        return found
    }
}
