import Access
import CCurl
import Curl
import Foundation
import Identity
import TestSupport
import Testing

/// HIN's Authservice, played by `Tests/infra/hin_authservice.py` over TLS: the three requests of its manual.
@Suite(.enabled(if: TestServer.isWanted(needing: TestServer.python))) struct AuthserviceTests {
    /// The service, and the portal's side of it.
    private final class HIN: Sendable {
        let server: TestServer
        let provider: AuthserviceProvider
        let secrets = SignInSecrets(returnTo: "")

        init(token: String = "hin-token", domain: String = "hin.ch", seconds: Int = 10) throws {
            server = try TestServer("hin_authservice.py")
            provider = AuthserviceProvider(
                base: try ProviderAddress("https://localhost:\(server.port)"), bearer: token,
                returnAddress: "https://portail.hul.example/connexion/hin/retour", loginDomain: domain,
                line: ProviderLine(authority: server.authority, seconds: seconds))
        }

        func bend(_ mode: String) throws {
            try mode.write(toFile: server.folder + "/mode", atomically: true, encoding: .utf8)
        }

        /// What the browser brings back after signing in there as somebody.
        func browse(as person: String?) async throws -> BrowserReturn {
            var address = try await provider.begin(secrets)
            if let person { address += "&as=\(person)" }
            guard let curl = CurlHandle() else { throw TestFailure("no curl") }
            curl.set(CURLOPT_URL, address)
            curl.set(CURLOPT_CAINFO, server.authority)
            _ = curl.perform(sending: [], answerLimit: 1000)
            let back = URLComponents(string: curl.header("Location") ?? "")?.queryItems ?? []
            return BrowserReturn(
                query: Dictionary(back.map { ($0.name, $0.value ?? "") }) { first, _ in first })
        }

        func finish(as person: String?) async throws -> ForeignIdentity {
            try await provider.finish(try await browse(as: person), secrets)
        }

        func refusal(_ work: () async throws -> Void) async throws -> IdentityFailure? {
            do {
                try await work()
                return nil
            } catch let failure as IdentityFailure { return failure }
        }
    }

    @Test func `A personal identity comes with its attributes and its level`() async throws {
        let hin = try HIN()
        let muster = try await hin.finish(as: "muster")
        #expect(muster.subject == "musterh" && muster.issuer == "https://localhost:\(hin.server.port)")
        #expect(muster.displayName == "Hans Muster" && muster.gln == "7601999000045")
        #expect(muster.level == .epdg && muster.personCodes == [10] && muster.kind == .personal)
        #expect(try await hin.finish(as: "favre").level == .plus, "codes as numbers too")
        let requests = hin.server.text(of: "authservice.jsonl")
        #expect(
            requests.contains("style=redirect") && requests.contains("connexion%2Fhin%2Fretour%3Fstate%3D"))
        #expect(!requests.contains(hin.secrets.nonce) && !requests.contains(hin.secrets.verifier))
    }

    @Test func `A team, a device and somebody without codes are told apart; without a name there is nobody`()
        async throws
    {
        let hin = try HIN()
        #expect(try await hin.finish(as: "team").kind == .team)
        #expect(try await hin.finish(as: "device").kind == .device)
        let bare = try await hin.finish(as: "bare")
        #expect(
            bare.kind == .team && bare.level == .basic && bare.gln == nil, "what is missing is the lowest")
        #expect(try await hin.refusal { _ = try await hin.finish(as: "nobody") } == .rejected(.malformed))
    }

    @Test func `Without an active client there is no code; a code works once; an invented one never`()
        async throws
    {
        let hin = try HIN()
        #expect(try await hin.refusal { _ = try await hin.finish(as: nil) } == .declined)
        let back = try await hin.browse(as: "muster")
        _ = try await hin.provider.finish(back, hin.secrets)
        let again = try await hin.refusal { _ = try await hin.provider.finish(back, hin.secrets) }
        #expect(again == .rejected(.code))
        for code in ["invented", "a b", "\u{0}", String(repeating: "a", count: 3000)] {
            let made = BrowserReturn(query: ["code": code])
            #expect(
                try await hin.refusal { _ = try await hin.provider.finish(made, hin.secrets) }
                    == .rejected(.code),
                "\(code.prefix(10))")
        }
    }

    @Test func `The browser is sent to HIN's pages and nowhere else`() async throws {
        let hin = try HIN()
        try hin.bend("redirect")
        #expect(
            try await hin.provider.begin(hin.secrets).hasPrefix("https://localhost:\(hin.server.port)/login?")
        )
        try hin.bend("elsewhere")
        guard case .unavailable = try await hin.refusal({ _ = try await hin.provider.begin(hin.secrets) })
        else {
            Issue.record("the browser was sent to another host")
            return
        }
    }

    @Test func `A service that is down, broken, slow, endless or refuses our token is unavailable`()
        async throws
    {
        let hin = try HIN(seconds: 2)
        for mode in ["down", "broken", "slow", "huge"] {
            try hin.bend(mode)
            let failure = try await hin.refusal { _ = try await hin.provider.begin(hin.secrets) }
            guard case .unavailable = failure else {
                Issue.record("\(mode): \(String(describing: failure))")
                continue
            }
        }
        let stranger = try HIN(token: "another")
        guard
            case .unavailable = try await stranger.refusal({
                _ = try await stranger.provider.begin(stranger.secrets)
            })
        else {
            Issue.record("it did not refuse")
            return
        }
    }

    @Test func `A domain is compared by whole labels`() throws {
        let wanted = ["hin.ch", "apps.hin.ch", "HIN.ch"]
        for host in wanted {
            #expect(try ProviderAddress("https://\(host)/a").isInDomain("hin.ch"), "\(host)")
        }
        for host in ["evilhin.ch", "hin.ch.evil.example", "ch", "hin.chx"] {
            #expect(try !ProviderAddress("https://\(host)/a").isInDomain("hin.ch"), "\(host)")
        }
    }
}
