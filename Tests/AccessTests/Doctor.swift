import Access
import TestSupport

/// A doctor with an account of her own, what she types, and where she sits.
struct Doctor: Sendable {
    static let email = "claire.favre@cabinet-lac.example"
    static let password = "ascenseur-mauve-lundi"
    static let mobile = "+41790000001"

    let portal: TestPortal
    let id: Account.ID

    init(_ portal: TestPortal) async throws {
        self.portal = portal
        id = try await portal.access.createAccount(
            NewAccount(
                email: Self.email, honorific: "Dre", familyName: "Favre", givenName: "Claire",
                role: .practitioner, mobile: Self.mobile, codeChannel: .sms), password: Self.password)
    }

    static func origin(_ address: String = "192.0.2.10") -> RequestOrigin {
        RequestOrigin(address: address, userAgent: "test", requestID: "r1", node: "test")
    }

    /// One look at address and password.
    func offer(
        _ password: String = password, email: String = email, from address: String = "192.0.2.10",
        browser: String? = nil
    ) async throws -> PasswordAnswer {
        try await portal.access.signIn(
            email: email, password: password, browser: browser, origin: Self.origin(address))
    }

    /// The right password, and the token of the sign-in that now waits for its code.
    func expectCode(from address: String = "192.0.2.10", browser: String? = nil) async throws -> (
        token: String, CodeSending
    ) {
        let answer = try await offer(from: address, browser: browser)
        guard case .codeExpected(let token, let sending) = answer else {
            throw TestFailure("no code expected: \(answer)")
        }
        return (token, sending)
    }

    func type(_ code: String, _ token: String, from address: String = "192.0.2.10", browser: String? = nil)
        async throws -> CodeAnswer
    {
        try await portal.access.signIn(
            code: code, token: token, browser: browser, origin: Self.origin(address))
    }

    /// Password and code.
    func signIn(from address: String = "192.0.2.10", browser: String? = nil) async throws -> (
        token: String, viewer: Viewer
    ) {
        let (token, _) = try await expectCode(from: address, browser: browser)
        let answer = try await type(
            try await portal.newestCode(to: Self.mobile), token, from: address, browser: browser)
        guard case .signedIn(let session) = answer, let viewer = try await found(session)?.viewer else {
            throw TestFailure("not signed in: \(answer)")
        }
        return (session, viewer)
    }

    func found(_ token: String) async throws -> FoundSession? {
        try await portal.access.session(token: token, origin: Self.origin())
    }

    /// The cookie of a browser in which she has signed in.
    func knownBrowser() async throws -> String {
        let (token, _) = try await signIn()
        guard let account = try await found(token)?.account else { throw TestFailure("no session") }
        return portal.access.remember(account, in: nil)
    }
}
