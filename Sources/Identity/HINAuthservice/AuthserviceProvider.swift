public import Access
import Curl
import FHIR

/// HIN's Authservice, as the Swiss e-prescription documents it (developers.e-rezept.ch): the browser signs in at HIN
/// and comes back with a code, which we exchange for a handle, and the handle for the attributes of the person. There
/// is neither a signed token nor PKCE: what proves the answer is that we asked HIN ourselves over TLS, and that the code
/// came through the browser that began (the state, and its cookie).
public struct AuthserviceProvider: IdentityProvider {
    public let name = IdentityProviderName.hin
    public let label: String
    private let base: ProviderAddress
    private let issuer: String
    private let bearer: String
    private let returnAddress: String
    private let loginDomain: String
    private let line: ProviderLine

    /// - Parameters:
    ///   - base: `https://oauth2.authservice.hin.ch`, or `-int` for the integration environment.
    ///   - bearer: the token that HIN has issued for this application.
    ///   - returnAddress: ours, under the configured public address.
    ///   - loginDomain: the domain of HIN's sign-in pages: the browser is sent nowhere else.
    ///   - issuer: the name under which its subjects are known here; nil for the address.
    public init(
        base: ProviderAddress, bearer: String, returnAddress: String, loginDomain: String = "hin.ch",
        issuer: String? = nil, label: String = "HIN", line: ProviderLine
    ) {
        self.base = base
        self.issuer = issuer ?? base.text
        self.bearer = bearer
        self.returnAddress = returnAddress
        self.loginDomain = loginDomain
        self.label = label
        self.line = line
    }

    /// `POST …/v1/oauth?targetUrl=…&style=redirect`.
    public func begin(_ secrets: SignInSecrets) async throws -> String {
        let target = "\(returnAddress)?state=\(secrets.state)"
        let address = base.text + "/v1/oauth?" + FormBody.text(["targetUrl": target, "style": "redirect"])
        let answer = try await line.post(address, headers: headers, body: "", limit: 64 << 10)
        let found: String? =
            if (300..<400).contains(answer.status) { answer.location } else {
                try Self.address(in: answer)
            }
        guard (200..<400).contains(answer.status), let found, let place = try? ProviderAddress(found),
            place.isInDomain(loginDomain) || place.isSamePlace(as: base), base.allows(place)
        else {
            throw IdentityFailure.unavailable(
                "the Authservice (\(answer.status)) names no page of \(loginDomain)")
        }
        return place.text
    }

    /// `POST …/v1/oauth/auth_handle`, then `POST …/v1/oauth/handle/`.
    public func finish(_ back: BrowserReturn, _ secrets: SignInSecrets) async throws -> ForeignIdentity {
        guard let code = back.query["code"] ?? back.query["auth_code"] ?? back.query["authCode"] else {
            throw IdentityFailure.declined
        }
        guard Self.isPlain(code) else { throw IdentityFailure.rejected(.code) }
        let first = try await ask("auth_handle", ["authCode": .string(code)])
        guard first.status == 200, let handle = try first.json()["authHandle"]?.text, Self.isPlain(handle)
        else {
            throw first.status < 500 && first.status != 401 && first.status != 403
                ? IdentityFailure.rejected(.code)
                : .unavailable("the Authservice answers \(first.status)")
        }
        let second = try await ask("handle/", ["authHandle": .string(handle)])
        switch second.status {
        case 200: break
        case 404: throw IdentityFailure.rejected(.expired)
        default: throw IdentityFailure.unavailable("the Authservice answers \(second.status)")
        }
        let names = AttributeNames.openID.replaced(by: "subject=hinid,first=firstname,last=lastname")
        return try ForeignIdentity(
            .hin, issuer: issuer, claims: try second.json(), names ?? .openID, hasCodes: true)
    }

    /// HIN's session is the client's on the machine, and ends there.
    public func signOutAddress() async -> String? { nil }

    private func ask(_ path: String, _ body: JSON) async throws -> ProviderLine.Answer {
        try await line.post(
            "\(base.text)/v1/oauth/\(path)", headers: headers + ["Content-Type: application/json"],
            body: String(decoding: body.bytes, as: UTF8.self), limit: 64 << 10)
    }

    private var headers: [String] { ["Authorization: Bearer \(bearer)"] }

    /// The manual shows the address without naming its member: a text alone, or the one text of an object.
    private static func address(in answer: ProviderLine.Answer) throws -> String? {
        let text = String(decoding: answer.body, as: UTF8.self)
        if text.utf8.starts(with: "http".utf8) {
            return String(text.prefix { !$0.isWhitespace })
        }
        let json = try answer.json()
        if let text = json.text { return text }
        guard case .object(let members) = json else { return nil }
        let addresses = members.compactMap { $0.value.text }.filter { $0.utf8.starts(with: "http".utf8) }
        return addresses.count == 1 ? addresses[0] : nil
    }

    /// Codes and handles are opaque, but neither long nor strange.
    private static func isPlain(_ text: String) -> Bool {
        (1...2000).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
