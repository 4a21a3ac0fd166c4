package import Access
import Crypto
import FHIR
import Foundation
import HTML
import HTTPTypes
package import Hummingbird
import NIOCore
package import Portal

/// HIN as the demo plays it, under `/demo/hin`: the Authservice's three requests over HTTP, and the page on which one
/// says who one is. Codes and handles are signed and live for two minutes; nothing is kept.
package struct DemoHIN: Sendable {
    /// Somebody with an identity of the demo's HIN.
    struct Person: Sendable {
        let hinID: String
        let title: String
        let email: String
        let firstName: String
        let lastName: String
        let gln: String
        let level: VerificationLevel
        let codes: [Int]
    }

    /// Under which the demo's identities are known, whatever its port is.
    static let issuer = "https://hin.example"
    private static let bearer = "demonstration"

    static let people = [
        Person(
            hinID: "cfavre", title: "Dre Claire Favre, identité personnelle",
            email: "claire.favre@\(DemoPeople.securedDomain)",
            firstName: "Claire", lastName: "Favre", gln: "7601099000013", level: .epdg, codes: [10]),
        Person(
            hinID: "cabport", title: "Cabinet du Port, identité d’équipe",
            email: "cabinet.port@\(DemoPeople.securedDomain)",
            firstName: "Cabinet", lastName: "du Port", gln: "", level: .basic, codes: [0]),
        Person(
            hinID: "lberthoud", title: "Dr Luc Berthoud, sans compte dans le portail",
            email: "luc.berthoud@\(DemoPeople.securedDomain)", firstName: "Luc", lastName: "Berthoud",
            gln: "7601999000045", level: .epdg, codes: [10]),
        Person(
            hinID: "pjeanneret", title: "Dr Paul Jeanneret, identité que le portail ne connaît pas encore",
            email: "paul.jeanneret@\(DemoPeople.securedDomain)", firstName: "Paul", lastName: "Jeanneret",
            gln: "7601999000014", level: .plus, codes: [10]),
    ]

    private let clock: Clock
    private let key: SymmetricKey
    private let baseURL: @Sendable () -> String
    private let portalURL: String
    private let shell: @Sendable () -> PublicShell

    /// - Parameters:
    ///   - secret: signs codes and handles.
    ///   - baseURL: where these pages are.
    ///   - portalURL: the portal that signs in with them; the same in the demo.
    package init(
        clock: Clock, secret: String, baseURL: @escaping @Sendable () -> String, portalURL: String,
        shell: @escaping @Sendable () -> PublicShell
    ) {
        self.clock = clock
        key = SymmetricKey(data: SHA256.hash(data: Array(secret.utf8)))
        self.baseURL = baseURL
        self.portalURL = portalURL
        self.shell = shell
    }

    /// What the portal is configured with.
    package static func settings(baseURL: String) -> (address: String, bearer: String, issuer: String) {
        ("\(baseURL)/demo/hin", bearer, issuer)
    }

    /// The identity of the one persona who has one.
    package static func favre() throws -> ForeignIdentity {
        try ForeignIdentity(
            provider: .hin, issuer: issuer, subject: "cfavre", email: people[0].email, givenName: "Claire",
            familyName: "Favre", gln: people[0].gln, level: .epdg, personCodes: [10], kind: .personal)
    }

    package func addRoutes(to router: Router<PortalContext>) {
        router.post("demo/hin/v1/oauth") { request, _ in try begin(request) }
        router.get("demo/hin/connexion") { request, _ in choose(request) }
        router.get("demo/hin/choisir") { request, _ in chosen(request) }
        router.post("demo/hin/v1/oauth/auth_handle") { request, _ in
            try await exchange(request, "authCode", "code") { person in
                ["authHandle": .string(signed("handle", person.hinID))]
            }
        }
        router.post("demo/hin/v1/oauth/handle") { request, _ in
            try await exchange(request, "authHandle", "handle", Self.attributes)
        }
    }

    private func begin(_ request: Request) throws -> Response {
        guard isOurs(request), let target = target(request) else { throw HTTPError(.unauthorized) }
        return json([
            "url": .string("\(baseURL())\(Path("/demo/hin/connexion", query: ["cible": target]).text)")
        ])
    }

    /// The page of HIN's own sign-in, much shortened.
    private func choose(_ request: Request) -> Response {
        let target = target(request, "cible") ?? ""
        let page = shell().page(PageTitle("HIN de la démonstration")) {
            h1 { "HIN de la démonstration" }
            p(.class("lead")) { "Cette page joue le rôle de HIN. Toutes les identités sont fictives." }
            ul(.class("cards"), .role("list")) {
                for person in Self.people {
                    li(.class("card")) {
                        link(
                            .href(
                                Path("/demo/hin/choisir", query: ["cible": target, "identite": person.hinID]))
                        ) {
                            person.title
                        }
                        p(.class("hint")) { "Niveau \(person.level.rawValue), \(person.email)" }
                    }
                }
            }
            p {
                link(.href(Path("/demo/hin/choisir", query: ["cible": target, "identite": ""]))) {
                    "Le client HIN n’est pas actif"
                }
            }
        }
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: page)))
    }

    private func chosen(_ request: Request) -> Response {
        let name = request.uri.queryParameters["identite"].map(String.init) ?? ""
        guard let target = target(request, "cible") else { return Response(status: .badRequest) }
        let code = name.isEmpty ? "" : "&code=\(signed("code", name))"
        return Response(status: .seeOther, headers: [.location: target + code])
    }

    private func exchange(
        _ request: Request, _ field: String, _ purpose: String, _ answer: (Person) -> JSON
    ) async throws -> Response {
        guard isOurs(request) else { throw HTTPError(.unauthorized) }
        var request = request
        let body = try await request.collectBody(upTo: 4096)
        let sent = try JSON.read(Array(body.readableBytesView), limits: JSONLimits(totalBytes: 4096))
        guard let name = opened(purpose, sent[field]?.text ?? ""),
            let person = Self.people.first(where: { $0.hinID == name })
        else { return Response(status: .notFound) }
        return json(answer(person))
    }

    private static func attributes(of person: Person) -> JSON {
        [
            "hinid": .string(person.hinID), "email": .string(person.email),
            "firstname": .string(person.firstName),
            "lastname": .string(person.lastName), "gln": .string(person.gln),
            "verificationLevel": .number(String(person.level.rawValue)),
            "personcodes": .array(person.codes.map { .string(String($0)) }),
        ]
    }

    private func isOurs(_ request: Request) -> Bool {
        request.headers[.authorization] == "Bearer \(Self.bearer)"
    }

    /// Only back to the portal's own address of return.
    private func target(_ request: Request, _ name: String = "targetUrl") -> String? {
        let text = request.uri.queryParameters[Substring(name)].map(String.init) ?? ""
        return text.utf8.starts(with: "\(portalURL)/connexion/hin/retour?state=".utf8) ? text : nil
    }

    private func json(_ value: JSON) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }

    /// `name.end.mark`.
    private func signed(_ purpose: String, _ name: String) -> String {
        let end = clock.now().adding(minutes: 2).rawValue
        return "\(name).\(end).\(mark(purpose, name, end))"
    }

    private func opened(_ purpose: String, _ text: String) -> String? {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 3, let end = Int64(parts[1]), clock.now().rawValue < end,
            areEqualSecrets(parts[2], mark(purpose, parts[0], end))
        else { return nil }
        return parts[0]
    }

    private func mark(_ purpose: String, _ name: String, _ end: Int64) -> String {
        HMAC<SHA256>.authenticationCode(for: Array("\(purpose) \(name) \(end)".utf8), using: key)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
