import Access
import Demo
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Portal

/// Every line of the route table, whoever asks. A new route is tested the moment it stands in the table.
@Suite struct RouteCoverageTests {
    /// An address of a route, with identifiers nobody has.
    static func address(_ route: Route) -> String {
        route.path.split(separator: "/").map { $0.hasPrefix(":") ? "1" : String($0) }
            .reduce("") { $0 + "/" + $1 }
    }

    @Test(arguments: PortalSite.routes.indices)
    func `A stranger gets nothing that is for somebody`(_ index: Int) async throws {
        let route = PortalSite.routes[index]
        let portal = try await TestPortal()
        try await portal.application.test(.router) { client in
            let answer = try await client.execute(uri: Self.address(route), method: route.method)
            switch route.audience {
            case .everyone: #expect(answer.status.code < 500)
            case .codeExpected, .account, .space, .ownSpace, .service, .registrar, .administration:
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location]?.hasPrefix("/connexion") == true)
                #expect(answer.body.readableBytes == 0)
            }
        }
    }

    @Test func `Who has only given the password reaches the code's pages and nothing else`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            for route in PortalSite.routes where ![.everyone, .codeExpected].contains(route.audience) {
                let visitor = Visitor(client)
                try await visitor.open("/connexion")
                try await visitor.submit(
                    "/connexion",
                    ["email": DemoPeople.rochat.account.email, "password": DemoPeople.rochat.password])
                try await visitor.open(Self.address(route), method: route.method)
                #expect(visitor.address.hasPrefix("/connexion"), "\(route.method) \(route.path)")
                #expect(!visitor.page.contains("Se déconnecter"))
            }
        }
    }

    @Test func `No form is taken without its token, with another's, or from another site`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            let jeanneret = Visitor(client)
            try await jeanneret.signIn(DemoPeople.jeanneret, at: portal)
            let foreign = try #require(jeanneret.hidden("_jeton"))
            let own = try #require(favre.hidden("_jeton"))
            let posts = PortalSite.routes.filter {
                $0.method == .post && [.account, .space].contains($0.audience)
            }
            #expect(posts.count >= 4)
            for route in posts {
                for token in ["", foreign, "0", String(repeating: "a", count: 256)] {
                    try await favre.submit(Self.address(route), ["_jeton": token])
                    #expect(favre.status == .forbidden, "\(route.path) with \(token.prefix(8))")
                }
                let session = try #require(favre.cookie(SessionCookies.session))
                let answer = try await client.execute(
                    uri: Self.address(route), method: .post,
                    headers: [
                        .contentType: "application/x-www-form-urlencoded", .secFetchSite: "cross-site",
                        .cookie: "\(SessionCookies.session)=\(session)",
                    ], body: .init(string: "_jeton=\(own)"))
                #expect(answer.status == .forbidden)
            }
            try await favre.open("/accueil")
            #expect(favre.status == .ok, "she is still signed in")
        }
    }

    @Test func `Every answer has the headers of the security document`() async throws {
        let portal = try await TestPortal()
        try await portal.application.test(.router) { client in
            for address in PortalSite.routes.map(Self.address) + [
                "/nowhere", "/fhir/nothing", "/fhir/metadata",
            ] {
                let headers = try await client.execute(uri: address, method: .get).headers
                #expect(headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true, "\(address)")
                #expect(headers[.contentTypeOptions] == "nosniff", "\(address)")
                #expect(headers[.referrerPolicy] == "no-referrer", "\(address)")
                #expect(headers[.frameOptions] == "DENY", "\(address)")
                #expect(headers[.strictTransportSecurity] != nil, "\(address)")
                #expect(headers[.cacheControl] != nil, "\(address)")
            }
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "evil",
        "",
        String(repeating: "/a", count: 600),
    ])
    func `One returns only to addresses of the portal`(_ address: String) {
        #expect(ReturnAddress(address).text == "/")
    }

    @Test func `A masked token is another text each time and says the same`() {
        let masks = (0..<50).map { _ in MaskedToken.mask("c0ffee") }
        #expect(Set(masks).count == 50)
        #expect(masks.allSatisfy { MaskedToken.unmask($0) == "c0ffee" })
        for wrong in ["", "0", "zz", "abc", "é", String(repeating: "0", count: 2000)] {
            #expect(MaskedToken.unmask(wrong) != "c0ffee")
        }
    }
}
