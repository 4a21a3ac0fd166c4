import Access
import Foundation
import Hummingbird
import HummingbirdTesting
import Identity
import JWTKit
import NIOCore
import TestSupport

/// A provider of our own that can be bent: what a real one would never say. One of each test; used by one task at a
/// time, its routes by many.
final class StubProvider: @unchecked Sendable {
    private let lock = NSLock()
    private var state = State()

    struct State {
        var issuer = ""
        /// Said in place of the issuer.
        var claimedIssuer: String?
        var jwks = #"{"keys":[]}"#
        var idToken = ""
        /// Answered by the token endpoint in place of a token.
        var tokenStatus: HTTPResponse.Status = .ok
        var bloat = 0
        var delay: Duration = .zero
        var userInfo: String?
        var extra = ""
        var keyFetches = 0
        var redeemed: [String] = []
    }

    /// Reads and changes what it does.
    func use<T>(_ work: (inout State) -> T) -> T {
        lock.lock()
        defer { lock.unlock() }
        return work(&state)
    }

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.get(".well-known/openid-configuration") { _, _ in self.use { Self.discovery($0) } }
        router.get("jwks") { _, _ -> String in
            let delay = self.use { state in
                state.keyFetches += 1
                return state.delay
            }
            try await Task.sleep(for: delay)
            return self.use { $0.jwks + String(repeating: " ", count: $0.bloat) }
        }
        router.post("token") { request, _ -> Response in
            var request = request
            let body = String(buffer: try await request.collectBody(upTo: 1 << 16))
            let (status, text) = self.use { state in
                state.redeemed.append(body)
                return (
                    state.tokenStatus,
                    #"{"access_token":"a","token_type":"Bearer","id_token":"\#(state.idToken)"}"#
                )
            }
            return Response(status: status, body: .init(byteBuffer: ByteBuffer(string: text)))
        }
        router.get("userinfo") { _, _ in self.use { $0.userInfo ?? "{}" } }
        return router
    }

    private static func discovery(_ state: State) -> String {
        let base = state.issuer
        let info = state.userInfo == nil ? "" : #","userinfo_endpoint":"\#(base)/userinfo""#
        return """
            {"issuer":"\(state.claimedIssuer ?? base)","authorization_endpoint":"\(base)/authorize",
            "token_endpoint":"\(base)/token","jwks_uri":"\(base)/jwks","end_session_endpoint":"\(base)/end"\(info)
            \(state.extra)}
            """
    }
}

/// The claims of a token, good ones unless a test changes them.
struct TestClaims: JWTPayload {
    var iss: String
    var sub = "s-1"
    var aud: AudienceClaim = "portal"
    var exp: Int
    var iat: Int
    var nbf: Int?
    var azp: String?
    var nonce: String?
    var acr: String?
    var email: String? = "claire.favre@hin.example"
    var givenName: String? = "Claire"
    var familyName: String? = "Favre"
    var gln: String? = "7601099000013"
    var personcodes: [Int]?

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, exp, iat, nbf, azp, nonce, acr, email, gln, personcodes
        case givenName = "given_name"
        case familyName = "family_name"
    }

    func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// A stub that listens, the portal's side of it, and a key that it publishes.
struct Stage: Sendable {
    let stub: StubProvider
    let provider: OpenIDProvider
    let time: FrozenClock
    let issuer: String
    let secrets = SignInSecrets(returnTo: "")
    let key = ES256PrivateKey()

    /// - Parameter assurance: the class of authentication that the hospital demands.
    static func run(
        assurance: String? = nil, seconds: Int = 10, _ test: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let stub = StubProvider()
        try await Application(router: stub.router).test(.live) { client in
            guard let port = client.port else { throw TestFailure("no port") }
            let issuer = "http://localhost:\(port)"
            stub.use { $0.issuer = issuer }
            var agreement = OpenIDProvider.Agreement(
                issuer: try ProviderAddress(issuer), client: "portal", secret: "s3cret")
            agreement.assurance = assurance
            let time = FrozenClock()
            let provider = OpenIDProvider(
                agreement, returnAddress: "https://portail.hul.example/connexion/oidc/retour",
                signedOutAddress: "https://portail.hul.example/deconnecte",
                line: ProviderLine(seconds: seconds),
                clock: time.clock)
            let stage = Stage(stub: stub, provider: provider, time: time, issuer: issuer)
            try stage.publish(["one": stage.key])
            try await test(stage)
        }
    }

    /// The keys that the provider shows from now on.
    func publish(_ keys: [String: ES256PrivateKey], extra: String = "") throws {
        let list = try keys.map { try Self.jwk($1, $0, extra: extra) }.joined(separator: ",")
        stub.use { $0.jwks = #"{"keys":[\#(list)]}"# }
    }

    static func jwk(_ key: ES256PrivateKey, _ name: String, extra: String = "") throws -> String {
        guard let point = key.publicKey.parameters else { throw TestFailure("no point") }
        return
            #"{"kty":"EC","crv":"P-256","kid":"\#(name)","x":"\#(url(point.x))","y":"\#(url(point.y))"\#(extra)}"#
    }

    static func url(_ base64: String) -> String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func url(_ bytes: some Sequence<UInt8>) -> String { url(Data(bytes).base64EncodedString()) }

    var claims: TestClaims {
        let now = Int(time.now.rawValue / 1000)
        return TestClaims(iss: issuer, exp: now + 300, iat: now, nonce: secrets.nonce)
    }

    func signed(
        _ claims: TestClaims, by key: ES256PrivateKey? = nil, name: String = "one",
        header: JWTHeader = JWTHeader()
    ) async throws -> String {
        let signer = JWTKeyCollection()
        await signer.add(ecdsa: key ?? self.key, kid: JWKIdentifier(string: name))
        return try await signer.sign(claims, kid: JWKIdentifier(string: name), header: header)
    }

    /// What the portal makes of a token.
    func finish(_ token: String, query: [String: String] = ["code": "c"]) async throws -> ForeignIdentity {
        stub.use { $0.idToken = token }
        return try await provider.finish(BrowserReturn(query: query), secrets)
    }

    /// Why the portal refuses a token; nil when it takes it.
    func refusal(_ token: String, query: [String: String] = ["code": "c"]) async throws -> IdentityFailure? {
        do {
            _ = try await finish(token, query: query)
            return nil
        } catch let failure as IdentityFailure { return failure }
    }

    /// Why it refuses well signed claims; nil when it takes them.
    func refused(_ claims: TestClaims) async throws -> IdentityFailure? {
        let token = try await signed(claims)
        return try await refusal(token)
    }
}
