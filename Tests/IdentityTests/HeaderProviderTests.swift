import Access
import Identity
import TestSupport
import Testing

/// The access gateway's header fields: believed on its own connections, with its secret, and nowhere else.
@Suite struct HeaderProviderTests {
    private let secret = "un-secret-assez-long-pour-la-passerelle"
    private let secrets = SignInSecrets(returnTo: "")

    private func provider(_ names: AttributeNames = .fields) -> HeaderProvider {
        HeaderProvider(
            gateway: "192.0.2.7", secret: secret, issuer: "acs.hin.example", names: names,
            returnAddress: "https://portail.hul.example/connexion/acces/retour")
    }

    private var fields: [String: [String]] {
        [
            "x-gateway-secret": [secret], "x-hin-id": ["cfavre"], "x-hin-gln": ["7601099000013"],
            "x-hin-firstname": ["Claire"], "x-hin-lastname": ["Favre"], "x-hin-verificationlevel": ["20"],
            "x-hin-personcodes": ["10, 1"], "x-hin-email": ["claire.favre@hin.example"],
        ]
    }

    private func refusal(
        peer: String = "192.0.2.7", _ change: (inout [String: [String]]) -> Void = { _ in }
    ) async throws -> IdentityFailure? {
        var fields = fields
        change(&fields)
        do {
            _ = try await provider().finish(BrowserReturn(query: [:], fields: fields, peer: peer), secrets)
            return nil
        } catch let failure as IdentityFailure { return failure }
    }

    @Test func `The gateway tells who it is`() async throws {
        let back = BrowserReturn(query: [:], fields: fields, peer: "192.0.2.7")
        let identity = try await provider().finish(back, secrets)
        #expect(identity.subject == "cfavre" && identity.issuer == "acs.hin.example")
        #expect(identity.level == .epdg && identity.kind == .personal && identity.personCodes == [10, 1])
        #expect(
            try await provider().begin(secrets)
                == "https://portail.hul.example/connexion/acces/retour?state=\(secrets.state)")
    }

    @Test func `Anybody else, or the gateway without its secret, is not believed`() async throws {
        for peer in ["192.0.2.8", "127.0.0.1", "", "192.0.2.70", "192.0.2.7 "] {
            #expect(try await refusal(peer: peer) == .rejected(.gateway), "\(peer)")
        }
        #expect(try await refusal { $0["x-gateway-secret"] = nil } == .rejected(.gateway))
        #expect(try await refusal { $0["x-gateway-secret"] = [""] } == .rejected(.gateway))
        #expect(try await refusal { $0["x-gateway-secret"]?[0] += "x" } == .rejected(.gateway))
        #expect(try await refusal { $0["x-gateway-secret"]?.append("other") } == .rejected(.gateway))
        // what a client has added beside what the gateway says
        #expect(try await refusal { $0["x-hin-id"]?.append("admin") } == .rejected(.malformed))
        #expect(try await refusal { $0["x-hin-gln"]?.append("7601999000014") } == .rejected(.malformed))
        #expect(try await refusal { $0["x-hin-id"] = nil } == .declined)
        #expect(
            try await refusal { $0["x-hin-id"] = [String(repeating: "a", count: 201)] }
                == .rejected(.malformed))
        #expect(try await refusal() == nil)
    }

    @Test func `Without codes it is not known to be one person's`() async throws {
        var fields = fields
        fields["x-hin-personcodes"] = nil
        let back = BrowserReturn(query: [:], fields: fields, peer: "192.0.2.7")
        #expect(try await provider().finish(back, secrets).kind == .team)
    }

    @Test func `The names of the fields are configuration`() async throws {
        let names = try #require(AttributeNames.fields.replaced(by: "subject=X-Remote-User, gln=X-GLN"))
        var fields = fields
        fields["x-remote-user"] = ["favre"]
        fields["x-gln"] = ["7601999000014"]
        let back = BrowserReturn(query: [:], fields: fields, peer: "192.0.2.7")
        let identity = try await provider(names).finish(back, secrets)
        #expect(identity.subject == "favre" && identity.gln == "7601999000014")
        for wrong in ["subject", "who=me", "subject=", "subject=a=b", "subject=a b"] {
            #expect(AttributeNames.fields.replaced(by: wrong) == nil, "\(wrong)")
        }
    }
}
