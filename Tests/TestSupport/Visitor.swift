import Access
package import Demo
import Foundation
package import HTTPTypes
import Hummingbird
package import HummingbirdTesting
import NIOCore

/// A browser without a screen: keeps cookies, follows redirections, fills in forms. Used by one task at a
/// time.
package final class Visitor: @unchecked Sendable {
    private let client: any TestClientProtocol
    private var cookies: [String: String] = [:]
    /// The last page.
    package private(set) var page = ""
    package private(set) var status = HTTPResponse.Status.ok
    /// Where the last redirection led.
    package private(set) var address = "/"
    package private(set) var headers: HTTPFields = [:]
    package private(set) var bytes: [UInt8] = []

    /// The network address that the proxy in front tells of him (`TestPortal.proxied`); nil: none.
    package var network: String?

    package init(_ client: any TestClientProtocol, from network: String? = nil) {
        self.client = client
        self.network = network
    }

    /// Opens an address and follows at most five redirections.
    @discardableResult
    package func open(_ address: String, headers: HTTPFields = [:], method: HTTPRequest.Method = .get)
        async throws -> String
    {
        try await send(method, address, headers: headers, body: nil)
        for _ in 0..<5 {
            guard let next = self.headers[.location], status.kind == .redirection, next.hasPrefix("/") else {
                break
            }
            try await send(.get, next, headers: [:], body: nil)
        }
        return page
    }

    /// One request, redirections not followed; a POST is an empty form with the hidden field of the last page.
    package func knock(_ method: HTTPRequest.Method, _ address: String) async throws -> TestResponse {
        var headers: HTTPFields = [:]
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        guard method == .post else {
            return try await client.execute(uri: address, method: method, headers: headers)
        }
        headers[.contentType] = "application/x-www-form-urlencoded"
        headers[.init("Sec-Fetch-Site")!] = "same-origin"
        return try await client.execute(
            uri: address, method: method, headers: headers,
            body: ByteBuffer(string: "_jeton=\(hidden("_jeton") ?? "")"))
    }

    /// Posts a form of the current page: its hidden field is taken from there.
    /// - Parameter boxes: those that are ticked, all of the name `d`.
    @discardableResult
    package func submit(_ address: String, _ fields: [String: String], boxes: [String] = []) async throws
        -> String
    {
        var fields = fields
        if fields["_jeton"] == nil { fields["_jeton"] = hidden("_jeton") ?? "" }
        let ticked = boxes.map { "d=\(Self.encoded($0))" }
        let body = (fields.map { "\($0.key)=\(Self.encoded($0.value))" } + ticked).joined(separator: "&")
        try await send(
            .post, address,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .init("Sec-Fetch-Site")!: "same-origin",
            ],
            body: body)
        for _ in 0..<5 {
            guard let next = headers[.location], status.kind == .redirection else { break }
            try await send(.get, next, headers: [:], body: nil)
        }
        return page
    }

    /// Posts a form with one file, as a browser does: the hidden field before it.
    @discardableResult
    package func upload(
        _ address: String, name: String = "fichier", _ file: [UInt8], fields: [String: String] = [:],
        token: String? = nil
    ) async throws -> String {
        let boundary = "----passerelle\(file.count)"
        var body = Array(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"_jeton\"\r\n\r\n".utf8)
        body += Array((token ?? hidden("_jeton") ?? "").utf8)
        for (field, value) in fields {
            body += Array(
                "\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)".utf8)
        }
        body += Array(
            "\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"piece.pdf\"\r\n"
                .utf8)
        body += Array("Content-Type: application/pdf\r\n\r\n".utf8) + file
        body += Array("\r\n--\(boundary)--\r\n".utf8)
        var headers: HTTPFields = [
            .contentType: "multipart/form-data; boundary=\(boundary)",
            .init("Sec-Fetch-Site")!: "same-origin",
        ]
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        let answer = try await client.execute(
            uri: address, method: .post, headers: headers, body: ByteBuffer(bytes: body))
        self.address = address
        status = answer.status
        page = String(buffer: answer.body)
        takeCookies(of: answer)
        if let next = answer.headers[.location], status.kind == .redirection { return try await open(next) }
        return page
    }

    /// The value of the first hidden field of this name.
    package func hidden(_ name: String) -> String? {
        guard let start = page.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return page[start.upperBound...].split(separator: "\"", maxSplits: 1).first.map(String.init)
    }

    /// The addresses of all links that begin so.
    package func links(_ prefix: String) -> [String] {
        page.components(separatedBy: "href=\"").dropFirst().compactMap { rest in
            let address = rest.prefix { $0 != "\"" }
            return address.hasPrefix(prefix) ? String(address).replacing("&amp;", with: "&") : nil
        }
    }

    /// The addresses of all forms that end so.
    package func actions(_ suffix: String) -> [String] {
        page.components(separatedBy: "action=\"").dropFirst()
            .map { String($0.prefix { $0 != "\"" }) }.filter { $0.hasSuffix(suffix) }
    }

    /// The values of all hidden fields of this name.
    package func values(_ name: String) -> [String] {
        page.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
    }

    /// The name of the cookie that holds the session.
    package var sessionCookie: String { cookies.keys.first { $0.contains("session") } ?? "" }

    package func cookie(_ name: String) -> String? { cookies[name] }
    package func set(cookie name: String, _ value: String) { cookies[name] = value }

    private func send(_ method: HTTPRequest.Method, _ address: String, headers: HTTPFields, body: String?)
        async throws
    {
        var headers = headers
        if let network { headers[.init("X-Forwarded-For")!] = network }
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        let answer = try await client.execute(
            uri: address, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        self.address = address
        status = answer.status
        self.headers = answer.headers
        bytes = Array(answer.body.readableBytesView)
        page = String(decoding: bytes, as: UTF8.self)
        takeCookies(of: answer)
    }

    private func takeCookies(of answer: TestResponse) {
        for line in answer.headers[values: .setCookie] {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = pair.first else { continue }
            if line.contains("Max-Age=0") {
                cookies[name] = nil
            } else {
                cookies[name] = pair.count > 1 ? pair[1] : ""
            }
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

extension Visitor {
    /// Signs in through the pages: address and password, then the code from the message.
    package func signIn(_ persona: Persona, at portal: TestPortal, to address: String = "/accueil")
        async throws
    {
        try await open(address)
        try await signInAgain(persona, at: portal)
    }

    /// From the page of the sign-in on, and back to where it says.
    package func signInAgain(_ persona: Persona, at portal: TestPortal) async throws {
        try await submit(
            "/connexion",
            [
                "email": persona.account.email, "password": persona.password,
                "retour": hidden("retour") ?? "",
            ])
        let code = try await portal.newestCode(to: persona.account.mobile ?? persona.account.email)
        try await submit("/connexion/code", ["code": code, "retour": hidden("retour") ?? ""])
    }
}
