import Access
import Crypto
import Foundation
import HTTPTypes
import Identity
import JWTKit
import TestSupport
import Testing

/// The relying party beside the token: where it sends the browser, what it redeems, how it follows the provider's keys,
/// and how it bears a provider that is slow, huge or another.
@Suite struct OpenIDProviderTests {
    @Test func `The browser is sent out with state, nonce and the digest of a verifier that stays here`()
        async throws
    {
        try await Stage.run { (stage: Stage) async throws in
            let address = try await stage.provider.begin(stage.secrets)
            let query = URLComponents(string: address)?.queryItems ?? []
            func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
            #expect(address.hasPrefix("\(stage.issuer)/authorize?"))
            #expect(value("state") == stage.secrets.state && value("nonce") == stage.secrets.nonce)
            let digest = Stage.url(Array(SHA256.hash(data: Array(stage.secrets.verifier.utf8))))
            #expect(value("code_challenge") == digest && value("code_challenge_method") == "S256")
            #expect(value("redirect_uri") == "https://portail.hul.example/connexion/oidc/retour")
            #expect(value("response_type") == "code" && value("scope") == "openid profile email")
            #expect(!address.contains(stage.secrets.verifier) && !address.contains("s3cret"))
            _ = try await stage.finish(try await stage.signed(stage.claims))
            let body = try #require(stage.stub.use { $0.redeemed.first })
            #expect(body.contains("code_verifier=\(stage.secrets.verifier)") && !body.contains("s3cret"))
        }
    }

    @Test func `A new key is found, and invented ones are not asked for more than once a minute`()
        async throws
    {
        try await Stage.run { (stage: Stage) async throws in
            func fetches() -> Int { stage.stub.use { $0.keyFetches } }
            _ = try await stage.finish(try await stage.signed(stage.claims))
            #expect(fetches() == 1)
            stage.time.advance(seconds: 61)
            let fresh = ES256PrivateKey()
            try stage.publish(["one": stage.key, "two": fresh])
            _ = try await stage.finish(try await stage.signed(stage.claims, by: fresh, name: "two"))
            #expect(fetches() == 2)
            for number in 0..<50 {
                let made = try await stage.signed(
                    stage.claims, by: ES256PrivateKey(), name: "invented-\(number)")
                #expect(try await stage.refusal(made) == .rejected(.key))
            }
            #expect(fetches() == 2, "the minute is not over")
            stage.time.advance(seconds: 61)
            let late = try await stage.signed(stage.claims, by: ES256PrivateKey(), name: "invented")
            #expect(try await stage.refusal(late) == .rejected(.key))
            #expect(fetches() == 3)
        }
    }

    @Test func `A key that the provider has withdrawn proves nothing after an hour`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            _ = try await stage.finish(try await stage.signed(stage.claims))
            let fresh = ES256PrivateKey()
            try stage.publish(["two": fresh])
            stage.time.advance(minutes: 61)
            #expect(try await stage.refused(stage.claims) == .rejected(.key))
            _ = try await stage.finish(try await stage.signed(stage.claims, by: fresh, name: "two"))
        }
    }

    @Test func `Discovery that names another issuer, or none, or addresses in the clear, is not followed`()
        async throws
    {
        for said in ["https://evil.example", "", "http://localhost"] {
            try await Stage.run { (stage: Stage) async throws in
                stage.stub.use { $0.claimedIssuer = said }
                await #expect(throws: IdentityFailure.rejected(.issuer)) {
                    try await stage.provider.begin(stage.secrets)
                }
            }
        }
    }

    @Test func `The answer of another provider is not brought to this one`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let token = try await stage.signed(stage.claims)
            #expect(
                try await stage.refusal(token, query: ["code": "c", "iss": "https://evil.example"])
                    == .rejected(.issuer))
            #expect(try await stage.refusal(token, query: ["code": "c", "iss": stage.issuer]) == nil)
        }
        try await Stage.run { (stage: Stage) async throws in
            stage.stub.use { $0.extra = #","authorization_response_iss_parameter_supported":true"# }
            let refusal = try await stage.refused(stage.claims)
            #expect(refusal == .rejected(.issuer))
        }
    }

    @Test func `Who turns back is told so; a provider that fails is said to fail`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            func refused(_ query: [String: String]) async throws -> IdentityFailure? {
                try await stage.refusal("", query: query)
            }
            #expect(try await refused(["error": "access_denied"]) == .declined)
            #expect(try await refused([:]) == .declined)
            guard case .unavailable = try await refused(["error": "server_error"]) else {
                Issue.record("not unavailable")
                return
            }
            stage.stub.use { $0.tokenStatus = .badRequest }
            #expect(try await refused(["code": "c"]) == .rejected(.code))
            for status in [401, 500, 503, 429] {
                stage.stub.use { $0.tokenStatus = .init(code: status) }
                guard case .unavailable = try await refused(["code": "c"]) else {
                    Issue.record("\(status) is not unavailable")
                    return
                }
            }
        }
    }

    @Test func `A huge answer and a slow one end, and open nothing`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.stub.use { $0.bloat = 2 << 20 }
            guard case .unavailable = try await stage.refused(stage.claims) else {
                Issue.record("a huge answer was read")
                return
            }
            stage.stub.use { $0.bloat = 0 }
            #expect(try await stage.refused(stage.claims) == nil, "and then it goes on")
        }
        try await Stage.run(seconds: 1) { (stage: Stage) async throws in
            stage.stub.use { $0.delay = .seconds(20) }
            guard case .unavailable = try await stage.refused(stage.claims) else {
                Issue.record("a slow answer was waited for")
                return
            }
        }
    }

    @Test func `A class of authentication that the hospital demands is asked for and checked`() async throws {
        try await Stage.run(assurance: "urn:strong") { (stage: Stage) async throws in
            #expect(try await stage.provider.begin(stage.secrets).contains("acr_values=urn%3Astrong"))
            for (acr, expected) in [
                (nil, IdentityFailure.rejected(.assurance)), ("urn:weak", .rejected(.assurance)),
                ("urn:strong", nil),
            ] as [(String?, IdentityFailure?)] {
                var claims = stage.claims
                claims.acr = acr
                let refusal = try await stage.refused(claims)
                #expect(refusal == expected)
            }
        }
    }

    @Test func `Attributes that the token lacks come from the user info of the same person only`()
        async throws
    {
        try await Stage.run { (stage: Stage) async throws in
            var claims = stage.claims
            (claims.givenName, claims.familyName) = (nil, nil)
            stage.stub.use {
                $0.userInfo = #"{"sub":"s-1","given_name":"Claire","family_name":"Favre","gln":"x"}"#
            }
            let made = try await stage.signed(claims)
            let identity = try await stage.finish(made)
            #expect(identity.displayName == "Claire Favre" && identity.gln == "7601099000013")
            stage.stub.use { $0.userInfo = #"{"sub":"s-2","given_name":"Paul","family_name":"Jeanneret"}"# }
            #expect(try await stage.refused(claims) == .rejected(.malformed))
        }
    }

    @Test func `Codes of kinds, where the provider has them, tell a team from a person`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            var claims = stage.claims
            for (codes, kind) in [
                ([10], PersonKind.personal), ([0], .team), ([], .team), ([-1], .device), ([10, -1], .device),
            ] {
                claims.personcodes = codes
                let made = try await stage.signed(claims)
                let identity = try await stage.finish(made)
                #expect(identity.kind == kind, "\(codes)")
            }
        }
    }

    @Test func `The provider's own session ends where it offers that`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let address = try #require(await stage.provider.signOutAddress())
            #expect(
                address.hasPrefix("\(stage.issuer)/end?client_id=portal&post_logout_redirect_uri=https%3A"))
        }
    }

    @Test(arguments: [
        "http://login.hul.example", "ftp://localhost", "https://user@login.hul.example",
        "https://login.hul.example/#a",
        "login.hul.example", "", "https://login.hul.example/a b", "http://localhost.evil.example",
    ])
    func `An address in the clear or with something hidden in it is refused`(_ text: String) {
        #expect(throws: ProviderAddress.Invalid.self) { try ProviderAddress(text) }
    }
}
