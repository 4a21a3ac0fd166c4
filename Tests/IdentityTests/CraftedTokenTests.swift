import Access
import Crypto
import Foundation
import Identity
import JWTKit
import TestSupport
import Testing

/// Class 11: an assertion whose signature is not checked. None of these is accepted.
@Suite struct CraftedTokenTests {
    @Test func `A token for us, here and now is accepted, with its attributes`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let identity = try await stage.finish(try await stage.signed(stage.claims))
            #expect(identity.issuer == stage.issuer && identity.subject == "s-1")
            #expect(identity.gln == "7601099000013" && identity.displayName == "Claire Favre")
            #expect(identity.level == .basic, "what is not said is the lowest")
            #expect(identity.kind == .personal)
        }
    }

    @Test func `Each claim that is another's refuses, and says which`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            func refused(_ change: (inout TestClaims) -> Void) async throws -> IdentityFailure? {
                var claims = stage.claims
                change(&claims)
                return try await stage.refused(claims)
            }
            let now = Int(stage.time.now.rawValue / 1000)
            #expect(try await refused { $0.iss = "https://evil.example" } == .rejected(.issuer))
            #expect(try await refused { $0.iss += "/" } == .rejected(.issuer))
            #expect(try await refused { $0.aud = "other" } == .rejected(.audience))
            #expect(
                try await refused { $0.aud = AudienceClaim(value: ["portal", "other"]) }
                    == .rejected(.authorisedParty))
            #expect(try await refused { $0.azp = "other" } == .rejected(.authorisedParty))
            #expect(try await refused { $0.nonce = "another" } == .rejected(.nonce))
            #expect(try await refused { $0.nonce = nil } == .rejected(.nonce))
            #expect(try await refused { $0.exp = now - 61 } == .rejected(.expired))
            #expect(try await refused { $0.iat = now - 7200 } == .rejected(.expired))
            #expect(try await refused { $0.iat = now + 120 } == .rejected(.notYet))
            #expect(try await refused { $0.nbf = now + 120 } == .rejected(.notYet))
            #expect(try await refused { $0.sub = "" } == .rejected(.malformed))
            #expect(try await refused { $0.sub = "a\u{0}b" } != nil)
            #expect(try await refused { $0.exp = now - 59 } == nil, "clocks may differ by a minute")
            #expect(
                try await refused {
                    $0.aud = AudienceClaim(value: ["portal", "other"])
                    $0.azp = "portal"
                } == nil)
        }
    }

    @Test func `No signature, a shared secret's, another key's or a foreign one's is taken`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let good = try await stage.signed(stage.claims)
            let parts = good.split(separator: ".").map(String.init)
            func token(_ header: String, _ signature: String) -> String {
                "\(Stage.url(Array(header.utf8))).\(parts[1]).\(signature)"
            }
            #expect(
                try await stage.refusal(token(#"{"alg":"none","kid":"one"}"#, "")) == .rejected(.malformed))
            for word in ["none", "None", "NONE", "HS256", "HS384", "", "ES256K"] {
                let made = token(#"{"alg":"\#(word)","kid":"one"}"#, parts[2])
                #expect(try await stage.refusal(made) == .rejected(.algorithm), "\(word)")
            }
            // the published key, used as if it were a shared secret
            let header = Stage.url(Array(#"{"alg":"HS256","kid":"one"}"#.utf8))
            let mac = HMAC<SHA256>.authenticationCode(
                for: Array("\(header).\(parts[1])".utf8),
                using: SymmetricKey(data: Array(stage.key.publicKey.pemRepresentation.utf8)))
            #expect(
                try await stage.refusal("\(header).\(parts[1]).\(Stage.url(Array(mac)))")
                    == .rejected(.algorithm))
            // an EC key asked to check an RSA signature
            #expect(
                try await stage.refusal(token(#"{"alg":"RS256","kid":"one"}"#, parts[2])) == .rejected(.key))
            #expect(try await stage.refusal("\(parts[0]).\(parts[1]).") == .rejected(.malformed), "stripped")
            #expect(try await stage.refusal(good + "A") == .rejected(.signature))
            let other = try await stage.signed(stage.claims, by: ES256PrivateKey())
            #expect(try await stage.refusal(other) == .rejected(.signature), "our key's name, another's key")
            let unknown = try await stage.signed(stage.claims, by: ES256PrivateKey(), name: "two")
            #expect(try await stage.refusal(unknown) == .rejected(.key))
            #expect(
                try await stage.refusal(token(#"{"alg":"ES256"}"#, parts[2])) == .rejected(.key), "no name")
            for rubbish in [
                "", "a.b.c", "....", "\(parts[0]).\(parts[1])", String(repeating: "a.", count: 10_000),
            ] {
                #expect(try await stage.refusal(rubbish) == .rejected(.malformed), "\(rubbish.prefix(10))")
            }
        }
    }

    @Test func `A token does not say where its key is`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let thief = ES256PrivateKey()
            for name in ["jku", "x5u", "jwk", "x5c", "crit"] {
                var header = JWTHeader()
                header[dynamicMember: name] = .string("\(stage.issuer)/stolen")
                let made = try await stage.signed(stage.claims, by: thief, header: header)
                #expect(try await stage.refusal(made) == .rejected(.key), "\(name)")
                let own = try await stage.signed(stage.claims, header: header)
                #expect(try await stage.refusal(own) == .rejected(.key), "\(name), well signed")
            }
            #expect(stage.stub.use { $0.keyFetches } == 0, "nothing was fetched because of them")
        }
    }

    @Test func `A key for encryption, or one that stands there twice, proves nothing`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let token = try await stage.signed(stage.claims)
            try stage.publish(["one": stage.key], extra: #","use":"enc""#)
            #expect(try await stage.refusal(token) == .rejected(.key))
        }
        try await Stage.run { (stage: Stage) async throws in
            let twice = [try Stage.jwk(stage.key, "one"), try Stage.jwk(ES256PrivateKey(), "one")]
            stage.stub.use { $0.jwks = #"{"keys":[\#(twice.joined(separator: ","))]}"# }
            #expect(try await stage.refused(stage.claims) == .rejected(.key))
        }
    }
}
