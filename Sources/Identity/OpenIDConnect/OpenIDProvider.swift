public import Access
import Crypto
import Curl
import FHIR
import Foundation

/// A generic OpenID Connect relying party: authorization code with PKCE (S256), discovery, key rotation, nonce, and the
/// checks of RFC 9700. Works with any provider that offers discovery.
public struct OpenIDProvider: IdentityProvider {
    /// What the provider and the hospital have agreed on.
    public struct Agreement: Sendable {
        public let issuer: ProviderAddress
        public let client: String
        public let secret: String
        /// `openid` is added if it is missing.
        public var scopes = "openid profile email"
        public var names = AttributeNames.openID
        /// A class of authentication (`acr`) that each sign-in must have.
        public var assurance: String?
        public var label = "OpenID Connect"

        public init(issuer: ProviderAddress, client: String, secret: String) {
            self.issuer = issuer
            self.client = client
            self.secret = secret
        }
    }

    public let name = IdentityProviderName.oidc
    public var label: String { agreement.label }
    private let agreement: Agreement
    private let returnAddress: String
    private let signedOutAddress: String
    private let discovery: DiscoveryKeeper
    private let keys: ProviderKeys
    private let line: ProviderLine
    private let clock: Clock

    /// - Parameters:
    ///   - returnAddress: ours, under the configured public address; the provider knows it.
    ///   - signedOutAddress: ours, after the provider's own sign-out.
    public init(
        _ agreement: Agreement, returnAddress: String, signedOutAddress: String, line: ProviderLine,
        clock: Clock
    ) {
        self.agreement = agreement
        self.returnAddress = returnAddress
        self.signedOutAddress = signedOutAddress
        self.line = line
        self.clock = clock
        discovery = DiscoveryKeeper(issuer: agreement.issuer, line: line, clock: clock)
        keys = ProviderKeys(line: line, clock: clock)
    }

    public func begin(_ secrets: SignInSecrets) async throws -> String {
        let about = try await discovery.current()
        let digest = Data(SHA256.hash(data: Data(secrets.verifier.utf8))).base64EncodedString()
        let challenge = digest.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let scopes = agreement.scopes.split(separator: " ").map(String.init)
        let scope = (scopes.contains("openid") ? scopes : ["openid"] + scopes).joined(separator: " ")
        let address = about.authorization.adding([
            "response_type": "code", "client_id": agreement.client, "redirect_uri": returnAddress,
            "scope": scope, "state": secrets.state, "nonce": secrets.nonce, "code_challenge": challenge,
            "code_challenge_method": "S256",
        ])
        return agreement.assurance.map { "\(address)&acr_values=\(FormBody.escaped($0))" } ?? address
    }

    public func finish(_ back: BrowserReturn, _ secrets: SignInSecrets) async throws -> ForeignIdentity {
        let about = try await discovery.current()
        // another provider's answer is not brought to this one (mix-up)
        if let said = back.query["iss"] {
            guard Array(said.utf8) == Array(agreement.issuer.text.utf8) else {
                throw IdentityFailure.rejected(.issuer)
            }
        } else if about.namesItself {
            throw IdentityFailure.rejected(.issuer)
        }
        if let error = back.query["error"] {
            let isTheirs = ["server_error", "temporarily_unavailable"].contains(error)
            throw isTheirs ? IdentityFailure.unavailable("the provider answers \(error)") : .declined
        }
        guard let code = back.query["code"], (1...2000).contains(code.utf8.count) else {
            throw IdentityFailure.declined
        }
        let tokens = try await redeem(code, secrets, about)
        guard let text = tokens["id_token"]?.text else { throw IdentityFailure.rejected(.malformed) }
        let token = try await IDToken(
            text, keys: keys, at: about.keys,
            for: .init(
                issuer: agreement.issuer.text, client: agreement.client, nonce: secrets.nonce,
                assurance: agreement.assurance),
            now: clock.now())
        let claims = try await completed(token, tokens["access_token"]?.text, about)
        return try ForeignIdentity(
            .oidc, issuer: agreement.issuer.text, claims: claims, agreement.names, hasCodes: false,
            authenticatedAt: token.authenticatedAt)
    }

    /// The sign-out of OpenID Connect RP-Initiated Logout 1.0, without a token in the address.
    public func signOutAddress() async -> String? {
        try? await discovery.current().endSession?.adding([
            "client_id": agreement.client, "post_logout_redirect_uri": signedOutAddress,
        ])
    }

    private func redeem(_ code: String, _ secrets: SignInSecrets, _ about: Discovery) async throws -> JSON {
        var body = FormBody.text([
            "grant_type": "authorization_code", "code": code, "redirect_uri": returnAddress,
            "code_verifier": secrets.verifier,
        ])
        var headers = ["Content-Type: application/x-www-form-urlencoded"]
        if about.wantsSecretInForm {
            body += "&" + FormBody.text(["client_id": agreement.client, "client_secret": agreement.secret])
        } else {
            let pair = "\(FormBody.escaped(agreement.client)):\(FormBody.escaped(agreement.secret))"
            headers.append("Authorization: Basic \(Data(pair.utf8).base64EncodedString())")
        }
        let answer = try await line.post(about.token.text, headers: headers, body: body, limit: 256 << 10)
        if answer.status == 200 { return try answer.json() }
        let isOurs = ["invalid_client", "unauthorized_client"].contains(try? answer.json()["error"]?.text)
        guard answer.status != 401, !isOurs else {
            throw IdentityFailure.unavailable("the provider does not take our client secret")
        }
        throw IdentityFailure.rejected(.code)
    }

    /// The claims of the token, with those of the user-info answer that it lacks; both must be about the same person.
    private func completed(_ token: IDToken, _ access: String?, _ about: Discovery) async throws -> JSON {
        let names = agreement.names
        let isComplete = [.first, .last, .email].allSatisfy { token.claims[names[$0]] != nil }
        guard !isComplete, let access, let place = about.userInfo, case .object(let own) = token.claims,
            access.utf8.count <= 16 << 10, access.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return token.claims }
        let answer = try await line.get(place, headers: ["Authorization: Bearer \(access)"], limit: 256 << 10)
        guard answer.status == 200, case .object(let more) = try answer.json() else { return token.claims }
        guard more.first(where: { $0.name == "sub" })?.value.text == token.subject else {
            throw IdentityFailure.rejected(.malformed)
        }
        let known = Set(own.map(\.name))
        return .object(own + more.filter { !known.contains($0.name) })
    }
}
