import Access
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JWTKit
import NIOCore
import Storage
import TestSupport
import Testing

/// `POST /oauth/token`: SMART Backend Services with `private_key_jwt`, and everything that is not it.
@Suite struct TokenTests {
    static let address = "https://portail.hul.example/oauth/token"
    static let now = 1_795_161_600.0

    @Test func `A client that signs with its EC or RSA key gets a token of five minutes`() async throws {
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        try await portal.application.test(.router) { client in
            for kid in ["ec-1", "rsa-1"] {
                let answer = try await ask(client, try await keys.sign(Claims(), kid: kid))
                #expect(answer.status == 200)
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.json["token_type"] as? String == "bearer")
                #expect(answer.json["expires_in"] as? Int == 300)
                #expect(answer.json["scope"] as? String == "system/DocumentReference.c")
                let token = try #require(answer.json["access_token"] as? String)
                #expect(token.utf8.count == 64)
                let hospital = Hospital(client: client, token: token)
                #expect(
                    try await hospital.send(.post, "/fhir/DocumentReference", body: [0x7B, 0x7D]).status
                        == 400)
                let other = try await hospital.send(.get, "/fhir/DocumentReference/x").status
                #expect(other == 403)
            }
            let tokens = try await portal.rows("access_token WHERE client_id = 'dpi'")
            #expect(tokens == 2)
        }
    }

    @Test func `A token ends after five minutes`() async throws {
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        try await portal.application.test(.router) { client in
            let answer = try await ask(client, try await keys.sign(Claims(), kid: "ec-1"))
            let hospital = Hospital(client: client, token: answer.json["access_token"] as? String)
            portal.time.advance(seconds: 299)
            let young = try await hospital.send(.post, "/fhir/DocumentReference", body: [0x7B, 0x7D]).status
            #expect(young == 400)
            portal.time.advance(seconds: 1)
            let old = try await hospital.send(.post, "/fhir/DocumentReference", body: [0x7B, 0x7D]).status
            #expect(old == 401)
        }
    }

    @Test func `Only what is registered is granted`() async throws {
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        try await portal.application.test(.router) { client in
            let all = "system/DocumentReference.cruds system/Patient.r system/Consent.u user/*.*"
            let some = try await ask(client, try await keys.sign(Claims(), kid: "ec-1"), scope: all)
            #expect(some.json["scope"] as? String == "system/DocumentReference.c")
            for scope in ["", "system/Patient.r", "openid", "system/*.c"] {
                let none = try await ask(client, try await keys.sign(Claims(), kid: "ec-1"), scope: scope)
                #expect(none.status == 400 && none.json["error"] as? String == "invalid_scope")
            }
        }
    }

    /// An assertion with one thing wrong.
    static let wrong: [(String, @Sendable (ClientKeys) async throws -> String)] = [
        (
            "another audience",
            { try await $0.sign(Claims(aud: ["https://elsewhere.example/oauth/token"]), kid: "ec-1") }
        ),
        (
            "two audiences",
            { try await $0.sign(Claims(aud: [address, "https://elsewhere.example"]), kid: "ec-1") }
        ),
        ("over for more than a minute", { try await $0.sign(Claims(exp: now - 61), kid: "ec-1") }),
        ("valid for more than five minutes", { try await $0.sign(Claims(exp: now + 361), kid: "ec-1") }),
        ("valid for ever", { try await $0.sign(Claims(exp: 1e15), kid: "ec-1") }),
        ("another subject", { try await $0.sign(Claims(sub: "demo"), kid: "ec-1") }),
        ("an unknown client", { try await $0.sign(Claims(iss: "nobody", sub: "nobody"), kid: "ec-1") }),
        ("another client's name", { try await $0.sign(Claims(iss: "demo", sub: "demo"), kid: "ec-1") }),
        ("no identifier", { try await $0.sign(Claims(jti: ""), kid: "ec-1") }),
        (
            "a long identifier",
            { try await $0.sign(Claims(jti: String(repeating: "j", count: 201)), kid: "ec-1") }
        ),
        ("an unknown key identifier", { try await $0.sign(Claims(), kid: "ec-1", named: "ec-9") }),
        ("the key of somebody else", { try await $0.sign(Claims(), kid: "stranger", named: "ec-1") }),
        (
            "an RSA signature under the EC key's name",
            { try await $0.sign(Claims(), kid: "rsa-1", named: "ec-1") }
        ),
        ("ES256", { try await $0.sign(Claims(), kid: "weak", named: "ec-1") }),
        ("no signature", { try $0.unsigned(Claims()) }),
        ("HS256 with the public key", { try $0.symmetric(Claims(), "HS256") }),
        ("HS384 with the public key", { try $0.symmetric(Claims(), "HS384") }),
        (
            "a signature of other claims",
            { keys in
                let parts = try await keys.sign(Claims(), kid: "ec-1").split(separator: ".")
                let other = try await keys.sign(Claims(jti: "other"), kid: "ec-1").split(separator: ".")
                return "\(parts[0]).\(other[1]).\(parts[2])"
            }
        ),
        ("a control character in the identifier", { try await $0.sign(Claims(jti: "a\u{0}b"), kid: "ec-1") }),
        (
            "a control character in the client's name",
            { try await $0.sign(Claims(iss: "dpi\u{0}", sub: "dpi\u{0}"), kid: "ec-1") }
        ),
        ("no token", { _ in "bonjour" }),
        ("nothing between the dots", { _ in ".." }),
    ]

    @Test(arguments: wrong.indices)
    func `An assertion that is not ours, here and now is refused without saying why`(_ index: Int)
        async throws
    {
        let (name, make) = Self.wrong[index]
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        try await portal.application.test(.router) { client in
            let answer = try await ask(client, try await make(keys))
            #expect(answer.status == 401, "\(name)")
            #expect(answer.text == "{\"error\":\"invalid_client\"}", "\(name)")
            let tokens = try await portal.rows("access_token WHERE client_id = 'dpi'")
            #expect(tokens == 0)
        }
    }

    @Test func `A clock that is a minute wrong is forgiven`() async throws {
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        try await portal.application.test(.router) { client in
            for exp in [Self.now - 59, Self.now + 359] {
                let status = try await ask(client, try await keys.sign(Claims(exp: exp), kid: "ec-1")).status
                #expect(status == 200)
            }
        }
    }

    @Test func `An assertion counts once, also when it comes eight times at once`() async throws {
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        let assertion = try await keys.sign(Claims(), kid: "ec-1")
        try await portal.application.test(.router) { client in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await ask(client, assertion).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200] + [Int](repeating: 401, count: 7))
            portal.time.advance(minutes: 4)
            let late = try await ask(client, assertion).status
            #expect(late == 401)
        }
    }

    @Test func `A suspended client gets nothing, and its tokens end`() async throws {
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        try await portal.application.test(.router) { client in
            let answer = try await ask(client, try await keys.sign(Claims(), kid: "ec-1"))
            try await portal.tamper("UPDATE client SET state = 'suspended' WHERE id = 'dpi'")
            let suspended = try await ask(client, try await keys.sign(Claims(), kid: "ec-1")).status
            #expect(suspended == 401)
            let hospital = Hospital(client: client, token: answer.json["access_token"] as? String)
            let old = try await hospital.send(.post, "/fhir/DocumentReference", body: [0x7B, 0x7D]).status
            #expect(old == 401)
        }
    }

    @Test func `A request of another kind is named as such`() async throws {
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        let assertion = try await keys.sign(Claims(), kid: "ec-1")
        try await portal.application.test(.router) { client in
            let password = try await post(client, "grant_type=password&username=a&password=b")
            #expect(password.status == 400 && password.json["error"] as? String == "unsupported_grant_type")
            let secret = try await post(client, "grant_type=client_credentials&client_id=dpi&client_secret=x")
            #expect(secret.status == 400 && secret.json["error"] as? String == "invalid_request")
            let twice = try await post(client, "grant_type=password&\(form(assertion))")
            #expect(
                twice.json["error"] as? String == "unsupported_grant_type", "the first of each name counts")
            let empty = try await post(client, "").status
            #expect(empty == 400)
            let long = try await post(client, "grant_type=" + String(repeating: "a", count: 70_000))
            #expect(long.status == 413 && long.json["error"] as? String == "invalid_request")
            let endless = String(repeating: "a", count: 17_000)
            let answer = try await ask(client, "\(endless).\(endless).x")
            #expect(answer.status == 400 && answer.json["error"] as? String == "invalid_request")
        }
    }

    @Test func `A token that is given and one that is refused are both traced`() async throws {
        let portal = try await TestPortal.inhabited()
        let keys = try await ClientKeys.register(portal)
        let before = try await portal.events().filter { $0 == "tokenIssued" }.count
        try await portal.application.test(.router) { client in
            let assertion = try await keys.sign(Claims(), kid: "ec-1")
            for _ in 1...5 { _ = try await ask(client, assertion) }
            for _ in 1...5 {
                _ = try await ask(client, try await keys.sign(Claims(sub: "demo"), kid: "ec-1"))
            }
            for _ in 1...5 {
                _ = try await ask(
                    client, try await keys.sign(Claims(), kid: "ec-1"), scope: "system/Patient.r")
            }
            for body in ["grant_type=password", "", "grant_type=client_credentials"] {
                _ = try await post(client, body)
            }
        }
        let issued = try await portal.events().filter { $0 == "tokenIssued" }.count
        #expect(issued == before + 5, "what is refused again in the same minute is counted beside")
        let rules = try await portal.refusals()
        #expect(rules == ["token.replayed", "token.assertion", "token.invalidScope", "token.request"])
        #expect(
            try await portal.rows(
                "audit_event WHERE outcome = 'refused' AND actor_kind = 'anonymous' AND object_id = 'dpi'")
                == 2,
            "the client is named where its signature was right")
        portal.time.advance(minutes: 2)
        try await portal.access.recordRepetitions()
        let counts = try await portal.texts(
            "detail", "SELECT detail FROM audit_event WHERE detail LIKE 'repeated=%'")
        #expect(counts.sorted() == ["repeated=2", "repeated=3", "repeated=4", "repeated=4"])
    }
}

/// Sends the assertion as a client does.
private func ask(
    _ client: any TestClientProtocol, _ assertion: String, scope: String = "system/DocumentReference.c"
) async throws -> Answer {
    try await post(client, form(assertion, scope: scope))
}

private func form(_ assertion: String, scope: String = "system/DocumentReference.c") -> String {
    let type = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
    let words = scope.replacing("/", with: "%2F").replacing("*", with: "%2A").replacing(" ", with: "%20")
    return "grant_type=client_credentials&scope=\(words)"
        + "&client_assertion_type=\(type)&client_assertion=\(assertion)"
}

private func post(_ client: any TestClientProtocol, _ body: String) async throws -> Answer {
    Answer(
        try await client.execute(
            uri: "/oauth/token", method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: body)))
}
