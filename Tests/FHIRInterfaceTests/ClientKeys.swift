import Access
import Crypto
import Foundation
import JWTKit
import TestSupport

/// The claims of an assertion, right unless a test says otherwise.
struct Claims: JWTPayload {
    var iss = "dpi"
    var sub = "dpi"
    var aud = [TokenTests.address]
    var exp = TokenTests.now + 240
    var jti = UUID().uuidString

    func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// The keys of a client called «dpi»: one of each kind it may use, and some it may not.
struct ClientKeys: Sendable {
    private let keys: JWTKeyCollection
    private let publicPEM: String

    /// Registers the client with the public halves of its two good keys.
    static func register(_ portal: TestPortal) async throws -> ClientKeys {
        let (curve, rsa) = (ES384PrivateKey(), try Insecure.RSA.PrivateKey(pem: Self.rsaKey.get()))
        let keys = JWTKeyCollection()
        await keys.add(ecdsa: curve, kid: "ec-1").add(rsa: rsa, digestAlgorithm: .sha384, kid: "rsa-1")
        await keys.add(ecdsa: ES384PrivateKey(), kid: "stranger").add(ecdsa: ES256PrivateKey(), kid: "weak")
        let (point, numbers) = (curve.publicKey.parameters, try rsa.publicKey.getKeyPrimitives())
        let jwks = """
            {"keys":[{"kty":"EC","crv":"P-384","alg":"ES384","use":"sig","kid":"ec-1",\
            "x":"\(urlSafe(point?.x ?? ""))","y":"\(urlSafe(point?.y ?? ""))"},\
            {"kty":"RSA","alg":"RS384","use":"sig","kid":"rsa-1",\
            "n":"\(urlSafe(numbers.modulus.base64EncodedString()))",\
            "e":"\(urlSafe(numbers.publicExponent.base64EncodedString()))"}]}
            """
        try await portal.access.registerClient(
            Client(
                id: Client.ID(rawValue: "dpi"), name: "Dossier patient", jwks: jwks,
                scopes: Scope.parse("system/DocumentReference.c")))
        return ClientKeys(keys: keys, publicPEM: curve.publicKey.pemRepresentation)
    }

    /// Signs with the key `kid`, and says it was the key `name`.
    func sign(_ claims: Claims, kid: String, named name: String? = nil) async throws -> String {
        guard let name else { return try await keys.sign(claims, kid: JWKIdentifier(string: kid)) }
        let algorithm = try await keys.getKey(for: JWKIdentifier(string: kid))
        let head = Self.part(["alg": algorithm.name, "typ": "JWT", "kid": name])
        let text = "\(head).\(try Self.part(claims))"
        return "\(text).\(Self.urlSafe(Data(try algorithm.sign(Data(text.utf8))).base64EncodedString()))"
    }

    /// `alg: none`.
    func unsigned(_ claims: Claims) throws -> String {
        "\(Self.part(["alg": "none", "typ": "JWT", "kid": "ec-1"])).\(try Self.part(claims))."
    }

    /// Signed with the public key as if it were a shared secret.
    func symmetric(_ claims: Claims, _ algorithm: String) throws -> String {
        let text = "\(Self.part(["alg": algorithm, "typ": "JWT", "kid": "ec-1"])).\(try Self.part(claims))"
        let key = SymmetricKey(data: Data(publicPEM.utf8))
        let mac =
            algorithm == "HS256"
            ? Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
            : Data(HMAC<SHA384>.authenticationCode(for: Data(text.utf8), using: key))
        return "\(text).\(Self.urlSafe(mac.base64EncodedString()))"
    }

    private static func part(_ head: [String: String]) -> String {
        urlSafe(((try? JSONEncoder().encode(head)) ?? Data()).base64EncodedString())
    }

    private static func part(_ claims: Claims) throws -> String {
        urlSafe(try JSONEncoder().encode(claims).base64EncodedString())
    }

    private static func urlSafe(_ standard: String) -> String {
        standard.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static let rsaKey = Result { try rsa() }

    /// A fresh RSA key of 2048 bits, made by the openssl command.
    private static func rsa() throws -> String {
        let openssl = Process()
        let output = Pipe()
        openssl.executableURL = URL(filePath: "/usr/bin/openssl")
        openssl.arguments = ["genrsa", "2048"]
        openssl.standardOutput = output
        openssl.standardError = Pipe()
        try openssl.run()
        let pem = output.fileHandleForReading.readDataToEndOfFile()
        openssl.waitUntilExit()
        return String(decoding: pem, as: UTF8.self)
    }
}
