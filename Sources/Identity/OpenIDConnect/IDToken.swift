import Access
import FHIR
import Foundation
import JWTKit

/// A signed statement of the provider about who has signed in (OpenID Connect Core 1.0, 2 and 3.1.3.7).
struct IDToken: Sendable {
    let claims: JSON

    var subject: String { claims["sub"]?.text ?? "" }
    var authenticatedAt: Int64? { claims["auth_time"]?.wholeNumber.map(Int64.init) }

    /// Clocks differ by so many seconds at most.
    static let tolerance: Int64 = 60

    /// Checks signature and claims.
    /// - Throws: `IdentityFailure`.
    init(
        _ token: String, keys: ProviderKeys, at address: ProviderAddress, for expected: Expected,
        now: Timestamp
    ) async throws {
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, token.utf8.count <= 32 << 10, parts.allSatisfy({ !$0.isEmpty }),
            let header = Self.json(parts[0]), let claims = Self.json(parts[1])
        else { throw IdentityFailure.rejected(.malformed) }
        guard let algorithm = header["alg"]?.text, ProviderKeys.algorithms.contains(algorithm) else {
            throw IdentityFailure.rejected(.algorithm)
        }
        // keys come from where we look for them, never from the token; what is critical we do not know
        for name in ["jku", "jwk", "x5u", "x5c", "crit"] where header[name] != nil {
            throw IdentityFailure.rejected(.key)
        }
        guard let name = header["kid"]?.text else { throw IdentityFailure.rejected(.key) }
        let collection = try await keys.key(name, algorithm, at: address)
        do { _ = try await collection.verify(token, as: AnyClaims.self) } catch {
            throw IdentityFailure.rejected(.signature)
        }
        self.claims = claims
        try check(expected, now: now)
    }

    /// What a token must say to be meant for us, here and now.
    struct Expected: Sendable {
        let issuer: String
        let client: String
        let nonce: String
        /// A class of authentication that the hospital demands; nil for any.
        let assurance: String?
    }

    private func check(_ expected: Expected, now: Timestamp) throws(IdentityFailure) {
        guard let issuer = claims["iss"]?.text, Array(issuer.utf8) == Array(expected.issuer.utf8) else {
            throw .rejected(.issuer)
        }
        let single = claims["aud"]?.text
        let audience = single.map { [$0] } ?? claims["aud"]?.items.compactMap(\.text) ?? []
        guard audience.contains(expected.client) else { throw .rejected(.audience) }
        if let party = claims["azp"] {
            guard party.text == expected.client else { throw .rejected(.authorisedParty) }
        } else if audience.count > 1 {
            throw .rejected(.authorisedParty)
        }
        guard let nonce = claims["nonce"]?.text, areEqualSecrets(nonce, expected.nonce) else {
            throw .rejected(.nonce)
        }
        let seconds = now.rawValue / 1000
        guard let ends = moment("exp"), let issued = moment("iat") else { throw .rejected(.malformed) }
        guard ends > seconds - Self.tolerance else { throw .rejected(.expired) }
        guard issued <= seconds + Self.tolerance,
            moment("nbf").map({ $0 <= seconds + Self.tolerance }) ?? true
        else { throw .rejected(.notYet) }
        // one sign-in takes minutes: an older token is another's
        guard issued > seconds - 3600 else { throw .rejected(.expired) }
        if let assurance = expected.assurance, claims["acr"]?.text != assurance {
            throw .rejected(.assurance)
        }
    }

    /// Seconds since 1970, without fraction.
    private func moment(_ name: String) -> Int64? {
        guard case .number(let text) = claims[name] else { return nil }
        return text.split(separator: ".").first.flatMap { Int64($0) }
    }

    private static func json(_ part: Substring.UTF8View) -> JSON? {
        let text = String(Substring(part)).replacing("-", with: "+").replacing("_", with: "/")
        let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let bytes = Data(base64Encoded: padded) else { return nil }
        var limits = JSONLimits(totalBytes: 32 << 10)
        limits.values = 1000
        return try? JSON.read(Array(bytes), limits: limits)
    }
}

/// The signature is the collection's affair; what the claims say is read by our own reader from the same bytes.
private struct AnyClaims: JWTPayload {
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
