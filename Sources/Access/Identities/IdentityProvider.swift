/// A provider of identities outside, as the sign-in uses it: the browser is sent there and comes back. The adapters
/// are in the module `Identity`; none of them touches the database.
public protocol IdentityProvider: Sendable {
    var name: IdentityProviderName { get }
    /// What users call it: «HIN».
    var label: String { get }
    /// - Returns: where to send the browser.
    /// - Throws: `IdentityFailure`.
    func begin(_ secrets: SignInSecrets) async throws -> String
    /// Proves who has come back.
    /// - Throws: `IdentityFailure`.
    func finish(_ back: BrowserReturn, _ secrets: SignInSecrets) async throws -> ForeignIdentity
    /// Where the browser can end its session with the provider; nil when it offers no such thing.
    func signOutAddress() async -> String?
}

/// What one sign-in knows and nobody else: kept sealed in the database between the two visits of the browser.
public struct SignInSecrets: Codable, Sendable {
    /// Comes back in the address: tells this sign-in.
    public let state: String
    /// Comes back inside the signed token: the token was made for this sign-in.
    public let nonce: String
    /// PKCE: who redeems the code is who has asked for it.
    public let verifier: String
    /// Where to go within the portal afterwards; empty for the start page.
    public let returnTo: String

    public init(returnTo: String) {
        state = RandomText.token()
        nonce = RandomText.token()
        verifier = RandomText.token()
        self.returnTo = returnTo
    }
}

/// What the browser brings back. Values are looked at by the adapter alone.
public struct BrowserReturn: Sendable {
    /// The query of the address it came back to, decoded; the first of each name.
    public let query: [String: String]
    /// The request's header fields by lower-case name; the values of one that came twice are all there.
    public let fields: [String: [String]]
    /// The network address of the connection itself, whatever any field says.
    public let peer: String

    public init(query: [String: String], fields: [String: [String]] = [:], peer: String = "") {
        self.query = query
        self.fields = fields
        self.peer = peer
    }
}

/// Why a provider did not prove an identity.
public enum IdentityFailure: Refusal, Equatable {
    /// The person turned back, or the provider would not let him in: no active client, no identity.
    case declined
    /// What came is not what the provider of our settings says here and now.
    case rejected(IdentityFault)
    /// It does not answer, or not in time, or nonsense. The words are for the log.
    case unavailable(String)

    public var kind: RefusalKind {
        switch self {
        case .declined, .rejected: .forbidden
        case .unavailable: .unavailable
        }
    }
    public var rule: String {
        switch self {
        case .declined: "identity.declined"
        case .rejected(let fault): "identity.\(fault.rawValue)"
        case .unavailable: "identity.unavailable"
        }
    }
}

/// What exactly was wrong with an assertion; for the trail, never for the browser.
public enum IdentityFault: String, Sendable, CaseIterable {
    case malformed, algorithm, key, signature, issuer, audience, authorisedParty, nonce, expired, notYet,
        assurance
    /// The code was not taken by the provider.
    case code
    /// Another peer than the gateway, or without its secret.
    case gateway
}
