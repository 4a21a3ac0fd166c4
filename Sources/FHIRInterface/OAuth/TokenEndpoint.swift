import Access
import FHIR
import Foundation
import HTTPTypes
import Hummingbird
import JWTKit
import Logging
import NIOCore

extension FHIRInterface {
    /// `POST /oauth/token`: client credentials with a signed assertion (SMART Backend Services,
    /// private_key_jwt). Each refusal is traced; who has not signed yet can bring them about as often as he
    /// likes, so they are counted an address and minute.
    func token<Context: RemoteAddressRequestContext>(_ request: Request, _ context: Context) async throws
        -> Response
    {
        let origin = origin(of: request, context)
        do {
            return try await issue(for: try await tokenRequest(request), origin)
        } catch let refusal as TokenRefusal {
            try await access.recordRepeatedRefusal(
                AuditEntry(
                    .tokenIssued, .refused, rule: refusal.rule,
                    object: refusal.client.map { .client($0) }), session: nil, origin: origin)
            return oauthError(refusal.code, refusal.status)
        } catch let error where isTemporary(error) {
            context.logger.warning("unavailable", metadata: ["error": "\(error)"])
            var response = oauthError("temporarily_unavailable", .serviceUnavailable)
            response.headers[.retryAfter] = "5"
            return response
        }
    }

    private func tokenRequest(_ request: Request) async throws -> FormFields {
        let limit = 64 << 10
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw TokenRefusal.tooLong
        }
        do {
            let buffer = try await Deadline.within(seconds: 10) {
                var request = request
                return try await request.collectBody(upTo: limit)
            }
            return FormFields(Array(buffer.readableBytesView))
        } catch is Deadline.Passed { throw TokenRefusal.tooSlow } catch { throw TokenRefusal.tooLong }
    }

    private func issue(for fields: FormFields, _ origin: RequestOrigin) async throws -> Response {
        guard fields["grant_type"] == "client_credentials" else { throw TokenRefusal.otherGrant }
        guard fields["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            let assertion = fields["client_assertion"], assertion.utf8.count <= 16 << 10
        else { throw TokenRefusal.malformed }
        guard let (client, claims) = try await verified(assertion) else { throw TokenRefusal.assertion }
        let asked = Scope.parse(fields["scope"] ?? "")
        guard !asked.intersection(client.scopes).isEmpty else { throw TokenRefusal.scope(client.id) }
        let expires = Timestamp(rawValue: Int64(claims.exp.value.timeIntervalSince1970 * 1000))
        let issued = try await access.issueToken(
            to: client, asking: asked, assertion: (claims.jti.value, expires), origin: origin)
        guard let issued else { throw TokenRefusal.replayed(client.id) }
        let json: JSON = [
            "access_token": .string(issued.token), "token_type": "bearer",
            "expires_in": .number(String(issued.lifetime)), "scope": .string(Scope.text(issued.scopes)),
        ]
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    /// The client and its claims, if the assertion is signed with one of its keys, is meant for us, and is
    /// fresh.
    private func verified(_ assertion: String) async throws -> (Client, ClientAssertion)? {
        let keys = JWTKeyCollection()
        guard let header = Self.header(of: assertion), ["RS384", "ES384"].contains(header["alg"]?.text),
            let unverified = try? await keys.unverified(assertion, as: ClientAssertion.self),
            Self.isPlain(unverified.iss.value),
            let client = try await access.client(Client.ID(rawValue: unverified.iss.value)),
            Self.hasKey(header["kid"]?.text, client)
        else { return nil }
        do {
            try await keys.add(jwksJSON: client.jwks)
            let claims = try await keys.verify(assertion, as: ClientAssertion.self)
            try claims.check(client: client.id.rawValue, audience: settings.tokenURL, now: access.clock.now())
            return (client, claims)
        } catch { return nil }
    }

    /// What the assertion says of its own signature: only RS384 and ES384 are taken (never `none` or HS*),
    /// before any key is looked at.
    private static func header(of token: String) -> JSON? {
        guard let first = token.split(separator: ".", omittingEmptySubsequences: false).first else {
            return nil
        }
        let standard = String(first).replacing("-", with: "+").replacing("_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let bytes = try? Base64.decode(padded) else { return nil }
        return try? JSON.read(bytes, limits: JSONLimits(totalBytes: 4096))
    }

    /// Whether the client has a key of this name. JWTKit would try the other keys in its place.
    private static func hasKey(_ name: String?, _ client: Client) -> Bool {
        let keys = try? JSON.read(Array(client.jwks.utf8), limits: JSONLimits(totalBytes: 1 << 20))
        return name != nil && keys?["keys"]?.items.contains { $0["kid"]?.text == name } == true
    }

    /// Printable ASCII: no database has to take a NUL from a stranger.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private func oauthError(_ code: String, _ status: HTTPResponse.Status) -> Response {
        let json: JSON = ["error": .string(code)]
        return Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}

/// The claims of a client assertion (RFC 7523).
struct ClientAssertion: JWTPayload {
    let iss: IssuerClaim
    let sub: SubjectClaim
    let aud: AudienceClaim
    let exp: ExpirationClaim
    let jti: IDClaim

    func verify(using algorithm: some JWTAlgorithm) async throws {}

    /// Issuer and subject are the client, the audience is our token address, and it lives at most five
    /// minutes more; 60 s of clock error are allowed.
    func check(client: String, audience: String, now: Timestamp) throws {
        let seconds = Double(now.rawValue) / 1000
        let left = exp.value.timeIntervalSince1970 - seconds
        guard iss.value == client, sub.value == client, aud.value == [audience], left > -60, left <= 360,
            (1...200).contains(jti.value.utf8.count), jti.value.utf8.allSatisfy({ $0 >= 0x20 })
        else { throw JWTError.claimVerificationFailure(failedClaim: exp, reason: "not for us, here and now") }
    }
}

/// The fields of a form, decoded by bytes; the first of each name counts.
struct FormFields {
    private var fields: [String: String] = [:]

    init(_ body: [UInt8]) {
        for (name, value) in Self.pairs(body) where fields[name] == nil { fields[name] = value }
    }

    /// All fields in their order; what cannot be decoded is left out.
    static func pairs(_ body: [UInt8]) -> [(name: String, value: String)] {
        body.split(separator: UInt8(ascii: "&")).prefix(50).compactMap { pair in
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts.map { String(decoding: $0, as: UTF8.self).replacing("+", with: " ") }
            guard words.count == 2, let name = words[0].removingPercentEncoding,
                let value = words[1].removingPercentEncoding
            else { return nil }
            return (name, value)
        }
    }
    subscript(name: String) -> String? { fields[name] }
}
