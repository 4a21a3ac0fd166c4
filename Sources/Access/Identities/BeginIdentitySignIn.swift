import Foundation
import Storage
import Vault

/// A sign-in that was begun in this browser, and that nobody else can finish.
public struct BegunIdentitySignIn: Sendable {
    let id: String
    public let provider: IdentityProviderName
    public let secrets: SignInSecrets
}

extension AccessActions {
    /// Minutes within which the browser must come back, and then choose.
    static var identityMinutes: Int { 10 }

    /// Begins a sign-in with a provider, bound to the cookie of this browser.
    /// - Parameters:
    ///   - browser: the cookie's value, 64 hex digits.
    ///   - returnTo: where to go within the portal afterwards.
    /// - Throws: `IdentityRefusal.switchedOff`, `.tooMany`.
    public func beginIdentitySignIn(
        _ provider: IdentityProviderName, browser: String, returnTo: String, origin: RequestOrigin
    ) async throws -> SignInSecrets {
        let now = clock.now()
        let secrets = SignInSecrets(returnTo: returnTo)
        let id = RandomText.identifier()
        let sealed = try keyring.seal(
            [UInt8](JSONEncoder().encode(secrets)), for: .identities, context: "sign-in \(id)")
        let network = NetworkAddress.network(of: origin.address)
        let refusal = try await database.write { transaction -> IdentityRefusal? in
            guard try !transaction.isSwitchedOff(provider) else { return .switchedOff }
            let isWithinLimit = try transaction.count(
                "identity \(network)", per: 600_000, limit: self.rules.identitySignInsPerNetwork, at: now)
            guard isWithinLimit else { return .tooMany }
            try transaction.insertIdentitySignIn(
                id, provider, browser: self.identityHash("browser", browser),
                state: self.identityHash("state", secrets.state), secrets: sealed, at: now,
                expires: now.adding(minutes: Self.identityMinutes))
            return nil
        }
        guard let refusal else { return secrets }
        try await recordRepeatedRefusal(
            AuditEntry(.signInIdentity, .refused, rule: refusal.rule, detail: provider.rawValue),
            session: nil,
            origin: origin)
        throw refusal
    }

    /// Takes the sign-in that comes back. Exactly one request gets it, and only one of the browser in which it was
    /// begun; whoever else knows the state gets nothing and spoils nothing.
    /// - Throws: `IdentityRefusal.unknownState`.
    public func takeIdentitySignIn(
        _ provider: IdentityProviderName, state: String, browser: String, origin: RequestOrigin
    ) async throws -> BegunIdentitySignIn {
        let now = clock.now()
        let found = try await database.write { transaction in
            try transaction.takeIdentitySignIn(
                provider, browser: self.identityHash("browser", browser),
                state: self.identityHash("state", state), at: now)
        }
        guard let found else {
            try await recordRepeatedRefusal(
                AuditEntry(
                    .signInIdentity, .refused, rule: IdentityRefusal.unknownState.rule,
                    detail: provider.rawValue),
                session: nil, origin: origin)
            throw IdentityRefusal.unknownState
        }
        let secrets = try keyring.open(found.secrets, for: .identities, context: "sign-in \(found.id)")
        return BegunIdentitySignIn(
            id: found.id, provider: provider,
            secrets: try JSONDecoder().decode(SignInSecrets.self, from: Data(secrets)))
    }

    /// Traces that a provider did not prove an identity.
    public func recordIdentityFailure(
        _ failure: IdentityFailure, of provider: IdentityProviderName, origin: RequestOrigin
    ) async throws {
        try await recordRepeatedRefusal(
            AuditEntry(.signInIdentity, .refused, rule: failure.rule, detail: provider.rawValue),
            session: nil,
            origin: origin)
    }

    /// What the database keeps in place of a value that opens something.
    func identityHash(_ purpose: String, _ value: String) -> [UInt8] {
        keyring.mac(.identities, Array("\(purpose) \(value)".utf8))
    }
}
