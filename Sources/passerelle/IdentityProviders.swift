import Access
import Demo
import Foundation
import Identity

/// The providers of identities that the settings name. Each refusal says what to do.
struct IdentityProviders {
    private let makers: [@Sendable (Clock) -> any IdentityProvider]

    /// - Parameter baseURL: our public address; where browsers come back lies under it, never under what a request says.
    init(_ settings: Settings, baseURL: String) throws {
        let line = ProviderLine(authority: settings["identity-authority"])
        makers = [
            try Self.hin(settings, baseURL, line), try Self.oidc(settings, baseURL, line),
            try Self.gateway(settings, baseURL),
        ].compactMap { $0 }
    }

    func all(clock: Clock) -> [any IdentityProvider] { makers.map { $0(clock) } }

    /// Whether who comes from a provider gives a second factor of the portal too.
    static func needsSecondFactor(_ settings: Settings) throws -> Bool {
        switch settings["identity-second-factor"] {
        case "on": return true
        case "off": return false
        default: throw SettingsFailure("--identity-second-factor must be «on» or «off».")
        }
    }

    /// HIN as the demo plays it itself.
    static func demo(baseURL: String) throws -> any IdentityProvider {
        let place = DemoHIN.settings(baseURL: baseURL)
        return AuthserviceProvider(
            base: try ProviderAddress(place.address), bearer: place.bearer,
            returnAddress: "\(baseURL)/connexion/hin/retour", issuer: place.issuer, line: ProviderLine())
    }

    private static func hin(_ settings: Settings, _ baseURL: String, _ line: ProviderLine) throws
        -> (@Sendable (Clock) -> any IdentityProvider)?
    {
        guard settings["hin-address"] != nil || settings["hin-token"] != nil else { return nil }
        let base = try address("hin-address", settings, for: "the address of HIN's Authservice")
        let token = try settings.required(
            "hin-token", for: "the bearer token that HIN issued for this portal")
        let domain = try settings.required("hin-login-domain", for: "the domain of HIN's sign-in pages")
        guard isHeaderValue(token) else {
            throw SettingsFailure("--hin-token must be printable ASCII without spaces.")
        }
        return { _ in
            AuthserviceProvider(
                base: base, bearer: token, returnAddress: "\(baseURL)/connexion/hin/retour",
                loginDomain: domain,
                line: line)
        }
    }

    private static func oidc(_ settings: Settings, _ baseURL: String, _ line: ProviderLine) throws
        -> (@Sendable (Clock) -> any IdentityProvider)?
    {
        guard settings["oidc-issuer"] != nil || settings["oidc-client"] != nil else { return nil }
        let issuer = try address(
            "oidc-issuer", settings, for: "the issuer, exactly as the provider writes it")
        var agreement = OpenIDProvider.Agreement(
            issuer: issuer,
            client: try settings.required(
                "oidc-client", for: "the portal's client identifier at the provider"),
            secret: try settings.required("oidc-secret", for: "the client's secret at the provider"))
        agreement.label = try settings.required("oidc-label", for: "the provider's name on the sign-in page")
        agreement.scopes = settings["oidc-scopes"] ?? agreement.scopes
        agreement.assurance = settings["oidc-assurance"]
        agreement.names = try names("oidc-attributes", .openID, settings)
        return { [agreement] clock in
            OpenIDProvider(
                agreement, returnAddress: "\(baseURL)/connexion/oidc/retour",
                signedOutAddress: "\(baseURL)/deconnecte", line: line, clock: clock)
        }
    }

    private static func gateway(_ settings: Settings, _ baseURL: String) throws
        -> (@Sendable (Clock) -> any IdentityProvider)?
    {
        let keys = ["gateway", "secret", "issuer"].map { "identity-header-\($0)" }
        guard keys.contains(where: { settings[$0] != nil }) else { return nil }
        let gateway = try settings.required(
            "identity-header-gateway", for: "the network address of the access gateway, the only one believed"
        )
        guard
            gateway.utf8.allSatisfy({ byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || byte == 0x2E || byte == 0x3A
            })
        else {
            throw SettingsFailure(
                "--identity-header-gateway is one network address: else anybody could say who he is.")
        }
        let secret = try settings.required(
            "identity-header-secret", for: "the secret that the gateway adds as X-Gateway-Secret")
        guard secret.utf8.count >= 20, isHeaderValue(secret) else {
            throw SettingsFailure(
                "--identity-header-secret must be at least 20 printable ASCII signs, without spaces.")
        }
        let issuer = try settings.required(
            "identity-header-issuer", for: "the name under which the gateway's identities are known, for good"
        )
        let names = try names("identity-header-attributes", .fields, settings)
        let label = try settings.required(
            "identity-header-label", for: "the gateway's name on the sign-in page")
        let signOut = try settings["identity-header-sign-out"].map { _ in
            try address("identity-header-sign-out", settings, for: "where the gateway ends its session")
        }
        return { _ in
            HeaderProvider(
                gateway: gateway, secret: secret, issuer: issuer, names: names,
                returnAddress: "\(baseURL)/connexion/acces/retour", label: label, signOut: signOut)
        }
    }

    private static func address(_ key: String, _ settings: Settings, for purpose: String) throws
        -> ProviderAddress
    {
        let text = try settings.required(key, for: purpose)
        do { return try ProviderAddress(text) } catch let failure as ProviderAddress.Invalid {
            throw SettingsFailure("--\(key) is not accepted: \(failure.reason).")
        }
    }

    private static func names(_ key: String, _ usual: AttributeNames, _ settings: Settings) throws
        -> AttributeNames
    {
        guard let text = settings[key] else { return usual }
        guard let names = usual.replaced(by: text) else {
            throw SettingsFailure(
                "--\(key) must be a list like «gln=swissGLN,last=sn» of subject, email, first, last, gln, level, codes."
            )
        }
        return names
    }

    private static func isHeaderValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
