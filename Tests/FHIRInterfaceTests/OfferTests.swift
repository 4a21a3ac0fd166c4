import Access
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// What is offered works, and nothing else is there.
@Suite struct OfferTests {
    @Test func `The capability statement says what the routes do, no more and no less`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var stranger = hospital
            stranger.token = nil
            let answer = try await stranger.send(.get, "/fhir/metadata")
            #expect(
                answer.status == 200
                    && answer.headers[.contentType]?.hasPrefix("application/fhir+json") == true)
            #expect(answer.json["fhirVersion"] as? String == "4.0.1")
            #expect(answer.json["format"] as? [String] == ["application/fhir+json"])
            #expect(answer.text.contains("https://portail.hul.example/oauth/token"))
            let rest = try #require(answer.json["rest"] as? [[String: Any]])
            let resources = try #require(rest.first?["resource"] as? [[String: Any]])
            #expect(
                resources.map { $0["type"] as? String } == [
                    "DocumentReference", "Binary", "Consent", "AuditEvent", "Practitioner",
                    "PractitionerRole",
                    "Subscription",
                ])
            #expect(rest.first?["interaction"] as? [[String: String]] == [["code": "transaction"]])
            for resource in resources {
                let type = try #require(resource["type"] as? String)
                let stated = (resource["interaction"] as? [[String: String]] ?? []).compactMap { $0["code"] }
                let working = try await Self.working(hospital, type)
                #expect(Set(stated) == working, "\(type)")
                for name in (resource["searchParam"] as? [[String: String]] ?? []).compactMap({ $0["name"] })
                {
                    let found = try await hospital.send(.get, "/fhir/\(type)?\(name)=2026")
                    #expect(!found.issues.contains("not-supported"), "\(type)?\(name)")
                }
                let isConditional = try await Self.isThere(hospital, .put, "/fhir/\(type)")
                #expect((resource["conditionalUpdate"] as? Bool ?? false) == isConditional)
            }
        }
    }

    /// The interactions that have a route: an answer other than «there is no such thing».
    private static func working(_ hospital: Hospital, _ type: String) async throws -> Set<String> {
        let places: [(String, HTTPRequest.Method, String)] = [
            ("create", .post, "/fhir/\(type)"), ("search-type", .get, "/fhir/\(type)"),
            ("search-type", .post, "/fhir/\(type)/_search"), ("read", .get, "/fhir/\(type)/x"),
            ("update", .put, "/fhir/\(type)/x"), ("patch", .patch, "/fhir/\(type)/x"),
            ("delete", .delete, "/fhir/\(type)/x"), ("vread", .get, "/fhir/\(type)/x/_history/1"),
            ("history-instance", .get, "/fhir/\(type)/x/_history"),
        ]
        var working: Set<String> = []
        for (code, method, place) in places where try await isThere(hospital, method, place) {
            working.insert(code)
        }
        return working
    }

    private static func isThere(
        _ hospital: Hospital, _ method: HTTPRequest.Method, _ place: String
    ) async throws -> Bool {
        let answer = try await hospital.send(method, place, body: method == .get ? nil : [0x7B, 0x7D])
        let type = answer.json["resourceType"] as? String
        #expect(type == "OperationOutcome" || type == "Bundle", "\(method) \(place)")
        return ![404, 405].contains(answer.status) || !answer.issues.contains("not-supported")
    }

    @Test(arguments: [
        "/fhir/X", "/fhir/Patient/1", "/fhir/List/1", "/fhir/DocumentReference/a/b/c",
        "/fhir/$export",
    ])
    func `An unknown place answers as FHIR does, to everybody`(_ place: String) async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var stranger = hospital
            stranger.token = nil
            for caller in [hospital, stranger] {
                for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
                    let answer = try await caller.send(method, place)
                    #expect(answer.status == 404 && answer.issues == ["not-supported"], "\(method)")
                    #expect(answer.headers[.contentType]?.hasPrefix("application/fhir+json") == true)
                }
            }
        }
    }

    @Test(arguments: [
        ("/fhir", "POST"), ("/fhir/metadata", "GET"), ("/fhir/DocumentReference", "GET, POST"),
        ("/fhir/DocumentReference/x", "GET, PUT, PATCH"), ("/fhir/Binary/x", "GET"),
        ("/fhir/AuditEvent", "GET"), ("/fhir/Subscription", "GET, POST"),
        ("/fhir/Subscription/x", "GET, DELETE"), ("/fhir/Practitioner", "GET"),
        ("/fhir/PractitionerRole/x", "GET"),
        ("/fhir/Consent", "POST, PUT"), ("/fhir/Consent/x", "GET, PUT"), ("/oauth/token", "POST"),
        ("/.well-known/smart-configuration", "GET"), ("/fhir/.well-known/smart-configuration", "GET"),
    ])
    func `Another method says which ones there are, to everybody`(_ place: String, _ allowed: String)
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            var stranger = hospital
            stranger.token = nil
            let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
            let words = allowed.split(separator: ", ").map(String.init)
            for method in methods where !words.contains(method.rawValue) {
                let answer = try await stranger.send(method, place)
                #expect(answer.status == 405 && answer.headers[.allow] == allowed, "\(method)")
                if method != .head { #expect(answer.issues == ["not-supported"], "\(method)") }
            }
        }
    }

    @Test func `The SMART configuration names the token address and what it takes`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Hospital.visit(portal) { hospital in
            for place in ["/.well-known/smart-configuration", "/fhir/.well-known/smart-configuration"] {
                let answer = try await hospital.send(.get, place)
                #expect(answer.status == 200 && answer.headers[.contentType] == "application/json")
                #expect(answer.json["token_endpoint"] as? String == TokenTests.address)
                #expect(answer.json["grant_types_supported"] as? [String] == ["client_credentials"])
                #expect(
                    answer.json["token_endpoint_auth_methods_supported"] as? [String] == ["private_key_jwt"])
                #expect(
                    answer.json["token_endpoint_auth_signing_alg_values_supported"] as? [String] == [
                        "RS384", "ES384",
                    ])
                let scopes = (answer.json["scopes_supported"] as? [String] ?? []).joined(separator: " ")
                #expect(
                    Scope.text(Scope.parse(scopes))
                        == "system/AuditEvent.s system/Binary.cr system/Consent.cru "
                        + "system/DocumentReference.crus system/List.c system/Practitioner.rs "
                        + "system/PractitionerRole.rs system/Subscription.crds",
                    "the scopes that some route asks for")
            }
        }
    }

    /// The doors that need a token, each with the scope that opens it.
    static let doors: [(HTTPRequest.Method, String, String)] = [
        (.post, "/fhir/DocumentReference", "system/DocumentReference.c"),
        (.get, "/fhir/DocumentReference/x", "system/DocumentReference.r"),
        (.get, "/fhir/DocumentReference", "system/DocumentReference.s"),
        (.post, "/fhir/DocumentReference/_search", "system/DocumentReference.s"),
        (.put, "/fhir/DocumentReference/x", "system/DocumentReference.u"),
        (.patch, "/fhir/DocumentReference/x", "system/DocumentReference.u"),
        (.post, "/fhir", "system/DocumentReference.c"), (.get, "/fhir/Binary/x", "system/Binary.r"),
        (.get, "/fhir/AuditEvent", "system/AuditEvent.s"),
        (.get, "/fhir/Practitioner", "system/Practitioner.s"),
        (.get, "/fhir/Practitioner/x", "system/Practitioner.r"),
        (.get, "/fhir/PractitionerRole", "system/PractitionerRole.s"),
        (.post, "/fhir/Subscription", "system/Subscription.c"),
        (.get, "/fhir/Subscription", "system/Subscription.s"),
        (.delete, "/fhir/Subscription/x", "system/Subscription.d"),
        (.post, "/fhir/Consent", "system/Consent.c"), (.put, "/fhir/Consent", "system/Consent.u"),
        (.put, "/fhir/Consent/x", "system/Consent.u"), (.get, "/fhir/Consent/x", "system/Consent.r"),
    ]

    @Test(arguments: doors.indices)
    func `Each door asks for a token and for its own scope`(_ index: Int) async throws {
        let (method, place, scope) = Self.doors[index]
        let body: [UInt8]? = method == .get ? nil : [0x7B, 0x7D]
        let portal = try await TestPortal.inhabited()
        let all = Scope.parse(
            "system/DocumentReference.cruds system/Consent.cruds system/Binary.r system/AuditEvent.s "
                + "system/Practitioner.rs system/PractitionerRole.rs system/Subscription.crds")
        let others = try await portal.token(
            of: "others", scopes: Scope.text(all.subtracting(Scope.parse(scope))))
        let own = try await portal.token(of: "own", scopes: scope)
        try await Hospital.visit(portal) { hospital in
            for header in [
                "", "Bearer ", "Bearer x", "Basic ZGVtbzpkZW1v",
                "Bearer " + String(repeating: "a", count: 5000),
            ] {
                var stranger = hospital
                stranger.token = nil
                let answer = try await stranger.send(
                    method, place, headers: [.authorization: header], body: body)
                #expect(answer.status == 401 && answer.issues == ["login"])
                #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer error=\"invalid_token\"") == true)
            }
            var lacking = hospital
            lacking.token = others
            let refused = try await lacking.send(method, place, body: body)
            #expect(refused.status == 403 && refused.issues == ["forbidden"])
            #expect(refused.headers[.wwwAuthenticate]?.contains("insufficient_scope") == true)
            var holder = hospital
            holder.token = own
            let status = try await holder.send(method, place, body: body).status
            #expect(status != 401 && status != 403)
        }
        #expect(try await portal.rows("document") == 0)
    }
}
