/// How machines sign in, at `GET /.well-known/smart-configuration`: SMART Backend Services with signed
/// assertions (`private_key_jwt`), nothing else.
public struct SMARTConfiguration: Sendable {
    public var issuer: String
    public var tokenURL: String
    /// Where our own public keys are, when tokens can be verified with them.
    public var keysURL: String?
    /// The scopes that some route asks for, such as `system/DocumentReference.cr`.
    public var scopes: [String]

    public init(issuer: String, tokenURL: String, keysURL: String? = nil, scopes: [String]) {
        self.issuer = issuer
        self.tokenURL = tokenURL
        self.keysURL = keysURL
        self.scopes = scopes
    }

    /// The document, as JSON.
    public var json: JSON {
        [
            "issuer": .string(issuer),
            "jwks_uri": keysURL.map { .string($0) },
            "token_endpoint": .string(tokenURL),
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS384", "ES384"],
            "scopes_supported": .array(scopes.map { .string($0) }),
            "capabilities": ["client-confidential-asymmetric", "permission-v2"],
        ]
    }
}
