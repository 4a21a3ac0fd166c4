import Access
import Crypto
import Foundation

/// How the portal proves to the record system who it is.
public enum RecordCredentials: Sendable {
    /// By its certificate, or not at all on this machine.
    case connection
    /// A bearer token in a file, read each time: it may be exchanged while the portal runs.
    case bearer(file: String)
    /// SMART Backend Services: an assertion signed with our key buys a token.
    case smart(SMARTCredentials)
}

/// What the portal is to the record system's token endpoint.
public struct SMARTCredentials: Sendable {
    let client: String
    let tokenURL: GatewayAddress
    let key: P384.Signing.PrivateKey
    let keyID: String
    let scope: String

    /// - Parameter key: PEM of a P-384 key.
    /// - Throws: when the key is none.
    public init(
        client: String, tokenURL: GatewayAddress, key pem: String, keyID: String,
        scope: String = "system/AuditEvent.c"
    ) throws {
        self.client = client
        self.tokenURL = tokenURL
        self.keyID = keyID
        self.scope = scope
        key = try P384.Signing.PrivateKey(pemRepresentation: pem)
    }

    /// A client assertion (RFC 7523), ES384.
    func assertion(id: String, at now: Timestamp) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = try encoder.encode(["alg": "ES384", "kid": keyID, "typ": "JWT"])
        let claims = try encoder.encode(
            Claims(
                iss: client, sub: client, aud: tokenURL.text, exp: now.rawValue / 1000 + 240, jti: id))
        let text = Self.base64URL(header) + "." + Self.base64URL(claims)
        let signature = try key.signature(for: Data(text.utf8))
        return text + "." + Self.base64URL(signature.rawRepresentation)
    }

    /// - Returns: the token, and for how many seconds it is good.
    func token(over connection: RecordConnection, at now: Timestamp) throws -> (token: String, seconds: Int) {
        let assertion = try assertion(id: RandomText.identifier(), at: now)
        let form = [
            "grant_type=client_credentials",
            "scope=\(scope.replacing("/", with: "%2F").replacing(" ", with: "%20"))",
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
            "client_assertion=\(assertion)",
        ].joined(separator: "&")
        let (status, answer) = try connection.post(
            Array(form.utf8), to: tokenURL.text,
            headers: ["Content-Type: application/x-www-form-urlencoded", "Accept: application/json"])
        guard status == 200, let issued = try? JSONDecoder().decode(Issued.self, from: Data(answer)),
            !issued.token.isEmpty, issued.token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw RecordFailure.unavailable(status: status, "no token") }
        return (issued.token, min(max(issued.seconds ?? 60, 0), 3600))
    }

    private struct Claims: Encodable {
        let iss: String
        let sub: String
        let aud: String
        let exp: Int64
        let jti: String
    }

    private struct Issued: Decodable {
        let token: String
        let seconds: Int?

        enum CodingKeys: String, CodingKey {
            case token = "access_token"
            case seconds = "expires_in"
        }
    }

    private static func base64URL(_ bytes: some DataProtocol) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}

/// The token in hand; a new one is bought before it ends.
actor RecordToken {
    private var held: (token: String, until: Timestamp)?

    func current(at now: Timestamp) -> String? {
        guard let held, held.until > now else { return nil }
        return held.token
    }

    func keep(_ token: String, until: Timestamp) { held = (token, until) }

    func drop() { held = nil }
}
