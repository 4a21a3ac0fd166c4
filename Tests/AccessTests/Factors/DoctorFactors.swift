import Access
import Storage
import TestSupport

/// What the doctor does with her second factors.
extension Doctor {
    var now: Timestamp { portal.time.now }

    func step(_ token: String) async throws -> SignInStep {
        guard let session = try await found(token)?.session,
            let step = try await portal.access.signInStep(of: session)
        else { throw TestFailure("no sign-in waits") }
        return step
    }

    func holder(_ token: String) async throws -> Holder {
        guard let holder = try await found(token)?.holder else { throw TestFailure("nobody is signed in") }
        return holder
    }

    /// Password and code, in whatever role and space.
    func signInToken() async throws -> String {
        let (pending, _) = try await expectCode()
        let answer = try await type(try await portal.newestCode(to: Self.mobile), pending)
        guard case .signedIn(let token) = answer else { throw TestFailure("not signed in: \(answer)") }
        return token
    }

    func signInHolder() async throws -> Holder { try await holder(try await signInToken()) }

    /// Enrols an app, after a sign-in of its own or in a session.
    /// - Returns: the session's new token, and the app.
    func enrolApp(in session: String? = nil) async throws -> (token: String, AuthenticatorApp) {
        let (token, app, _) = try await enrolAppWithCodes(in: session)
        return (token, app)
    }

    /// The same, with the recovery codes that are shown.
    func enrolAppWithCodes(in session: String? = nil) async throws -> (
        token: String, app: AuthenticatorApp, codes: [String]
    ) {
        var token = session ?? ""
        if session == nil { token = try await signInToken() }
        let holder = try await holder(token)
        try await portal.access.beginAuthenticator(holder)
        guard let setup = try await portal.access.authenticatorSetup(holder) else {
            throw TestFailure("nothing is being enrolled")
        }
        let app = AuthenticatorApp(setup.secret)
        let change = try await portal.access.confirmAuthenticator(holder, code: app.code(at: now))
        return (change.token, app, change.recoveryCodes)
    }

    /// Enrols a key, after a sign-in of its own or in a session.
    func enrol(_ key: inout SoftwareKey, in session: String? = nil, name: String = "Ordinateur du cabinet")
        async throws -> FactorChange
    {
        var token = session ?? ""
        if session == nil { token = try await signInToken() }
        let holder = try await holder(token)
        let offer = try await portal.access.offerPasskey(holder, binding: Self.binding)
        key.handle = offer.handle
        return try await portal.access.enrolPasskey(
            holder, try key.register(offer.request.challenge), name: name, binding: Self.binding)
    }

    /// The secret of her browser's forms.
    static let binding = "f0c4"

    /// Signs in with a key.
    func signIn(with key: SoftwareKey, challenge: String? = nil, binding: String = Doctor.binding)
        async throws -> PasskeyAnswer
    {
        let challenge = challenge ?? portal.access.passkeyRequest(binding: binding).challenge
        return try await portal.access.signIn(
            passkey: try key.sign(challenge), binding: binding, origin: Self.origin())
    }

    /// What she is told by mail about her account, in order.
    func notices() async throws -> [String] {
        try await portal.accountNotices()
    }
}
