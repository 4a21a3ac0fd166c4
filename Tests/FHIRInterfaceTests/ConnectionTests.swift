import FHIRInterface
import Hummingbird
import HummingbirdTesting
import Logging
import Portal
import Storage
import TestSupport
import Testing

/// What only a real connection shows: the end of it, and the host that it asks for.
@Suite struct ConnectionTests {
    /// Calls `body` with the port of a server on this machine.
    private func serve(
        _ portal: TestPortal, publicHost: String? = nil, bodySeconds: Int = 30,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let site = try PortalSite(
            access: portal.access, directory: portal.directory, documents: portal.documents,
            dispatches: portal.dispatches,
            enrolment: portal.enrolment, brand: portal.site.brand,
            publicHost: publicHost, trustedProxy: nil, isSecure: true)
        let router = Router(context: PortalContext.self)
        site.addMiddleware(to: router)
        site.addRoutes(to: router)
        var settings = FHIRSettings(
            baseURL: "https://portail.hul.example", hospitalName: "", softwareVersion: "test")
        settings.bodySeconds = bodySeconds
        FHIRInterface(
            access: portal.access, dispatches: portal.dispatches, directory: portal.directory,
            settings: settings
        )
        .addRoutes(to: router)
        var server = ServerSettings()
        server.port = 0
        let application = try portalApplication(
            router, server, logger: Logger(label: "test") { _ in QuietLog() })
        try await application.test(.live) { client in
            guard let port = client.port else { throw TestFailure("no port") }
            try await body(port)
        }
    }

    private func head(
        _ method: String, _ place: String, length: Int? = nil, token: String? = nil, hosts: [String] = ["h"],
        more: String = ""
    ) -> String {
        "\(method) \(place) HTTP/1.1\r\n" + hosts.map { "Host: \($0)\r\n" }.joined()
            + (token.map { "Authorization: Bearer \($0)\r\n" } ?? "")
            + (length.map { "Content-Type: application/json\r\nContent-Length: \($0)\r\n" } ?? "") + more
            + "\r\n"
    }

    @Test func `A body that is refused is not read on: the answer comes, and the connection ends`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let token = try await portal.recordSystemToken()
        let thirty = 30_000_000
        try await serve(portal) { port in
            for (place, token, length, status) in [
                ("/fhir/DocumentReference", nil, thirty, "401 "),
                ("/fhir/DocumentReference", "x", thirty, "401 "),
                ("/fhir/DocumentReference", token, 3 * thirty, "413 "),
                ("/fhir/Consent", token, thirty, "413 "),
                ("/fhir/Patient", token, thirty, "404 "), ("/fhir/metadata", nil, thirty, "405 "),
                ("/oauth/token", nil, thirty, "413 "), ("/connexion", nil, thirty, "4"),
            ] as [(String, String?, Int, String)] {
                let start = head("POST", place, length: length, token: token)
                for count in [0, 1000, length] {
                    let outcome = await RawConnection.exchange(port: port, start, thenBytes: count)
                    let name = "\(place) \(length), of which \(count) come: \(outcome)"
                    #expect(outcome.answer.hasPrefix("HTTP/1.1 \(status)"), "\(name)")
                    #expect(outcome.answer.lowercased().contains("\r\nconnection: close\r\n"), "\(name)")
                    #expect(outcome.seconds < 8, "\(name)")
                }
            }
        }
        #expect(try await portal.rows("document") == 0)
    }

    @Test func `A body that does not come in time is answered, and the connection ends`() async throws {
        let portal = try await TestPortal.inhabited()
        let token = try await portal.recordSystemToken()
        try await serve(portal, bodySeconds: 1) { port in
            let outcome = await RawConnection.exchange(
                port: port, head("POST", "/fhir/Consent", length: 100, token: token), thenBytes: 10)
            #expect(outcome.answer.hasPrefix("HTTP/1.1 408 ") && outcome.answer.contains("\"timeout\""))
            #expect(outcome.seconds < 8)
        }
    }

    @Test func `What was read whole keeps its connection, also when it was refused`() async throws {
        let portal = try await TestPortal.inhabited()
        let token = try await portal.recordSystemToken()
        try await serve(portal) { port in
            let metadata = head("GET", "/fhir/metadata")
            let bad = head("POST", "/fhir/Consent", length: 2, token: token) + "{}"
            let last = head("GET", "/fhir/metadata", more: "Connection: close\r\n")
            let outcome = await RawConnection.exchange(port: port, metadata + bad + metadata + bad + last)
            let statuses = outcome.answer.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }
            #expect(statuses == ["200", "400", "200", "400", "200"], "\(outcome.answer)")
            #expect(!outcome.answer.lowercased().contains("connection: close"))
        }
    }

    @Test func `Each request names one host, and it is ours`() async throws {
        let portal = try await TestPortal.inhabited()
        let ours = "portail.hul.example"
        let close = "Connection: close\r\n"
        try await serve(portal, publicHost: ours) { port in
            for (hosts, status) in [
                ([ours], "200"), ([], "400"), ([""], "400"), ([ours, ours], "400"),
                ([ours, "evil.example"], "400"),
                (["evil.example", ours], "400"), (["evil.example"], "421"), ([ours + ":8443"], "421"),
            ] {
                for place in ["/fhir/metadata", "/connexion"] {
                    let request = head("GET", place, hosts: hosts, more: close)
                    let answer = await RawConnection.exchange(port: port, request).answer
                    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(place) \(hosts)")
                }
            }
        }
        try await serve(portal) { port in
            for (hosts, status) in [(["anything"], "200"), ([], "400"), (["a", "a"], "400")] {
                let request = head("GET", "/fhir/metadata", hosts: hosts, more: close)
                let answer = await RawConnection.exchange(port: port, request).answer
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "any host, but one: \(hosts)")
            }
        }
    }
}
